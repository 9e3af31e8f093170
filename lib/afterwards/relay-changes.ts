import { gzipSync } from 'node:zlib'
import type { Bus } from '../bus/bus.ts'
import { toIso, type Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { isUnreadable } from '../faults.ts'
import { readExtraData } from '../rules/extra-data.ts'
import type { Notice } from '../rules/notice.ts'
import { escapeInJson, plainJson, plainText } from '../plain-text.ts'
import type { HistoryChange } from '../rules/history.ts'
import { rowChanges, type Telling, type ToldKind } from '../rules/row-changes.ts'
import type { SeatChange } from '../rules/seat-changes.ts'
import type { StatusWord } from '../rules/seat.ts'
import { countChanges, countInSeasons } from '../store/snapshots/counters.ts'
import { readEventFacts, type EventFacts } from '../store/events/event-facts.ts'
import type { Store } from '../store/table/store.ts'
import type { RowTold, RecordContent } from '../store/table/stream-records.ts'
import { timersFor } from './hold-timers.ts'
import { readEntry } from '../store/seats/read-history.ts'

// What the table's stream tells goes to the bus and to the timers:
//
// 1. A row whose version rose: one notice for each version, so that none is skipped, with an id that follows from event,
//    label and version. Whatever comes twice has the same id, and says the same: names are those of the moment of the change. What
//    a season has of an object is told for itself, and for each of its partial seasons, as of any object of an event.
// 2. A hold entry that began, or that TTL tidied up: a timer for its deadline. Twice does no harm: the second finds nothing.
// 3. Of each event that something of changed, the counter is raised that tells so to whoever polls it: once for all records of a batch,
//    since what they tell can be read by now. It comes first: browsers need no bus.
// 4. What the bus or a queue does not take now fails the batch from that record on, so that it comes again: until the stream
//    forgets, after a day. Only a record that nobody can read, or whose notice or timer is refused for good, is set aside, whole,
//    and does not stop the rest.

/** One record of the stream, in the order of its shard. */
export interface StreamRecord {
  /** What it tells, nothing perhaps. Throws where it cannot be read. */
  readonly read: () => readonly RecordContent[]
  /** The record as text, to be looked at by somebody. */
  readonly text: () => string
}

/** What the relay works with. */
export interface Relay {
  readonly store: Store
  readonly bus: Bus
  readonly now: () => Instant
  /** Writes one line; never hand it tokens. */
  readonly log: (line: Record<string, unknown>) => void
}

/** Something to be sent, with the place of its record. */
interface WithPlace<T> {
  readonly place: number
  readonly it: T
}

/**
 * Tells what the records of a batch tell, and answers the place of the first that must come again; undefined where all is
 * done.
 */
export async function relayChanges(
  relay: Relay,
  records: readonly StreamRecord[],
): Promise<number | undefined> {
  const aside: Aside = (place, why) => setAside(relay, records[place], why)
  const tellings: WithPlace<RecordContent>[] = []
  for (const [place, record] of records.entries()) {
    try {
      for (const it of record.read()) tellings.push({ place, it })
    } catch (error) {
      await aside(place, error)
    }
  }
  await countChanges(relay.store, changedEvents(tellings))
  await startTimers(relay, pick(tellings, isHold), aside)
  const notices = await noticesOfAll(relay, pick(tellings, isRow), aside)
  const { failed, refused } = await relay.bus.putNotices(notices.map(({ it }) => it))
  for (const { place, reason } of refused) await aside(placeOf(notices, place), reason)
  const places = failed.map((index) => placeOf(notices, index))
  return places.length === 0 ? undefined : Math.min(...places)
}

/** Sets the record of that place aside. */
type Aside = (place: number, why: unknown) => Promise<void>

type HoldTold = Extract<RecordContent, { kind: 'hold' }>

const isHold = (told: RecordContent): told is HoldTold => told.kind === 'hold'
const isRow = (told: RecordContent): told is RowTold =>
  told.kind !== 'hold' && told.kind !== 'event'

/** The events that something of changed, each once. */
function changedEvents(tellings: readonly WithPlace<RecordContent>[]): string[] {
  return [...new Set(tellings.flatMap(({ it }) => ('eventId' in it ? [it.eventId] : [])))]
}

function pick<Some extends RecordContent>(
  tellings: readonly WithPlace<RecordContent>[],
  isWanted: (told: RecordContent) => told is Some,
): WithPlace<Some>[] {
  return tellings.flatMap(({ place, it }) => (isWanted(it) ? [{ place, it }] : []))
}

function placeOf(sent: readonly WithPlace<unknown>[], index: number): number {
  return sent[index]?.place ?? 0
}

async function startTimers(
  { bus, now }: Relay,
  holds: readonly WithPlace<HoldTold>[],
  aside: Aside,
): Promise<void> {
  const timers = holds.flatMap(({ place, it }) =>
    timersFor(it.hold, now()).map((message) => ({ place, it: message })),
  )
  const refused = await bus.offerMessages(
    'timers',
    timers.map(({ it }) => it),
  )
  for (const { place, reason } of refused) await aside(placeOf(timers, place), reason)
}

async function noticesOfAll(
  relay: Relay,
  rows: readonly WithPlace<RowTold>[],
  aside: Aside,
): Promise<WithPlace<Notice>[]> {
  const eventIds = new Set(rows.map(({ it: { eventId } }) => eventId))
  const facts = await readEventFacts(relay.store, [...eventIds])
  await countInSeasons(
    relay.store,
    [...facts.values()].map(({ event }) => event),
  )
  const notices: WithPlace<Notice>[] = []
  for (const { place, it: told } of rows) {
    const known = facts.get(told.eventId)
    if (known === undefined) {
      await aside(place, `There is no event ${told.eventId}`)
      continue
    }
    try {
      for (const it of await noticesOf(relay, told, known)) notices.push({ place, it })
    } catch (error) {
      if (!isUnreadable(error)) throw error
      await aside(place, error)
    }
  }
  return notices
}

/** Sends a record to the queue of failures; where the queue refuses it for good, only the beginning of the record. */
async function setAside(
  { bus, log }: Relay,
  record: StreamRecord | undefined,
  why: unknown,
): Promise<void> {
  const error = String(why)
  log({ level: 'error', worker: 'relay-changes', error })
  const text = escapeInJson(record?.text() ?? '')
  const isLong = Buffer.byteLength(text) > MESSAGE_BYTES_MAX
  const body = isLong ? JSON.stringify({ gzip: gzipSync(text).toString('base64') }) : text
  const refused = await bus.offerMessages('failures', [{ body }])
  if (refused.length === 0) return
  const left = plainJson({ error, record: text.slice(0, REMAINS_LENGTH) })
  await bus.sendMessages('failures', [{ body: left }])
}

/** Bytes above which a record is set aside compressed, so that the queue takes any. */
const MESSAGE_BYTES_MAX = 200_000

/** Characters that are kept of a record which even compressed no message can carry. */
const REMAINS_LENGTH = 20_000

/** The notices of one row's change, in order of their versions. */
async function noticesOf(
  { store, log }: Relay,
  told: RowTold,
  facts: EventFacts,
): Promise<Notice[]> {
  const { event } = facts
  const { label, block } = told
  const { operationId, changedAt: at } = told.after
  const entry = asksHistory(told)
    ? await readEntry(store, event, { operationId, at })
    : { changes: [] }
  if (entry === undefined) {
    // Its history went with the event: the last change still stands in the record.
    log({ level: 'warn', worker: 'relay-changes', eventId: event.eventId, operationId })
  }
  const lines = (entry?.changes ?? []).filter((it) => it.label === label && it.block === block)
  return changesOf(told, lines).map((change) => noticeOf(change, told, facts))
}

function asksHistory<Kind extends ToldKind>({ kind, before, after }: RowTold<Kind>): boolean {
  const { needsHistory }: Telling<Kind> = rowChanges[kind]
  return needsHistory(before, after)
}

function changesOf<Kind extends ToldKind>(
  { kind, before, after }: RowTold<Kind>,
  lines: readonly HistoryChange[],
): readonly SeatChange[] {
  const { changesBetween }: Telling<Kind> = rowChanges[kind]
  return changesBetween(before, after, lines)
}

function noticeOf(
  change: SeatChange,
  { label, block }: Pick<RowTold, 'label' | 'block'>,
  facts: EventFacts,
): Notice {
  const { type, version, at, from, to, holdToken, heldUntil, orderId, ticketType } = change
  const { isTest, event, wordsAt } = facts
  const { eventId, workspaceId } = event
  const { eventKey, name, chartKey, chartName } = wordsAt(at)
  const place = block === undefined ? label : `${label}/${block}`
  return {
    id: `${eventId}:${place}:${version}`,
    type,
    occurredAt: toIso(at),
    workspaceId,
    environment: isTest ? 'sandbox' : 'production',
    chart: { chartKey, name: plainText(chartName) },
    event: { eventKey, ...(name === undefined ? {} : { name: plainText(name) }) },
    ...defined({ season: facts.season }),
    objectLabel: label,
    status: wordOf(to),
    previousStatus: wordOf(from),
    version,
    ...defined({ block, quantity: change.quantity, holdToken }),
    ...(heldUntil === undefined ? {} : { heldUntil: toIso(heldUntil) }),
    ...defined({ orderId, ticketType }),
    ...(change.extraData === undefined ? {} : { extraData: readExtraData(change.extraData) }),
    operationId: change.operationId,
  }
}

/** A status of the integrator's own is told by its name. */
function wordOf(word: StatusWord): string {
  return word.startsWith('=') ? word.slice(1) : word
}
