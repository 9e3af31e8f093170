import { assert } from '../../faults.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { createBatch, settleInTheWay } from './event-batches.ts'
import { detailsWrites } from './event-details.ts'
import { chartPlacePut, countOnChart, listingOf, putById, putHead } from './event-writes.ts'
import { countWrite, listingPut } from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import { answerWrites, transactOnce, type Receipt } from '../table/receipts.ts'
import type { TransactItem } from '../table/transact.ts'

/** An event to be created, and what it says beyond its head. */
export interface NewEventRecord {
  readonly head: EventHead
  readonly details: EventDetails
}

/** Why events could not be created. */
export type EventConflict =
  | { readonly status: 'key-taken'; readonly eventKey: string }
  | { readonly status: 'chart-changed' | 'contended' }

export type EventsCreated = { readonly status: 'created' } | EventConflict

/**
 * Creates events of one chart, all or none, if their keys are free and the chart still published. One event is six
 * writes whatever its chart, each further one four; what does not fit into one transaction is created as a batch.
 */
export async function createEvents(
  port: Port,
  records: readonly NewEventRecord[],
  receipt?: Receipt,
): Promise<EventsCreated> {
  const written = records.map(({ head, details }) => {
    const { ref, writes } = detailsWrites(port, head.eventId, details)
    return { head: ref === undefined ? head : { ...head, details: ref }, writes }
  })
  const heads = written.map(({ head }) => head)
  const details = written.flatMap(({ writes }) => writes)
  const counts = countWrites(port, heads)
  const answers = receipt === undefined ? 0 : answerWrites(port, receipt).length
  const items = 4 * heads.length + counts.length + details.length + answers
  if (items > port.transactionItemsMax) {
    return createBatch(port, { heads, details, counts }, receipt)
  }
  const outcome = await transactOnce(
    port,
    [
      ...heads.map((head) => putNewHead(port, head)),
      ...counts,
      ...heads.map((head) => listingPut(port.tableName, 'events', listingOf(head))),
      ...heads.map((head) => chartPlacePut(port, head)),
      ...heads.map((head) => putById(port, head)),
      ...details,
    ],
    receipt,
  )
  if (outcome.status === 'applied') return { status: 'created' }
  const failed = outcome.reasons.findIndex(({ code }) => code === 'ConditionalCheckFailed')
  if (failed === heads.length) return { status: 'chart-changed' }
  const head = heads[failed]
  if (head === undefined) return { status: 'contended' }
  // A key that is in the way belongs to an event, or is only reserved: then what came of that is seen the next time.
  if (await settleInTheWay(port, outcome.reasons)) return { status: 'contended' }
  return { status: 'key-taken', eventKey: head.eventKey }
}

/** The write that puts a new head on file and hands back what is in its way. */
function putNewHead(port: Port, head: EventHead): TransactItem {
  return putHead(port, head, {
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
}

/** The chart must still be published; both counts rise by all events at once. */
function countWrites(port: Port, heads: readonly EventHead[]): TransactItem[] {
  const [first] = heads
  assert(first !== undefined, 'no events are to be created')
  const change = heads.length
  return [
    countOnChart(port, first, { change, condition: 'id = :id AND attribute_exists(pub)' }),
    countWrite(port.tableName, first.workspaceId, { listed: 'events', change }),
  ]
}
