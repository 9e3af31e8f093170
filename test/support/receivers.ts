import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { cleanUps } from './clean-ups.ts'

/** A request that a receiver got. */
export interface Received {
  readonly headers: IncomingMessage['headers']
  readonly method: string
  readonly path: string
  readonly body: string
}

/** What a receiver answers: a status, or whatever it does with the connection. */
export type Answering = (
  request: Received,
  response: ServerResponse,
) => number | Record<string, string | number> | undefined

export interface Receiver {
  readonly url: string
  readonly port: number
  readonly received: Received[]
  /** Changes what it answers from now on; undefined says that the function does it itself. */
  answer: Answering
  close(): Promise<void>
}

/** Starts a receiver on a free port of this machine, over TLS where it is given key and certificate; closed after the test. */
export async function startReceiver(
  answer: Answering = () => 204,
  tls?: { key: string; cert: string },
): Promise<Receiver> {
  const received: Received[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const { headers, method = '', url: path = '' } = request
    received.push({ headers, method, path, body })
    const answered = receiver.answer({ headers, method, path, body }, response)
    if (answered === undefined) return
    const { status = 200, ...rest } = typeof answered === 'number' ? { status: answered } : answered
    response.writeHead(Number(status), rest as Record<string, string>).end()
  }
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch(() => undefined)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  const port = await listen(server)
  const scheme = tls === undefined ? 'http' : 'https'
  const receiver: Receiver = {
    url: `${scheme}://127.0.0.1:${port}/seats`,
    port,
    received,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  cleanUps.push(() => receiver.close())
  return receiver
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const receiver = await startReceiver()
  await receiver.close()
  return receiver.port
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}
