import type { IncomingMessage } from 'node:http'
import { API_BODY_BYTES_MAX } from '../../lib/limits/aws-limits.ts'

/** What came of a request's body; never rejects. */
export type ReadBody =
  | { readonly status: 'read'; readonly body: Buffer }
  | { readonly status: 'too-large' }
  | { readonly status: 'no-room' }
  | { readonly status: 'aborted' }

/** The bodies that are in memory; whoever got one takes its bytes off when it is done with. */
export interface BodyStore {
  bytes: number
  readonly bytesMax: number
}

/**
 * A client sends its whole body before it reads the answer, and a connection closed on unread bytes is reset together with
 * the answer: so a body that is not wanted is read on and dropped, up to this much.
 */
const DROPPED_BYTES_MAX = 8 * API_BODY_BYTES_MAX

/** Reads a body of at most `API_BODY_BYTES_MAX` bytes, for which there is room; holds no more than that in memory. */
export async function readBody(request: IncomingMessage, store: BodyStore): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let size = 0
  let refused: 'too-large' | 'no-room' | undefined
  let held = 0
  try {
    for await (const chunk of request.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > DROPPED_BYTES_MAX) break
      if (refused !== undefined) continue
      if (size > API_BODY_BYTES_MAX) refused = 'too-large'
      else if (store.bytes + chunk.length > store.bytesMax) refused = 'no-room'
      if (refused === undefined) {
        chunks.push(chunk)
        held += chunk.length
        store.bytes += chunk.length
      } else {
        chunks.length = 0
        store.bytes -= held
        held = 0
      }
    }
  } catch {
    store.bytes -= held
    return { status: 'aborted' }
  }
  return refused === undefined
    ? { status: 'read', body: Buffer.concat(chunks) }
    : { status: refused }
}

/** Lets a body pass that nobody reads, so that its sender gets to read the answer; ends the connection where it goes on too long. */
export function dropBody(request: IncomingMessage): void {
  if (request.complete) return
  let size = 0
  request.on('error', () => undefined)
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DROPPED_BYTES_MAX) request.socket.destroy()
  })
}
