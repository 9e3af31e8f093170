import { defined } from '../../defined.ts'
import type { LoggedLine } from '../../records/company-log.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { logWrites } from '../companies/company-log.ts'
import { settleInTheWay } from '../commit/settle-locks.ts'
import { detailsRemoval, detailsWrites } from './event-details.ts'
import { asItWasRead } from './events.ts'
import { putById, putHead } from './event-writes.ts'
import type { Port } from '../table/port.ts'
import { answerWrites, transactOnce, type Receipt } from '../table/receipts.ts'
import type { TransactItem } from '../table/transact.ts'

/** Bytes of texts in one transaction: DynamoDB takes 4 MB with everything else. */
const TEXT_BYTES_MAX = 3 * 1024 * 1024

/** What an event says from now on; its key and its chart stay. */
export interface TermsReplacement {
  /** As it was read. */
  readonly before: EventHead
  readonly after: EventHead
  /** Undefined leaves what it says beyond its head as it is. */
  readonly details?: EventDetails
  readonly log: readonly LoggedLine[]
}

/**
 * Replaces what events say, of all or of none, where nobody changed one of them since it was read. Several together may be too
 * much for one transaction; one alone never is.
 */
export async function replaceTerms(
  port: Port,
  replacements: readonly TermsReplacement[],
  receipt: Receipt | undefined,
): Promise<'replaced' | 'changed' | 'too-much'> {
  const written = replacements.map((it) => writesOf(port, it))
  const items = written.flatMap((of) => of.items)
  const bytes = written.reduce((sum, of) => sum + of.bytes, 0)
  const answers = receipt === undefined ? 0 : answerWrites(port, receipt).length
  const isTooMuch = items.length + answers > port.transactionItemsMax || bytes > TEXT_BYTES_MAX
  if (replacements.length > 1 && isTooMuch) return 'too-much'
  const outcome = await transactOnce(port, items, receipt)
  if (outcome.status === 'applied') return 'replaced'
  await settleInTheWay(port, outcome.reasons)
  return 'changed'
}

function writesOf(port: Port, { before, after, details, log }: TermsReplacement) {
  const written = details && detailsWrites(port, after.eventId, details)
  const { details: former, ...others } = after
  const kept = written === undefined ? former : written.ref
  const version = before.version + 1
  const head = { ...others, ...defined({ details: kept }), version }
  const texts = written?.writes ?? []
  const items: TransactItem[] = [
    putHead(port, head, asItWasRead(before)),
    putById(port, head),
    ...texts,
    ...(written === undefined ? [] : detailsRemoval(port, before)),
    ...logWrites(port, log),
  ]
  return { items, bytes: texts.reduce((sum, { Put }) => sum + bytesOf(Put?.Item), 0) }
}

function bytesOf(item: Record<string, unknown> | undefined): number {
  const data = item?.['data']
  return data instanceof Uint8Array ? data.length : 0
}
