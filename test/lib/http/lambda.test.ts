import type { APIGatewayProxyEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import { bookSeats } from '../../../functions/seatbuilder/seats/book-seats.ts'
import { getStatus } from '../../../functions/seatbuilder/seats/get-status.ts'
import { doorOf, handlerFor } from '../../../lib/http/lambda.ts'
import type { Endpoint } from '../../../lib/http/endpoint.ts'
import { toLambdaContext } from '../../../local/http/api-gateway.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

function eventFor(endpoint: Endpoint, eventKey: string, body?: object): APIGatewayProxyEvent {
  return {
    path: endpoint.path.replace('{eventKey}', eventKey),
    httpMethod: endpoint.method,
    headers: { 'X-API-KEY': testKeys.secret },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', identity: { sourceIp: '127.0.0.1' } },
  } as unknown as APIGatewayProxyEvent
}

test('a header name in any case and a body that is not base64 will do, and the answer carries the request id', async () => {
  const { runtime, eventKey } = await openScene()
  const event = eventFor(bookSeats, eventKey, { objectLabels: ['A-1'], holdToken: TOKEN })
  const context = toLambdaContext('test', 'r-1', () => 29_000)
  const answer = await handlerFor(bookSeats, () => runtime)(event, context)
  expect(answer).toMatchObject({ statusCode: 409, headers: { 'X-Request-Id': 'r-1' } })
})

test.each([
  [bookSeats, /may or may not have been made/],
  [getStatus, /nothing was changed/],
])(
  'a function that runs out of time says so before Lambda ends it: $0.method $0.path',
  async (endpoint, message) => {
    const { runtime, eventKey, log } = await openScene()
    const never = new Promise<never>(() => undefined)
    const hanging = { ...endpoint, run: () => never }
    const event = eventFor(endpoint, eventKey, { objectLabels: ['A-1'], holdToken: TOKEN })
    const context = toLambdaContext('test', 'r-1', () => 20)
    const answer = await handlerFor(hanging, () => runtime)(event, context)
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } })
    expect(answer.body).toMatch(message)
    expect(log).toMatchObject([{ level: 'error', requestId: 'r-1' }])
  },
)

test('a bug is a 500 that tells nothing, with its cause in the log', async () => {
  const { runtime, eventKey, log } = await openScene()
  const broken = { ...getStatus, run: () => Promise.reject(new Error('something private')) }
  const event = eventFor(getStatus, eventKey)
  const context = toLambdaContext('test', 'r-1', () => 29_000)
  const answer = await handlerFor(broken, () => runtime)(event, context)
  expect([answer.statusCode, answer.body]).toEqual([
    500,
    '{"statusCode":500,"message":"Internal server error","code":"internal_error"}\n',
  ])
  expect(log).toMatchObject([{ error: 'something private' }])
})

test('a door refuses strangers without their body, in the words of the surface, and lets everyone else pass', async () => {
  const { runtime, eventKey } = await openScene()
  const { refuse } = doorOf(bookSeats, () => runtime)
  const event = eventFor(bookSeats, eventKey)
  expect(await refuse(event)).toBeUndefined()
  expect(await refuse({ ...event, headers: {} })).toMatchObject({
    statusCode: 401,
    headers: { 'X-Request-Id': 'r-1' },
    body: expect.stringContaining('Missing API key') as string,
  })
  expect(await refuse({ ...event, headers: { 'x-api-key': 'nobody' } })).toMatchObject({
    statusCode: 401,
  })
})

test.each([
  [bookSeats, /may or may not have been made/],
  [getStatus, /nothing was changed/],
])(
  'a door says what is known where nobody waits any longer, and when to come again: $0.path',
  async (endpoint, message) => {
    const { runtime, eventKey } = await openScene()
    const { turnAway, giveUp } = doorOf(endpoint, () => runtime)
    const event = eventFor(endpoint, eventKey)
    const away = turnAway(event, 7)
    expect(away).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '7' } })
    expect(away.body).toMatch(/nothing was done/)
    const given = giveUp(event)
    expect(given).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } })
    expect(given.body).toMatch(message)
  },
)
