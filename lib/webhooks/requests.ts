import { createHash } from 'node:crypto'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { Notice } from '../rules/notice.ts'
import { chunksOf } from '../chunks.ts'
import { toldNotice } from '../rules/carry-notice.ts'
import { plainJson } from '../plain-text.ts'
import { WEBHOOK_BODY_BYTES_MAX } from '../limits/limits.ts'

// What a request to a receiver holds: one notice, as it is, or several in `notices` where the endpoint wants them together.

/** What is sent to an endpoint at once. */
export interface Told {
  /** Tells receivers what they had before: the same notices sent again have the same one. */
  readonly id: string
  readonly body: string
}

/** Notices that one request takes. */
export function batchOf({ batch = 1 }: Pick<WebhookEndpoint, 'batch'>): number {
  return batch
}

/** Puts together what goes to an endpoint in one request, in the order in which it occurred. */
export function requestsOf<T extends { readonly notice: Notice }>(
  endpoint: Pick<WebhookEndpoint, 'batch'>,
  wanted: readonly T[],
): T[][] {
  const countMax = batchOf(endpoint)
  if (countMax === 1) return wanted.map((one) => [one])
  const sorted = wanted.toSorted((a, b) => inOrder(a.notice, b.notice))
  const bytesOf = ({ notice }: T) => Buffer.byteLength(textOf(notice)) + 1
  return chunksOf(sorted, { countMax, bytesMax: WEBHOOK_BODY_BYTES_MAX - ENVELOPE_BYTES, bytesOf })
}

/** What a request with these notices says. */
export function toldTogether(
  endpoint: Pick<WebhookEndpoint, 'batch'>,
  notices: readonly Notice[],
): Told {
  const [first] = notices
  if (batchOf(endpoint) === 1 && first !== undefined && notices.length === 1) {
    return { id: first.id, body: textOf(first) }
  }
  const hash = createHash('sha256').update(JSON.stringify(notices.map(({ id }) => id)))
  const id = `batch_${hash.digest('hex').slice(0, ID_LENGTH)}`
  return { id, body: `{"notices":[${notices.map(textOf).join(',')}]}` }
}

/** Hexadecimal characters of a batch's id. */
const ID_LENGTH = 32

const ENVELOPE_BYTES = Buffer.byteLength('{"notices":[]}')

function textOf(notice: Notice): string {
  return plainJson(toldNotice(notice))
}

/** By when they occurred; what happened to one seat within a millisecond is told apart by its version; the same each time. */
function inOrder(a: Notice, b: Notice): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1
  if (a.version !== b.version) return a.version - b.version
  return a.id < b.id ? -1 : 1
}
