import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostsOf } from './hosts.ts'

/** A request to one of the embedded services. */
export interface LoopbackRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Protocol, host and port by which the caller found us. */
  readonly origin: string
  /** Aborted once the caller has hung up. */
  readonly signal: AbortSignal
}

/** A service to be reached over HTTP, as far as it differs from others. */
export interface LoopbackService {
  /** Answers a request; rejects when the answer is to be lost. */
  readonly answer: (
    request: LoopbackRequest,
  ) => Promise<{ status: number; headers: Readonly<Record<string, string>>; body: string }>
  readonly isLost: (error: unknown) => boolean
  /** What is answered when the service itself is wrong. */
  readonly fault: { readonly status: number; readonly body: object }
}

/** Where a service is reached, and how to end it. */
export interface Loopback {
  readonly url: string
  close(): Promise<void>
}

/** The largest request body: above what any of the services takes, so that they refuse it in their words. */
const BODY_BYTES_MAX = 16 * 1024 * 1024

/** Longer than clients keep idle connections, so that none is cut while it is being used again. */
const KEEP_ALIVE_MS = 120_000

/** Serves one of the embedded services over HTTP on loopback, on a free port unless one is given. */
export async function serveLoopback(
  service: LoopbackService,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<Loopback> {
  const isMeant = hostsOf([host])
  const server = createServer((request, response) => {
    if (!isMeant(request.headers.host)) {
      response.writeHead(421, { connection: 'close' }).end()
      return
    }
    handle(service, request, response).catch((error: unknown) => {
      // A lost answer is lost; anything else is a bug, which must be seen.
      if (service.isLost(error)) response.destroy()
      else fail(service, response, error)
    })
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host}:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve()
          else reject(error)
        })
        server.closeAllConnections()
      }),
  }
}

async function handle(
  { answer }: LoopbackService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) {
    response.writeHead(413).end()
    return
  }
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const answered = await answer({
    method: request.method ?? '',
    url: request.url ?? '/',
    headers: request.headers,
    body,
    origin: `http://${request.headers.host ?? 'localhost'}`,
    signal: gone.signal,
  })
  if (!response.destroyed) response.writeHead(answered.status, answered.headers).end(answered.body)
}

function fail({ fault }: LoopbackService, response: ServerResponse, error: unknown): void {
  console.error(error)
  response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify(fault.body))
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_BYTES_MAX) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
