import type { IncomingMessage } from 'node:http'

/** What came of a request's body; never rejects. */
export type ReadBody =
  | { readonly status: 'read'; readonly body: Buffer }
  | { readonly status: 'too-large' }
  | { readonly status: 'aborted' }

/** API Gateway's own limit. */
export const BODY_BYTES_MAX = 10 * 1024 * 1024

/**
 * A client sends its whole body before it reads the answer, and a connection closed on unread bytes is reset together with
 * the answer: so a body that is too large is read on and dropped, up to this much.
 */
const DROPPED_BYTES_MAX = 8 * BODY_BYTES_MAX

/** Reads a body of at most `BODY_BYTES_MAX` bytes; holds no more than that in memory. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size <= BODY_BYTES_MAX) chunks.push(chunk)
      else chunks.length = 0
      if (size > DROPPED_BYTES_MAX) break
    }
  } catch {
    return { status: 'aborted' }
  }
  if (size > BODY_BYTES_MAX) return { status: 'too-large' }
  return { status: 'read', body: Buffer.concat(chunks) }
}
