import { ApiError } from '@holdfast/embedded/errors'
import type { Message, Queue } from './queue.ts'

// A receipt handle names a message and the receive it was given out with, so it needs no memory and survives a restart.

/** The receipt of the latest receive of a message. */
export function receiptOf({ name }: Queue, { messageId, state }: Message): string {
  const written = JSON.stringify([name, messageId, state.receives])
  return Buffer.from(written).toString('base64')
}

/** What a receipt is for; refuses what is no receipt of this queue. */
export function readReceipt(
  queue: Queue,
  handle: string,
): { messageId: string; isLatest: boolean } {
  const [name, messageId, receives] = parse(handle)
  if (name !== queue.name || typeof messageId !== 'string' || typeof receives !== 'number') {
    throw new ApiError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is invalid.`)
  }
  const message = queue.messages.get(messageId)
  return { messageId, isLatest: message?.state.receives === receives }
}

function parse(handle: string): unknown[] {
  try {
    const parsed = JSON.parse(Buffer.from(handle, 'base64').toString()) as unknown
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}
