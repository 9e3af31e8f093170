import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Messaging } from './engine.ts'
import { internalError, LostAnswerError } from './faults.ts'
import { answerRequest } from './wire.ts'

/** The largest request body: above what either service takes, so that they refuse it in their words. */
const BODY_BYTES_MAX = 16 * 1024 * 1024

/** Longer than clients keep idle connections, so that none is cut while it is being used again. */
const KEEP_ALIVE_MS = 120_000

/** Serves EventBridge and SQS over HTTP on loopback, on a free port unless one is given. */
export async function serveMessaging(
  messaging: Messaging,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(messaging, request, response).catch((error: unknown) => {
      // A lost answer is lost; anything else is a bug, which must be seen.
      if (error instanceof LostAnswerError) response.destroy()
      else fail(response, error)
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
  messaging: Messaging,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) {
    response.writeHead(413).end()
    return
  }
  // Whoever hangs up must take no message.
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const answer = await answerRequest(messaging, {
    method: request.method ?? '',
    url: request.url ?? '/',
    headers: request.headers,
    body,
    origin: `http://${request.headers.host ?? 'localhost'}`,
    signal: gone.signal,
  })
  if (!response.destroyed) response.writeHead(answer.status, answer.headers).end(answer.body)
}

function fail(response: ServerResponse, error: unknown): void {
  console.error(error)
  const { status, code, message } = internalError
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify({ __type: code, message }))
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
