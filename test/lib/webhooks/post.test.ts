import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import {
  ANSWER_BYTES_MAX,
  EXCHANGE_MS_MAX,
  post,
  type PostSurroundings,
} from '../../../lib/webhooks/post.ts'
import type { Address } from '../../../lib/webhooks/reach.ts'
import { hooksCertificate } from '../../support/certificate.ts'
import { movedClock } from '../../support/moved-clock.ts'
import { freePort, startReceiver, type Answering } from '../../support/receivers.ts'

const BODY = '{"label":"é"}'
const clock = movedClock()

/** Real milliseconds within which the receivers of these tests must answer. */
const SHORT_MS = 300

function outside(changes: Partial<PostSurroundings> = {}): PostSurroundings {
  return {
    clock,
    allowsLoopback: true,
    resolve: () => Promise.reject(new Error('nobody is to be asked')),
    exchangeMsMax: 10_000,
    ...changes,
  }
}

function send(url: string, changes: Partial<PostSurroundings> = {}) {
  return post(outside(changes), { url, headers: { 'webhook-id': 'n1' }, body: BODY })
}

async function answerOf(answer: Answering, changes: Partial<PostSurroundings> = {}) {
  const { url } = await startReceiver(answer)
  return send(url, changes)
}

test('a receiver gets one POST with the body byte for byte, the headers, and a connection of its own', async () => {
  const receiver = await startReceiver()
  expect(await send(`${receiver.url}?a=%20b#top`)).toEqual({ status: 204, latencyMs: 0 })
  const [request, ...others] = receiver.received
  expect(others).toEqual([])
  expect(request).toMatchObject({ method: 'POST', path: '/seats?a=%20b', body: BODY })
  expect(request?.headers).toEqual({
    host: `127.0.0.1:${receiver.port}`,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(BODY)),
    'user-agent': 'Holdfast-Webhooks',
    'webhook-id': 'n1',
  })
})

test.each([200, 201, 202, 204, 299])('%i is a success', async (status) => {
  expect(await answerOf(() => status)).toEqual({ status, latencyMs: 0 })
})

test.each([400, 401, 404, 410, 429, 500, 503, 599])('%i is a failure', async (status) => {
  expect(await answerOf(() => status)).toEqual({
    status,
    latencyMs: 0,
    failure: `answered ${status}`,
  })
})

test.each([301, 302, 303, 307, 308, 300, 304])(
  '%i is a failure: redirects are not followed',
  async (status) => {
    const target = await startReceiver()
    const posted = await answerOf(() => ({ status, location: target.url }))
    expect(posted).toMatchObject({
      status,
      failure: `answered ${status}: redirects are not followed`,
    })
    expect(target.received).toEqual([])
  },
)

test('the latency is the time that the exchange took', async () => {
  const posted = await answerOf(() => {
    clock.advance(88)
    return 204
  })
  expect(posted.latencyMs).toBe(88)
})

test('what a failed receiver asks for in Retry-After is told, of a success it is not', async () => {
  const asking = (status: number) => answerOf(() => ({ status, 'retry-after': '120' }))
  expect(await asking(503)).toMatchObject({ status: 503, retryAfterSeconds: 120 })
  expect(await asking(200)).toEqual({ status: 200, latencyMs: 0 })
})

function writing(response: ServerResponse, bytes: number): undefined {
  response.writeHead(200)
  response.end(Buffer.alloc(bytes, 'x'))
}

test.each([ANSWER_BYTES_MAX - 1, ANSWER_BYTES_MAX, ANSWER_BYTES_MAX + 1, 20 * ANSWER_BYTES_MAX])(
  'an answer of %i bytes counts by its status',
  async (bytes) => {
    const posted = await answerOf((_, response) => {
      writing(response, bytes)
    })
    expect(posted).toEqual({ status: 200, latencyMs: 0 })
  },
)

test('of an endless answer no more than the limit is waited for', async () => {
  let isClosed = false
  const posted = await answerOf((_, response) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) continue
    }
    response.on('drain', pour).on('close', () => {
      isClosed = true
    })
    pour()
    return undefined
  })
  expect(posted).toEqual({ status: 200, latencyMs: 0 })
  await expect.poll(() => isClosed).toBe(true)
})

test.each<[string, Answering]>([
  ['says nothing', () => undefined],
  [
    'sends headers and no end',
    (_, response) => {
      response.writeHead(200).write('a')
      return undefined
    },
  ],
])('a receiver that %s has failed when its time is over', async (_, answer) => {
  const posted = await answerOf(answer, { exchangeMsMax: SHORT_MS })
  expect(posted).toEqual({ latencyMs: 0, failure: 'no complete answer within 0.3 s' })
})

test('a receiver that takes the connection and never greets has failed when its time is over', async () => {
  const server = createServer(() => undefined)
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
  const posted = await send(`https://127.0.0.1:${port}/`, { exchangeMsMax: SHORT_MS })
  expect(posted.failure).toBe('no complete answer within 0.3 s')
  server.close()
})

test('a name that nobody resolves in time has failed', async () => {
  const resolve = () => new Promise<Address[]>(() => undefined)
  const posted = await send('https://hooks.tickets.example/', { resolve, exchangeMsMax: SHORT_MS })
  expect(posted.failure).toBe('no complete answer within 0.3 s')
})

