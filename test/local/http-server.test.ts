import { gunzipSync } from 'node:zlib'
import type { APIGatewayProxyResult, Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { ApiHandler } from '../../lib/http/catalog.ts'
import { send, sendBytes } from '../support/http.ts'
import {
  answer,
  echo,
  echoed,
  json,
  named,
  notFound,
  replyOf,
  routes,
  start,
  startedAt,
} from '../support/local-server.ts'
import { API_BODY_BYTES_MAX } from '../../lib/limits/aws-limits.ts'

test('a request reaches its handler as a REST proxy event', async () => {
  const { url } = await start()
  const sent = { headers: { 'X-Trace': ['one', 'two'], 'User-Agent': 'box office' } }
  const event = await echoed(url, '/events/e1/seats/A-1?q=1', sent)
  expect(event).toMatchObject({
    resource: '/events/{eventKey}/seats/{label}',
    path: '/events/e1/seats/A-1',
    httpMethod: 'GET',
    pathParameters: { eventKey: 'e1', label: 'A-1' },
    headers: { 'X-Trace': 'two', Host: new URL(url).host },
    multiValueHeaders: { 'X-Trace': ['one', 'two'] },
    queryStringParameters: { q: '1' },
    multiValueQueryStringParameters: { q: ['1'] },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  })
  expect(event.requestContext).toMatchObject({
    httpMethod: 'GET',
    path: '/events/e1/seats/A-1',
    resourcePath: '/events/{eventKey}/seats/{label}',
    protocol: 'HTTP/1.1',
    stage: 'local',
    requestTimeEpoch: startedAt,
    requestTime: '23/Nov/2026:07:54:15 +0000',
    domainName: '127.0.0.1',
    identity: { sourceIp: '127.0.0.1', userAgent: 'box office' },
  })
  expect(event.requestContext.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
})

test('a handler gets a context with its request id and the time that is left', async () => {
  let seen: Context | undefined
  const handler: ApiHandler = (_event, context) => {
    seen = context
    return answer({})
  }
  const { url } = await start({ routes: [{ method: 'GET', path: '/', handler }] })
  const reply = await send(url, '/')
  expect(seen?.awsRequestId).toBe(reply.headers['x-amzn-requestid'])
  expect(seen?.getRemainingTimeInMillis()).toBe(29_000)
})

test.each([
  ['an encoded slash', '/events/e%2F1/seats/A%2f1', { eventKey: 'e%2F1', label: 'A%2f1' }],
  ['an encoded space and quote', '/events/a%20b/seats/%22', { eventKey: 'a%20b', label: '%22' }],
  ['an encoded question mark', '/events/a%3Fb/seats/x', { eventKey: 'a%3Fb', label: 'x' }],
  [
    'malformed percent-encoding',
    '/events/%/seats/%zz%E0%A4',
    { eventKey: '%', label: '%zz%E0%A4' },
  ],
  ['dots', '/events/../seats/.', { eventKey: '..', label: '.' }],
  ['a prototype name', '/events/__proto__/seats/constructor', { label: 'constructor' }],
])('a path with %s stays as it was sent', async (_, path, pathParameters) => {
  const { url } = await start()
  const event = await echoed(url, `${path}?tail=1`)
  expect(event.path).toBe(path)
  expect(event.pathParameters).toMatchObject(pathParameters)
})

test.each([
  ['fields in order', '?a=1&b=2&a=3', { a: '3', b: '2' }, { a: ['1', '3'], b: ['2'] }],
  ['an escape and a plus', '?a%20b=c%2Fd+e', { 'a b': 'c/d e' }, { 'a b': ['c/d e'] }],
  ['malformed escapes', '?a=%&b=%zz', { a: '%', b: '%zz' }, { a: ['%'], b: ['%zz'] }],
  ['no value', '?a&b=', { a: '', b: '' }, { a: [''], b: [''] }],
  ['equals signs and marks', '?a=b=c?d', { a: 'b=c?d' }, { a: ['b=c?d'] }],
  ['nothing', '?', null, null],
  ['only separators', '?&&', null, null],
])('a query with %s is decoded once', async (_, query, single, multiple) => {
  const { url } = await start()
  const event = await echoed(url, `/echo${query}`)
  expect(event.queryStringParameters).toEqual(single)
  expect(event.multiValueQueryStringParameters).toEqual(multiple)
})

test('fields and headers named like prototype members are plain data', async () => {
  const { url } = await start()
  const reply = await send(url, '/echo?__proto__=1', {
    headers: ['__proto__', '2', 'host', 'a'],
  })
  expect(reply.body.toString()).toContain('"queryStringParameters":{"__proto__":"1"}')
  expect(reply.body.toString()).toContain('"__proto__":"2"')
})

test('a header repeated in another spelling is one header', async () => {
  const { url } = await start()
  const headers = ['host', 'a', 'X-Trace', 'one', 'x-trace', 'two']
  const event = await echoed(url, '/echo', { headers })
  expect(event.multiValueHeaders).toMatchObject({ 'X-Trace': ['one', 'two'] })
  expect(event.headers).not.toHaveProperty('x-trace')
})

test('thousands of small headers all arrive', async () => {
  const { url } = await start()
  const bytes = `GET /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${'x: y\r\n'.repeat(5_000)}z: last\r\n\r\n`
  expect(await sendBytes(url, bytes)).toContain('"z":"last"')
})

test('every body arrives in base64, byte for byte', async () => {
  const { url } = await start()
  const bytes = Buffer.from([0, 255, 128, 10, 13, 0xc3])
  const event = await echoed(url, '/echo', { method: 'POST', body: bytes })
  expect(event.isBase64Encoded).toBe(true)
  expect(Buffer.from(event.body ?? '', 'base64')).toEqual(bytes)
})

test('a literal segment beats a variable', async () => {
  const { url } = await start()
  expect((await send(url, '/events/archived/seats/A-1')).body.toString()).toBe('archived')
})

test.each([
  ['GET', '/'],
  ['GET', '/nowhere'],
  ['DELETE', '/echo'],
  ['GET', '//echo'],
  ['GET', '/echo/'],
  ['GET', '/events//seats/A-1'],
  ['GET', '/events/archived/seats/'],
  ['PROPFIND', '/events/e1/seats/A-1'],
  ['GET', '/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p'],
])('%s %s goes to the not-found function', async (method, path) => {
  const { url } = await start()
  const reply = await send(url, path, { method })
  expect([reply.status, reply.body.toString()]).toEqual([404, '{"error":"not-found"}'])
})

test('the not-found function gets the undecoded rest of the path, and nothing for /', async () => {
  const { url } = await start({ routes: [{ method: 'ANY', path: '/{proxy+}', handler: echo }] })
  const event = await echoed(url, '/a%2Fb//c?d=e')
  expect([event.resource, event.pathParameters]).toEqual(['/{proxy+}', { proxy: 'a%2Fb//c' }])
  const root = await echoed(url, '/')
  expect([root.resource, root.pathParameters]).toEqual(['/', null])
})

test('without a not-found function an unknown route is 403, as API Gateway answers', async () => {
  const { url } = await start({ routes: [] })
  const reply = await send(url, '/nowhere')
  expect(reply.status).toBe(403)
  expect(json(reply.body)).toEqual({ statusCode: 403, message: 'Missing Authentication Token' })
})

test('two routes for one method and path are refused at the start', async () => {
  const twice = [...routes, { method: 'GET', path: '/echo', handler: notFound }]
  await expect(start({ routes: twice })).rejects.toThrow('Two routes claim GET /echo.')
})

test('status, headers, repeated headers and base64 bodies are passed on', async () => {
  const result = {
    statusCode: 201,
    headers: { 'X-One': 'a', 'X-Number': 3, 'Content-Type': 'image/png' },
    multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    body: Buffer.from([137, 80, 0]).toString('base64'),
    isBase64Encoded: true,
  }
  const reply = await replyOf(result)
  expect(reply.status).toBe(201)
  expect(reply.headers).toMatchObject({
    'x-one': 'a',
    'x-number': '3',
    'content-type': 'image/png',
    'set-cookie': ['a=1', 'b=2'],
    'content-length': '3',
  })
  expect(reply.body).toEqual(Buffer.from([137, 80, 0]))
})

test('an answer carries its request id, and keeps one that the handler chose', async () => {
  const plain = await replyOf({})
  expect(plain.headers['x-request-id']).toBe(plain.headers['x-amzn-requestid'])
  const chosen = await replyOf({ headers: { 'X-Request-Id': 'mine' } })
  expect(chosen.headers['x-request-id']).toBe('mine')
})

test.each([204, 304])('status %i has no body', async (statusCode) => {
  const reply = await replyOf({ statusCode, body: 'never seen' })
  expect(reply.body.length).toBe(0)
  expect(reply.headers['content-length']).toBeUndefined()
})

test('HEAD gets the headers and no body', async () => {
  const { url } = await start({ routes: [{ method: 'HEAD', path: '/', handler: named('12345') }] })
  const reply = await send(url, '/', { method: 'HEAD' })
  expect([reply.headers['content-length'], reply.body.length]).toEqual(['5', 0])
})

test('a handler cannot break the framing of its answer', async () => {
  const headers = { 'Content-Length': '1', 'Transfer-Encoding': 'chunked', Connection: 'upgrade' }
  const reply = await replyOf({ headers, body: '12345' })
  expect(reply.body.toString()).toBe('12345')
  expect(reply.headers['content-length']).toBe('5')
})

test.each([
  ['above 1 KB', 'gzip', 1025, 'gzip'],
  ['above 1 KB, gzip among others', 'br;q=1.0, GZIP;q=0.5, *', 1025, 'gzip'],
  ['of 1 KB', 'gzip', 1024, undefined],
  ['with gzip refused', 'gzip;q=0, identity', 5000, undefined],
  ['without Accept-Encoding', undefined, 5000, undefined],
])('an answer %s is compressed only as the client allows', async (_, accepted, size, encoding) => {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted }
  const reply = await replyOf({ body: 'x'.repeat(size) }, headers)
  expect(reply.headers['content-encoding']).toBe(encoding)
  const body = encoding === undefined ? reply.body : gunzipSync(reply.body)
  expect(body.toString()).toBe('x'.repeat(size))
})

test('an answer without its body says as much as one with it: that it may come compressed', async () => {
  const long = await replyOf({ body: 'x'.repeat(5000) }, {})
  const known = await replyOf({ statusCode: 304, body: '' }, {})
  expect([long, known].map(({ headers }) => headers['vary'])).toEqual([
    'Accept-Encoding',
    'Accept-Encoding',
  ])
})

const noError: unknown = 'text'

test.each([
  ['throws', () => Promise.reject(new Error('table is gone'))],
  [
    'throws at once',
    () => {
      throw new Error('table is gone')
    },
  ],
  ['throws no error', () => Promise.reject(noError as Error)],
  ['returns nothing', () => Promise.resolve(undefined as unknown as APIGatewayProxyResult)],
  ['returns no status', () => answer({ statusCode: Number.NaN })],
  ['returns an impossible status', () => answer({ statusCode: 99 })],
  ['returns a body that is no text', () => answer({ body: {} as string })],
  ['returns a header with a line break', () => answer({ headers: { 'x-a': 'b\r\nx-c: d' } })],
  ['returns a header without a name', () => answer({ headers: { '': 'a' } })],
])('a handler that %s gives 502 and one line with the error', async (_, handler: ApiHandler) => {
  const { url, lines } = await start({ routes: [{ method: 'GET', path: '/', handler }] })
  const reply = await send(url, '/')
  expect(reply.status).toBe(502)
  expect(json(reply.body)).toEqual({ statusCode: 502, message: 'Internal server error' })
  const errors = lines.filter((line) => line['level'] === 'error')
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatchObject({ requestId: reply.headers['x-amzn-requestid'] })
})

test('a body of 10 MB is taken, one byte more is refused with 413', async () => {
  const handler: ApiHandler = (event) => answer({ body: String(event.body?.length) })
  const { url } = await start({ routes: [{ method: 'POST', path: '/', handler }] })
  const body = Buffer.alloc(API_BODY_BYTES_MAX + 1)
  const taken = await send(url, '/', { method: 'POST', body: body.subarray(1) })
  expect([taken.status, taken.body.toString()]).toEqual([
    200,
    String(Math.ceil(API_BODY_BYTES_MAX / 3) * 4),
  ])
  const refused = await send(url, '/', { method: 'POST', body })
  expect([refused.status, json(refused.body)]).toEqual([
    413,
    { statusCode: 413, message: 'Request Too Long' },
  ])
})
