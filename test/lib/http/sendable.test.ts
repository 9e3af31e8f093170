import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { expect, test } from 'vitest'
import { bookSeats } from '../../../functions/seatbuilder/seats/book-seats.ts'
import { getStatus } from '../../../functions/seatbuilder/seats/get-status.ts'
import { listEventReport } from '../../../functions/seatsio/reports/list-event.ts'
import { handlerFor } from '../../../lib/http/lambda.ts'
import type { Endpoint } from '../../../lib/http/endpoint.ts'
import { COMPRESSED_BYTES_MIN, sendable } from '../../../lib/http/sendable.ts'
import { FUNCTION_ANSWER_BYTES_MAX } from '../../../lib/limits/aws-limits.ts'
import { toLambdaContext } from '../../../local/http/api-gateway.ts'
import { diceOf } from '../../support/dice.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'
import { basic } from '../../support/seatsio.ts'

/** The most that a body may be in the form in which it is handed over. */
const BYTES_MAX = FUNCTION_ANSWER_BYTES_MAX - 16 * 1024

const eventWith = (accepted?: string) =>
  ({
    headers: accepted === undefined ? {} : { 'Accept-Encoding': accepted },
  }) as unknown as APIGatewayProxyEvent

const answerOf = (body: string): APIGatewayProxyResult => ({ statusCode: 200, headers: {}, body })

/** Text that cannot be made much smaller. */
function noise(length: number): string {
  const dice = diceOf(7)
  return Array.from({ length }, () => String.fromCharCode(48 + dice(75))).join('')
}

test.each([
  ['of 1 KB', COMPRESSED_BYTES_MIN, 'gzip', undefined],
  ['above 1 KB', COMPRESSED_BYTES_MIN + 1, 'gzip', 'gzip'],
  ['that the caller wants so among others', 5_000, 'br;q=1.0, GZIP;q=0.5, *', 'gzip'],
  ['with gzip refused', 5_000, 'gzip;q=0, identity', undefined],
  ['whose caller takes nothing else', 5_000, undefined, undefined],
])('an answer %s is compressed only as the caller allows', async (_, size, accepted, encoding) => {
  const sent = await sendable(eventWith(accepted), answerOf('x'.repeat(size)))
  expect(sent?.headers?.['Content-Encoding']).toBe(encoding)
  const isLong = size > COMPRESSED_BYTES_MIN
  expect(sent?.headers?.['Vary']).toBe(isLong ? 'Accept-Encoding' : undefined)
  const bytes = Buffer.from(sent?.body ?? '', sent?.isBase64Encoded === true ? 'base64' : 'utf8')
  expect((encoding === undefined ? bytes : gunzipSync(bytes)).toString()).toBe('x'.repeat(size))
})

test('a text may be as long as a function may answer, its quotes counted twice, or as base64', async () => {
  const longest = 'x'.repeat(BYTES_MAX - 2)
  expect(await sendable(eventWith(), answerOf(longest))).toMatchObject({ body: longest })
  expect(await sendable(eventWith(), answerOf(`${longest}x`))).toBeUndefined()
  const quotes = '"'.repeat((BYTES_MAX * 3) / 4)
  const sent = await sendable(eventWith(), answerOf(quotes))
  expect([sent?.isBase64Encoded, sent?.body.length]).toEqual([true, BYTES_MAX])
  expect(Buffer.from(sent?.body ?? '', 'base64').toString()).toBe(quotes)
  expect(await sendable(eventWith(), answerOf(`${quotes}"`))).toBeUndefined()
})

test('what is compressed may be any length, as long as it is short enough then', async () => {
  const alike = 'x'.repeat(30_000_000)
  const sent = await sendable(eventWith('gzip'), answerOf(alike))
  expect(gunzipSync(Buffer.from(sent?.body ?? '', 'base64')).length).toBe(alike.length)
  expect(await sendable(eventWith('gzip'), answerOf(noise(7_000_000)))).toBeUndefined()
})

test('bytes that are no text are sent as they are, or not at all', async () => {
  const picture = { ...answerOf('x'.repeat(BYTES_MAX)), isBase64Encoded: true }
  expect(await sendable(eventWith('gzip'), picture)).toBe(picture)
  expect(
    await sendable(eventWith('gzip'), { ...picture, body: `${picture.body}x` }),
  ).toBeUndefined()
})

const much = noise(7_000_000)

test.each([
  [getStatus, undefined, /^The answer is longer .* send Accept-Encoding: gzip, or ask for less/],
  [getStatus, 'gzip', /^The answer, compressed, is longer .*: ask for less at a time$/],
  [listEventReport, 'gzip', /: ask for one group at a time, or for a summary$/],
  [bookSeats, 'gzip', /^What was asked for was done\. The answer, compressed/],
])(
  'whoever asks for too much is told the way out, in case %#',
  async (endpoint, accepted, message) => {
    const { runtime, eventKey } = await openScene()
    const large = { ...endpoint, run: () => Promise.resolve({ much }), show: undefined }
    const event = {
      path: endpoint.path.replace('{eventKey}', eventKey),
      httpMethod: endpoint.method,
      headers: {
        'X-API-KEY': testKeys.secret,
        Authorization: basic(testKeys.secret),
        ...(accepted === undefined ? {} : { 'Accept-Encoding': accepted }),
      },
      body:
        endpoint.method === 'GET'
          ? null
          : JSON.stringify({ objectLabels: ['A-1'], holdToken: TOKEN }),
      isBase64Encoded: false,
      requestContext: { requestId: 'r-1', identity: { sourceIp: '127.0.0.1' } },
    } as unknown as APIGatewayProxyEvent
    const context = toLambdaContext('test', 'r-1', () => 29_000)
    const answer = await handlerFor(large as unknown as Endpoint, () => runtime)(event, context)
    const told = JSON.parse(answer.body) as { message?: string; messages?: string[] }
    expect(answer.statusCode).toBe(400)
    expect(told.message ?? told.messages?.[0]).toMatch(message)
  },
)