test('a receiver has 15 seconds', () => {
  expect(EXCHANGE_MS_MAX).toBe(15_000)
})

test.each<[string, Answering]>([
  [
    'hangs up',
    (_, response) => {
      response.destroy()
      return undefined
    },
  ],
  [
    'hangs up within its answer',
    (_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('a', () => response.destroy())
      return undefined
    },
  ],
  [
    'speaks no HTTP',
    (_, response) => {
      response.socket?.end('SSH-2.0-OpenSSH\r\n')
      return undefined
    },
  ],
  [
    'changes to another protocol unasked',
    (_, response) => {
      response.socket?.end(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      )
      return undefined
    },
  ],
])('a receiver that %s has failed, and no error is thrown', async (_, answer) => {
  const posted = await answerOf(answer)
  expect(posted.status).toBeUndefined()
  expect(posted.failure).toMatch(/^connection (closed|failed: HPE_[A-Z_]+)$/)
})

test('where nobody listens the connection is refused', async () => {
  const posted = await send(`http://127.0.0.1:${await freePort()}/`)
  expect(posted).toEqual({ latencyMs: 0, failure: 'connection refused' })
})

test('a name that is not there has failed', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
  const posted = await send('https://hooks.tickets.example/', { resolve })
  expect(posted).toEqual({ latencyMs: 0, failure: 'name not found' })
  const none = await send('https://hooks.tickets.example/', { resolve: () => Promise.resolve([]) })
  expect(none).toEqual({ latencyMs: 0, failure: 'name not found' })
})

const PUBLIC: Address = { address: '8.8.8.8', family: 4 }
const HERE: Address = { address: '127.0.0.1', family: 4 }

test.each<[string, Address[]]>([
  ['this machine', [HERE]],
  ['a private network', [{ address: '10.0.0.1', family: 4 }]],
  ['the metadata of a cloud machine', [{ address: '169.254.169.254', family: 4 }]],
  ['an address of IPv4 within IPv6', [{ address: '::ffff:10.0.0.1', family: 6 }]],
  ['a public and a private one', [PUBLIC, { address: '192.168.0.1', family: 4 }]],
])('a name that resolves to %s is not connected to', async (_, addresses) => {
  const resolve = () => Promise.resolve(addresses)
  const options = { resolve, allowsLoopback: false }
  const posted = await send('https://hooks.tickets.example/', options)
  expect(posted).toEqual({ latencyMs: 0, failure: 'address not allowed' })
})

test.each(['http://127.0.0.1', 'https://127.0.0.1', 'https://localhost', 'https://[::1]'])(
  '%s is not connected to where only the internet is allowed, whenever it was registered',
  async (origin) => {
    const { port, received } = await startReceiver()
    const posted = await send(`${origin}:${port}/`, { allowsLoopback: false })
    expect(posted).toEqual({ latencyMs: 0, failure: 'address not allowed' })
    expect(received).toEqual([])
  },
)

test('the connection goes to the address that was checked, under the name that was registered, over TLS', async () => {
  const receiver = await startReceiver(() => 204, hooksCertificate)
  const url = `https://hooks.tickets.example:${receiver.port}/seats`
  let asked = 0
  const resolve = () => {
    asked += 1
    return Promise.resolve([HERE])
  }
  const ports = [receiver.port]
  const posted = await send(url, { resolve, ports, authorities: hooksCertificate.cert })
  expect(posted).toEqual({ status: 204, latencyMs: 0 })
  expect(asked).toBe(1)
  expect(receiver.received[0]?.headers.host).toBe(`hooks.tickets.example:${receiver.port}`)
})

test('a port that is not among those of the setting any more is not connected to', async () => {
  const receiver = await startReceiver(() => 204, hooksCertificate)
  const resolve = () => Promise.resolve([HERE])
  const posted = await send(`https://hooks.tickets.example:${receiver.port}/`, { resolve })
  expect(posted).toEqual({ latencyMs: 0, failure: 'address not allowed' })
  expect(receiver.received).toEqual([])
})

test('a certificate that nobody signed, or that is of another name, is not trusted', async () => {
  const receiver = await startReceiver(() => 204, hooksCertificate)
  const resolve = () => Promise.resolve([HERE])
  const ports = [receiver.port]
  const unsigned = await send(`https://hooks.tickets.example:${receiver.port}/`, { resolve, ports })
  expect(unsigned.failure).toBe('connection failed: DEPTH_ZERO_SELF_SIGNED_CERT')
  const other = await send(`https://other.tickets.example:${receiver.port}/`, {
    resolve,
    ports,
    authorities: hooksCertificate.cert,
  })
  expect(other.failure).toBe('connection failed: ERR_TLS_CERT_ALTNAME_INVALID')
  expect(receiver.received).toEqual([])
})

test.each(['localhost', 'shop.localhost'])(
  '%s is this machine without asking anyone',
  async (host) => {
    const { port } = await startReceiver()
    expect(await send(`http://${host}:${port}/`)).toEqual({ status: 204, latencyMs: 0 })
  },
)
