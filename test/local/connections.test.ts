import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { APIGatewayProxyEvent, Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { ApiHandler } from '../../lib/http/catalog.ts'
import { PortTakenError } from '../../local/http/http-server.ts'
import { openSocket, readToEnd, send, sendBytes } from '../support/http.ts'
import { cleanUps } from '../support/clean-ups.ts'
import { answer, echo, keepOpen, latch, named, start } from '../support/local-server.ts'

test('an endless body is cut off', async () => {
  const { url } = await start()
  const socket = await openSocket(url)
  const said = readToEnd(socket)
  socket.write('POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n')
  const chunk = Buffer.concat([
    Buffer.from('100000\r\n'),
    Buffer.alloc(0x100000),
    Buffer.from('\r\n'),
  ])
  const pump = () => {
    while (socket.writable && socket.write(chunk));
  }
  socket.on('drain', pump)
  pump()
  await said
  expect((await send(url, '/echo')).status).toBe(200)
})

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['binary', '\x16\x03\x01\x02\x00\x01\x00', 400],
  ['a bad version', 'GET / HTTP/9.9\r\nhost: a\r\n\r\n', 400],
  ['a space in the path', 'GET /a b HTTP/1.1\r\nhost: a\r\n\r\n', 400],
  ['NUL in the path', 'GET /a\0b HTTP/1.1\r\nhost: a\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n', 400],
  [
    'two content lengths',
    'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    400,
  ],
  [
    'a length beside chunks',
    'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    400,
  ],
  [
    'a bad chunk',
    'POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    400,
  ],
  ['a huge path', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 431],
  ['huge headers', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['many headers', `GET / HTTP/1.1\r\nhost: a\r\n${'x: y\r\n'.repeat(10_000)}\r\n`, 431],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n', 400],
  ['an absolute form without a path', 'GET ftp://a/b HTTP/1.1\r\nhost: a\r\n\r\n', 400],
])('%s is refused and the server lives on', async (_, bytes, status) => {
  const { url } = await start()
  const said = await sendBytes(url, bytes)
  expect(said.split('\r\n', 1)[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect((await send(url, '/echo')).status).toBe(200)
})

test('CONNECT is hung up on and the server lives on', async () => {
  const { url } = await start()
  await sendBytes(url, 'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n')
  expect((await send(url, '/echo')).status).toBe(200)
})

test.each([
  ['http://elsewhere:80/echo?a=1', '/echo'],
  ['HTTPS://elsewhere/echo?a=1', '/echo'],
])('the absolute form %s is read as its path', async (target, path) => {
  const { url } = await start()
  const said = await sendBytes(
    url,
    `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
  )
  const event = JSON.parse(said.slice(said.indexOf('\r\n\r\n'))) as APIGatewayProxyEvent
  expect([event.path, event.queryStringParameters]).toEqual([path, { a: '1' }])
})

test('pipelined requests are answered in order', async () => {
  const { url } = await start()
  const one = 'GET /echo?n=1 HTTP/1.1\r\nhost: a\r\n\r\n'
  const two = 'GET /echo?n=2 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'
  const said = await sendBytes(url, one + two)
  expect(said.match(/"queryStringParameters":\{"n":"\d"\}/g)).toEqual([
    '"queryStringParameters":{"n":"1"}',
    '"queryStringParameters":{"n":"2"}',
  ])
})

test('a client that never finishes its headers, or its body, is told 408', async () => {
  const { url } = await start({ limits: { headersMs: 30, requestMs: 60 } })
  expect(await sendBytes(url, 'GET / HTTP/1.1\r\nx: ')).toMatch(/^HTTP\/1\.1 408 /)
  const body = 'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc'
  expect(await sendBytes(url, body)).toMatch(/^HTTP\/1\.1 408 /)
})

test('a client that says nothing is hung up on', async () => {
  const { url } = await start({ limits: { silenceMs: 30 } })
  expect(await sendBytes(url, '')).toBe('')
})

test('a client that leaves in the middle of its body does no harm and runs no handler', async () => {
  let calls = 0
  const logged = latch()
  const counting: ApiHandler = (event) => {
    calls += 1
    return echo(event, {} as Context)
  }
  const { url } = await start({
    routes: [{ method: 'POST', path: '/', handler: counting }],
    log: logged.open,
  })
  const socket = await openSocket(url)
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc', () => {
    socket.resetAndDestroy()
  })
  expect(await logged.opened).toMatchObject({ status: 499 })
  expect((await send(url, '/', { method: 'POST' })).status).toBe(200)
  expect(calls).toBe(1)
})

test('a client that leaves before the answer does no harm', async () => {
  const entered = latch()
  const leave = latch()
  const waiting: ApiHandler = async () => {
    entered.open({})
    await leave.opened
    return answer({ body: 'x'.repeat(5_000) })
  }
  const logged = latch()
  const { url } = await start({
    routes: [
      { method: 'GET', path: '/wait', handler: waiting },
      { method: 'GET', path: '/', handler: named('alive') },
    ],
    log: logged.open,
  })
  const socket = await openSocket(url)
  const gone = readToEnd(socket)
  socket.write('GET /wait HTTP/1.1\r\nhost: a\r\n\r\n')
  await entered.opened
  socket.resetAndDestroy()
  await gone
  leave.open({})
  await logged.opened
  expect((await send(url, '/')).body.toString()).toBe('alive')
})

test('a taken port is refused with its number and the way out', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  cleanUps.push(
    () =>
      new Promise((resolve) =>
        other.close(() => {
          resolve()
        }),
      ),
  )
  const { port } = other.address() as AddressInfo
  const started = start({ port })
  await expect(started).rejects.toThrow(PortTakenError)
  await expect(started).rejects.toThrow(new RegExp(`Port ${port} is taken.*PORT`))
})

test('close lets a running request finish and hangs up on idle and half-open connections', async () => {
  const entered = latch()
  const leave = latch()
  const handler: ApiHandler = async () => {
    entered.open({})
    await leave.opened
    return answer({ body: 'done' })
  }
  const server = await start({
    routes: [
      { method: 'GET', path: '/wait', handler },
      { method: 'GET', path: '/', handler: named('idle') },
    ],
  })
  const silent = readToEnd(await openSocket(server.url))
  const half = await keepOpen(server.url, 'GET / HTTP/1.1\r\nx')
  const idle = await keepOpen(server.url, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n', 'idle')
  const running = await keepOpen(server.url, 'GET /wait HTTP/1.1\r\nhost: a\r\n\r\n')
  await entered.opened
  const closed = server.close()
  await silent
  await half.ended
  await idle.ended
  await expect(send(server.url, '/')).rejects.toThrow('ECONNREFUSED')
  leave.open({})
  expect(await running.ended).toMatch(/connection: close[^]*done$/i)
  await closed
})

test('close does not wait for ever for a request that never finishes: it answers 503', async () => {
  const entered = latch()
  const handler: ApiHandler = () => {
    entered.open({})
    return new Promise(() => undefined)
  }
  const server = await start({
    routes: [{ method: 'GET', path: '/', handler }],
    limits: { closeMs: 20 },
  })
  const hung = await keepOpen(server.url, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  await entered.opened
  await server.close()
  expect(await hung.ended).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*Service Unavailable/)
})
