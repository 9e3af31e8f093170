import type { APIGatewayProxyEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import { holdSeats } from '../../../functions/seatbuilder/seats/hold-seats.ts'
import { releaseSeats } from '../../../functions/seatbuilder/seats/release-seats.ts'
import type { Endpoint } from '../../../lib/http/endpoint.ts'
import { handlerFor } from '../../../lib/http/lambda.ts'
import { toLambdaContext } from '../../../local/http/api-gateway.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN, type Scene } from '../../support/scene.ts'

async function send({ runtime, eventKey }: Scene, endpoint: Endpoint, key: string) {
  const body = { objectLabels: ['A-1'], holdToken: TOKEN }
  const event = {
    path: endpoint.path.replace('{eventKey}', eventKey),
    httpMethod: endpoint.method,
    headers: { 'X-API-Key': testKeys.secret, 'Idempotency-Key': key },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', identity: { sourceIp: '127.0.0.1' } },
  } as unknown as APIGatewayProxyEvent
  const context = toLambdaContext('test', 'r-1', () => 29_000)
  const answer = await handlerFor(endpoint, () => runtime)(event, context)
  return [answer.statusCode, JSON.parse(answer.body) as object] as const
}

/** The endpoint, with the reply counted: another one each time that it is shown. */
function counting(endpoint: Endpoint) {
  const shown: unknown[] = []
  const show: NonNullable<Endpoint['show']> = (_, input) => {
    shown.push(input.body)
    return { shown: shown.length }
  }
  return { endpoint: { ...endpoint, show }, shown }
}

test('what is kept of a request is the reply that was answered, and a repeat shows nothing anew', async () => {
  const scene = await openScene()
  const { endpoint, shown } = counting(holdSeats)
  expect(await send(scene, endpoint, 'one')).toEqual([200, { shown: 1 }])
  expect(await send(scene, endpoint, 'one')).toEqual([200, { shown: 1 }])
  expect(shown).toMatchObject([{ objectLabels: ['A-1'], holdToken: TOKEN }])
  expect(await send(scene, endpoint, 'two')).toEqual([200, { shown: 2 }])
})

test('a refusal is not shown', async () => {
  const scene = await openScene()
  const { endpoint, shown } = counting(releaseSeats)
  const [status, body] = await send(scene, endpoint, 'one')
  expect([status, shown]).toEqual([409, []])
  expect(body).toMatchObject({ failed: [{ objectLabel: 'A-1' }] })
})
