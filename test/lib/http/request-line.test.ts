import { expect, test } from 'vitest'
import { handlerFor } from '../../../lib/http/lambda.ts'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { runtimeOver } from '../../../lib/open.ts'
import { toLambdaContext, toProxyEvent } from '../../../local/http/api-gateway.ts'
import { createRouter } from '../../../local/http/router.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN, type Scene } from '../../support/scene.ts'

const { endpoints } = await readCatalog()

type Options = Partial<Parameters<typeof runtimeOver>[1]>

/** Sends one request to a deployed stage; answers its line in the log, and its headers. */
async function tell(
  scene: Scene,
  request: string,
  given: { body?: object; key?: string; origin?: string; options?: Options } = {},
) {
  const { body = {}, key = testKeys.secret, origin, options = {} } = given
  const runtime = runtimeOver(scene.port, { stage: 'test', ...options })
  const route = createRouter(
    endpoints.map(({ endpoint }) => ({
      method: endpoint.method,
      path: endpoint.path,
      handler: handlerFor(endpoint, () => runtime),
    })),
  )
  const [method = '', path = ''] = request.split(' ')
  const match = route(method, path)
  if (match === undefined) throw new Error(`No route for ${request}`)
  const event = toProxyEvent(
    {
      method,
      path,
      query: '',
      protocol: 'HTTP/1.1',
      rawHeaders: ['X-Api-Key', key, ...(origin === undefined ? [] : ['Origin', origin])],
      sourceIp: '127.0.0.1',
      body: Buffer.from(method === 'GET' ? '' : JSON.stringify(body)),
      requestId: 'request-1',
      time: scene.clock.now(),
    },
    match,
  )
  scene.log.length = 0
  const { headers } = await match.route.handler(
    event,
    toLambdaContext('f', 'r', () => 29_000),
  )
  return { lines: [...scene.log], line: scene.log.at(-1) ?? {}, headers }
}

const hold = (labels: string[], holdToken = TOKEN) => ({ objectLabels: labels, holdToken })
const path = (scene: Scene) => `POST /api/v1/events/${scene.eventKey}/seats/hold`

test('a request leaves one line: who, what, what came of it, what it cost', async () => {
  const scene = await openScene()
  const { lines, line } = await tell(scene, path(scene), { body: hold(['A-1', 'A-2']) })
  expect(lines).toHaveLength(1)
  expect(line).toMatchObject({
    level: 'info',
    message: 'request',
    requestId: 'request-1',
    keyId: 'one-secret',
    surface: 'seatbuilder',
    action: 'POST /api/v1/events/{eventKey}/seats/hold',
    outcome: 'done',
    status: 200,
    // Two seats, the history entry and the hold entry, twice each.
    writeUnits: 8,
  })
})

test('its metrics are embedded, by stage, and what was not met is not written', async () => {
  const scene = await openScene()
  const { line } = await tell(scene, path(scene), { body: hold(['A-1']) })
  expect(line).toMatchObject({ Stage: 'test', Requests: 1, WriteUnits: 6 })
  expect(line).not.toHaveProperty('Refusals')
  const { Timestamp, CloudWatchMetrics } = line['_aws'] as {
    Timestamp: number
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[]
  }
  expect(Timestamp).toBe(scene.clock.now())
  expect(CloudWatchMetrics).toMatchObject([{ Namespace: 'Holdfast', Dimensions: [['Stage']] }])
  for (const { Name } of CloudWatchMetrics[0]?.Metrics ?? []) expect(line).toHaveProperty(Name)
})

test('a refusal is told by its code, and costs no write unit', async () => {
  const scene = await openScene()
  await tell(scene, path(scene), { body: hold(['A-1']) })
  const { line } = await tell(scene, path(scene), { body: hold(['A-1'], 'another-buyer') })
  expect(line).toMatchObject({ outcome: 'seats-refused', status: 409, writeUnits: 0, Refusals: 1 })
  expect(line).not.toHaveProperty('Busy')
})

test('refused access is told with the key’s id and the route; an unknown key with the route alone', async () => {
  const scene = await openScene()
  const known = await tell(scene, 'GET /api/v1/charts', { key: testKeys.publishable })
  expect(known.line).toMatchObject({
    keyId: 'one-publishable',
    action: 'GET /api/v1/charts',
    outcome: 'key-not-allowed',
    status: 403,
  })
  const unknown = await tell(scene, 'GET /api/v1/charts', { key: 'sk_test_nobody' })
  expect(unknown.line).toMatchObject({ outcome: 'key-invalid', status: 401 })
  expect(unknown.line).not.toHaveProperty('keyId')
})

test('neither keys nor tokens nor event keys nor bodies are in it', async () => {
  const scene = await openScene()
  const { line } = await tell(scene, path(scene), { body: hold(['A-1'], 'token-that-is-secret') })
  const text = JSON.stringify(line)
  for (const secret of [testKeys.secret, 'token-that-is-secret', scene.eventKey, 'A-1']) {
    expect(text).not.toContain(secret)
  }
})

test('an outage is an error with the outcome fault', async () => {
  const scene = await openScene()
  const runtime = runtimeOver(scene.port, { stage: 'test' })
  const entry = endpoints.find(({ name }) => name === 'list-charts')
  if (entry === undefined) throw new Error('There is no list-charts')
  const event = {
    path: '/api/v1/charts',
    httpMethod: 'GET',
    headers: { 'X-Api-Key': testKeys.secret },
    requestContext: { requestId: 'request-1', identity: {} },
  }
  const broken = { ...entry.endpoint, run: () => Promise.reject(new Error('down')) }
  await handlerFor(broken, () => runtime)(
    event as never,
    toLambdaContext('f', 'r', () => 29_000),
  )
  expect(scene.log.at(-1)).toMatchObject({
    level: 'error',
    outcome: 'fault',
    status: 500,
    Faults: 1,
  })
})

test('where nothing is deployed, nothing is told of requests', async () => {
  const scene = await openScene()
  const { lines } = await tell(scene, path(scene), {
    body: hold(['A-1']),
    options: { stage: undefined as never },
  })
  expect(lines).toEqual([])
})

test('with a list of origins, an answer names the one that asks; or the first', async () => {
  const scene = await openScene()
  const options = { corsOrigins: ['https://a.example.com', 'https://b.example.com'] }
  const asked = await tell(scene, path(scene), {
    body: hold(['A-1']),
    origin: 'https://b.example.com',
    options,
  })
  expect(asked.headers).toMatchObject({
    'Access-Control-Allow-Origin': 'https://b.example.com',
    Vary: 'Origin',
  })
  const other = await tell(scene, path(scene), {
    body: hold(['A-2']),
    origin: 'https://c.example.com',
    options,
  })
  expect(other.headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://a.example.com' })
  const any = await tell(scene, path(scene), { body: hold(['A-3']) })
  expect(any.headers).toMatchObject({ 'Access-Control-Allow-Origin': '*' })
  expect(any.headers).not.toHaveProperty('Vary')
})
