import { defined } from '../../defined.ts'
import { Fault } from '../../faults.ts'
import type { LoggedLine } from '../../records/company-log.ts'
import { SLOW_STORE_SECONDS } from '../../limits/limits.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { logItems } from '../companies/company-log.ts'
import { commitItems } from '../commit/commit.ts'
import type { Lost } from '../commit/commit-result.ts'
import type { GuardedRow } from '../commit/guarded-rows.ts'
import { settleInTheWay } from '../commit/settle-locks.ts'
import { eventItem } from '../table/heads.ts'
import { listingKey } from '../table/listings.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import type { Receipt } from '../table/receipts.ts'
import { getItem } from '../table/read.ts'
import { raiseRevisions } from '../charts/revisions.ts'
import { keys, type Key } from '../table/table.ts'
import { detailsItems } from './event-details.ts'
import { chartPlaceOf, countWrites } from './event-writes.ts'
import { termsWrites, type TermsReplacement } from './replace-terms.ts'

/** An event to be created, and what it says beyond its head. */
export interface NewEventRecord {
  readonly head: EventHead
  readonly details: EventDetails
  /** What the company's log is to tell of it. */
  readonly log?: readonly LoggedLine[]
}

/** Why events could not be created. */
export type EventConflict = (
  | { readonly status: 'key-taken'; readonly eventKey: string }
  | { readonly status: 'record-changed' | 'contended' }
) & {
  /** The aborted operation that what is kept of the request now points to: the next attempt replaces it. */
  readonly left?: string
}

export type EventsCreated = { readonly status: 'created' } | EventConflict

/** One of the rows that an event is made of. */
interface EventRow extends GuardedRow {
  /** Set where it is the one by the event's key, of which there may be another. */
  readonly eventKey?: string
}

/** What is written with events that are created together. */
export interface CreatedWith {
  /** What is kept of the request. */
  readonly receipt?: Receipt | undefined
  /** How the season is replaced that they belong to from now on. */
  readonly season?: TermsReplacement
}

/**
 * Creates events of one chart, all or none, if their keys are free and the chart still published; their season, if they come into one, is
 * told of them in the same commit. One event is six
 * writes whatever its chart, each further one four: rows that must not be there yet, and two counts with the decision. Whatever their
 * number, they go through the protocol that everything goes through.
 */
export async function createEvents(
  port: Port,
  records: readonly NewEventRecord[],
  { receipt, season }: CreatedWith = {},
): Promise<EventsCreated> {
  const heads = records.map(({ head }) => head)
  const condition = 'id = :id AND attribute_exists(pub)'
  const items = {
    operationId: port.ids.ulid(),
    rows: records.flatMap((record) => rowsOf(port, record)),
    entries: logItems(records.flatMap(({ log = [] }) => log)),
    withDecision: [
      ...countWrites(port, heads, { change: heads.length, condition }),
      ...(season === undefined
        ? []
        : [...termsWrites(port, season).items, ...raiseRevisions(port, [season.before])]),
    ],
  }
  const made = await commitItems(port, items, receipt)
  if (made.status === 'committed') return { status: 'created' }
  if (made.status === 'slow') {
    throw new Fault('The store is too slow to create events', {
      outcome: 'not-applied',
      retryAfterSeconds: SLOW_STORE_SECONDS,
    })
  }
  const left = defined({ left: made.left })
  if (made.status === 'refused') {
    if (season !== undefined) await settleHead(port, season.before)
    return { status: 'record-changed', ...left }
  }
  const eventKey = takenIn(items.rows, made.lost)
  return eventKey === undefined
    ? { status: 'contended', ...left }
    : { status: 'key-taken', eventKey, ...left }
}

/** A season that is there only by decision cannot be replaced until that is applied. */
async function settleHead(port: Port, { workspaceId, eventKey }: EventHead): Promise<void> {
  const item = await getItem(port, keys.eventHead(workspaceId, eventKey))
  await settleInTheWay(port, [{ item }])
}

/** The first key that another event has; what is only locked may come to nothing. */
function takenIn(rows: readonly EventRow[], lost: ReadonlyMap<EventRow, Lost>): string | undefined {
  return rows.find((row) => {
    const outcome = row.eventKey === undefined ? undefined : lost.get(row)
    return outcome?.status === 'changed' && outcome.item?.['id'] !== undefined
  })?.eventKey
}

/** Its head by key and by id, its places in the lists of its workspace and its chart, and what it says beyond its head. */
function rowsOf(port: Port, { head: given, details }: NewEventRecord): EventRow[] {
  const { ref, items } = detailsItems(port, given.eventId, details)
  const head = ref === undefined ? given : { ...given, details: ref }
  const { workspaceId, serial, eventKey, eventId } = head
  const item = eventItem(head)
  return [
    { ...newRow(keys.eventHead(workspaceId, eventKey), item), eventKey },
    newRow(listingKey.events(workspaceId, serial), { key: eventKey }),
    newRow(chartPlaceOf(head), { key: eventKey }),
    newRow(keys.eventById(eventId), item),
    ...items.map(({ key, data }) => newRow(key, { data })),
  ]
}

function newRow(key: Key, after: Item): EventRow {
  return { key, guard: { version: undefined }, after }
}
