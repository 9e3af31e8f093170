import type { APIGatewayProxyResult } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { ApiHandler } from '../../lib/http/catalog.ts'
import type { Route } from '../../local/http/router.ts'
import { openSocket, readToEnd, send, type WireReply } from '../support/http.ts'
import { answer, keepOpen, latch, named, start } from '../support/local-server.ts'

const LARGE = 'x'.repeat(5 * 1024 + 1)

/** A route whose requests wait until they are let go. */
function held(route: Partial<Route> = {}) {
  let running = 0
  let runningMost = 0
  const entered = latch()
  const leave = latch()
  const handler: ApiHandler = async () => {
    running += 1
    runningMost = Math.max(runningMost, running)
    entered.open({})
    await leave.opened
    running -= 1
    return answer({ body: 'done' })
  }
  const most = () => runningMost
  return { route: { method: 'POST', path: '/held', handler, ...route }, entered, leave, most }
}

const alive: Route = { method: 'GET', path: '/', handler: named('alive') }
const health: Route = { method: 'GET', path: '/health', handler: named('ok'), isLight: true }

/** A door that knows one key, and words of its own. */
const door: NonNullable<Route['door']> = {
  refuse: ({ headers }) =>
    Promise.resolve(headers['x-api-key'] === 'known' ? undefined : result(401, 'who?')),
  refuseLong: () => result(400, 'long'),
  turnAway: (_event, seconds) => ({
    ...result(503, 'full'),
    headers: { 'Retry-After': String(seconds) },
  }),
  giveUp: () => result(503, 'unknown'),
}

function result(statusCode: number, body: string): APIGatewayProxyResult {
  return { statusCode, body }
}

const words = ({ status, body }: WireReply) => [status, body.toString()]

test('small requests and health are answered while large ones run and wait', async () => {
  const { route, entered, leave } = held()
  const { url } = await start({ routes: [route, alive, health] })
  const large = [1, 2, 3].map(() => send(url, '/held', { method: 'POST', body: LARGE }))
  await entered.opened
  expect(words(await send(url, '/'))).toEqual([200, 'alive'])
  expect(words(await send(url, '/health'))).toEqual([200, 'ok'])
  leave.open({})
  expect((await Promise.all(large)).map(words)).toEqual([1, 2, 3].map(() => [200, 'done']))
})

test('small requests that take long let others pass', async () => {
  const { route, entered, leave } = held()
  const lanes = { small: { freshMsMax: 1 } }
  const { url } = await start({ routes: [route, alive], lanes })
  const long = [1, 2, 3, 4].map(() => send(url, '/held', { method: 'POST' }))
  await entered.opened
  expect(words(await send(url, '/'))).toEqual([200, 'alive'])
  leave.open({})
  await Promise.all(long)
})

test('of far too many large requests each is answered, one runs at a time, and whoever is told to come again is served then', async () => {
  const { route, entered, leave, most } = held({ door })
  const { url } = await start({ routes: [route] })
  const request = { method: 'POST', body: LARGE, headers: { 'x-api-key': 'known' } }
  const all = Array.from({ length: 28 }, () => send(url, '/held', request))
  await entered.opened
  const early = await Promise.any(all)
  expect(words(early)).toEqual([503, 'full'])
  leave.open({})
  const answers = await Promise.all(all)
  const refused = answers.filter(({ status }) => status === 503)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
  for (const { headers } of refused) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(most()).toBe(1)
  const again = await send(url, '/held', request)
  expect(words(again)).toEqual([200, 'done'])
})

