import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { allowsGzip, COMPRESSED_BYTES_MIN } from '../../lib/http/sendable.ts'
import type { Reply } from './api-gateway.ts'

const gzipped = promisify(gzip)

const NOT_MODIFIED = 304

/** What the connection adds to an answer. */
export interface Delivery {
  readonly requestId: string
  /** Whether the connection ends with this answer. */
  readonly last: boolean
}

/** Writes one answer, compressed if the client allows it; a client that has gone is no error. */
export async function writeReply(
  request: IncomingMessage,
  response: ServerResponse,
  { reply, delivery }: { reply: Reply; delivery: Delivery },
): Promise<void> {
  const isUnsent = request.method === 'HEAD' || reply.status === NOT_MODIFIED
  const { headers, body } = isUnsent
    ? { headers: varied(reply.headers), body: reply.body }
    : await compress(reply, request.headers['accept-encoding'] ?? '')
  if (response.destroyed || response.headersSent) return
  response.statusCode = reply.status
  for (const [name, values] of headers) response.setHeader(name, values)
  response.setHeader('x-amzn-requestid', delivery.requestId)
  if (!response.hasHeader('x-request-id')) response.setHeader('x-request-id', delivery.requestId)
  if (delivery.last) response.setHeader('connection', 'close')
  const bodiless = reply.status === 204 || reply.status === NOT_MODIFIED
  // A function leaves the body out for HEAD, and so nobody knows how long it would be.
  const isUnknown = request.method === 'HEAD' && body.length === 0
  if (!bodiless && !isUnknown) response.setHeader('content-length', body.length)
  // For HEAD, Node itself keeps the body back.
  if (bodiless) response.end()
  else response.end(body)
}

async function compress(
  { headers, body }: Reply,
  acceptEncoding: string,
): Promise<Pick<Reply, 'headers' | 'body'>> {
  if (body.length <= COMPRESSED_BYTES_MIN || headers.has('content-encoding'))
    return { headers, body }
  if (!allowsGzip(acceptEncoding)) return { headers: varied(headers), body }
  const encoded = new Map([...varied(headers), ['content-encoding', ['gzip']]])
  return { headers: encoded, body: await gzipped(body) }
}

/** Says that the answer may come compressed. */
function varied(headers: Reply['headers']): Map<string, readonly string[]> {
  const named = (headers.get('vary') ?? []).flatMap((names) => names.split(', '))
  const vary = [...new Set([...named, 'Accept-Encoding'])].join(', ')
  return new Map([...headers, ['vary', [vary]]])
}
