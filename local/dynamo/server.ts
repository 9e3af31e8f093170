import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Engine } from './engine.ts'
import { internalError, LostAnswer } from './faults.ts'
import { answerRequest } from './wire.ts'

/** The largest request body. */
const bodyBytesMax = 16 * 1024 * 1024

const keepAliveMilliseconds = 120_000

/** Serves an engine over HTTP on loopback, on a free port unless one is given. */
export async function serveDynamo(
  engine: Engine,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(engine, request, response).catch((error: unknown) => {
      // A lost answer is lost; anything else is a bug, which must be seen.
      if (error instanceof LostAnswer) response.destroy()
      else fail(response, error)
    })
  })
  // Longer than clients keep idle connections, so that none is cut while it is being used again.
  server.keepAliveTimeout = keepAliveMilliseconds
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
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) {
    response.writeHead(413).end()
    return
  }
  const answer = await answerRequest(engine, {
    method: request.method ?? '',
    url: request.url ?? '/',
    headers: request.headers,
    body,
  })
  response.writeHead(answer.status, answer.headers).end(answer.body)
}

function fail(response: ServerResponse, error: unknown): void {
  console.error(error)
  const { status, body } = internalError
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyBytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