test.each([
  ['declared', { 'content-length': LARGE.length }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('a body %s is not read of whoever is not known', async (_, length) => {
  const { route } = held({ door })
  const { url } = await start({ routes: [route] })
  const headers = Object.entries(length).map(([name, value]) => `${name}: ${value}`)
  const head = `POST /held HTTP/1.1\r\nhost: a\r\n${headers.join()}\r\nx-api-key: other\r\n\r\n`
  const { ended } = await keepOpen(url, head, 'who?')
  expect(ended).toBeInstanceOf(Promise)
})

test('a body is not read where there is no room for its request', async () => {
  const { route, entered, leave } = held({ door })
  const lanes = { large: { waitingMax: 0 } }
  const { url } = await start({ routes: [route], lanes })
  const request = { method: 'POST', body: LARGE, headers: { 'x-api-key': 'known' } }
  const first = send(url, '/held', request)
  await entered.opened
  const head = `POST /held HTTP/1.1\r\nhost: a\r\ncontent-length: ${LARGE.length}\r\nx-api-key: known\r\n\r\n`
  await keepOpen(url, head, 'full')
  leave.open({})
  expect(words(await first)).toEqual([200, 'done'])
})

test('a body of more than the gateway takes is refused by what it declares, and the connection goes on', async () => {
  const { route } = held({ door })
  const { url } = await start({ routes: [route, alive] })
  const socket = await openSocket(url)
  const said = readToEnd(socket)
  const bytes = 11 * 1024 * 1024
  socket.write(`POST /held HTTP/1.1\r\nhost: a\r\ncontent-length: ${bytes}\r\n\r\n`)
  socket.write(Buffer.alloc(bytes))
  socket.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
  expect(await said).toMatch(/^HTTP\/1\.1 413 [^]*HTTP\/1\.1 200 [^]*alive$/)
})

test('nobody who waits for an answer is hung up on for silence', async () => {
  const { route, entered, leave } = held()
  const { url } = await start({ routes: [route], limits: { silenceMs: 30 } })
  const waiting = send(url, '/held', { method: 'POST' })
  await entered.opened
  // This connection is newer and says nothing: when it was hung up on, the other one's time was over as well.
  await readToEnd(await openSocket(url))
  leave.open({})
  expect(words(await waiting)).toEqual([200, 'done'])
})

test('a server that closes lets what runs finish, and turns away what waits', async () => {
  const { route, entered, leave } = held({ door })
  const server = await start({ routes: [route] })
  const request = { method: 'POST', body: LARGE, headers: { 'x-api-key': 'known' } }
  const first = send(server.url, '/held', request)
  await entered.opened
  const others = [1, 2].map(() => send(server.url, '/held', request))
  // Whoever is answered came after those two.
  await send(server.url, '/nowhere')
  const closed = server.close()
  for (const other of await Promise.all(others)) {
    expect(words(other)).toEqual([503, 'full'])
    expect(Number(other.headers['retry-after'])).toBeGreaterThan(0)
  }
  leave.open({})
  expect(words(await first)).toEqual([200, 'done'])
  await closed
})

test('a server that closes answers what does not finish in time, with what is known of it', async () => {
  const { route, entered } = held({ door })
  const server = await start({ routes: [route], limits: { closeMs: 20 } })
  const headers = { 'x-api-key': 'known' }
  const running = send(server.url, '/held', { method: 'POST', body: LARGE, headers })
  await entered.opened
  const head = 'POST /held HTTP/1.1\r\nhost: a\r\nx-api-key: known\r\n'
  const unfinished = await keepOpen(server.url, `${head}content-length: 9\r\n\r\nabc`)
  await send(server.url, '/nowhere')
  await server.close()
  expect(words(await running)).toEqual([503, 'unknown'])
  expect(await unfinished.ended).toMatch(/^HTTP\/1\.1 503 [^]*full$/)
})

test('a request whose sender has gone while it waited is not begun', async () => {
  let calls = 0
  const { route, entered, leave } = held()
  const counting: Route = {
    method: 'POST',
    path: '/count',
    handler: () => {
      calls += 1
      return answer({})
    },
  }
  const { url } = await start({ routes: [route, counting, alive] })
  const first = send(url, '/held', { method: 'POST', body: LARGE })
  await entered.opened
  const socket = await openSocket(url)
  const gone = readToEnd(socket)
  socket.write(`POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: ${LARGE.length}\r\n\r\n${LARGE}`)
  await send(url, '/')
  socket.resetAndDestroy()
  await gone
  await send(url, '/')
  leave.open({})
  await first
  await send(url, '/count', { method: 'POST', body: LARGE })
  expect(calls).toBe(1)
})

test.each([
  ['declared', `content-length: ${LARGE.length}\r\n\r\n${LARGE}`],
  ['in chunks', `transfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n`],
])('who has sent a body %s and will say no more is answered', async (_, rest) => {
  const { route, entered, leave } = held({ door })
  const { url } = await start({ routes: [route] })
  const socket = await openSocket(url)
  const said = readToEnd(socket)
  socket.end(`POST /held HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-api-key: known\r\n${rest}`)
  await entered.opened
  // By then the server has heard the end of it.
  await send(url, '/nowhere')
  leave.open({})
  expect(await said).toMatch(/^HTTP\/1\.1 200 [^]*done$/)
})
