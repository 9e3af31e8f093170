import { gzipSync } from 'node:zlib'
import type { Bus } from '../bus/bus.ts'
import { toIso, type Instant } from '../clock.ts'
import { readExtraData } from '../inventory/extra-data.ts'
import type { Notice } from '../inventory/notice.ts'
import { changesBetween, needsHistory, type SeatChange } from '../inventory/seat-changes.ts'
import type { StatusWord } from '../inventory/seat.ts'
import type { EventFacts } from '../store/event-facts.ts'
import type { Store } from '../store/store.ts'
import type { HoldToEnd, Told } from '../store/stream-records.ts'
import { timersFor } from './hold-timers.ts'

// What the table's stream tells goes to the bus and to the timers:
//
// 1. A row whose version rose: one notice for each version, so that none is skipped, with an id that follows from event,
//    label and version. Whatever comes twice has the same id.
// 2. A hold entry that began, or that TTL tidied up: a timer for its deadline. Twice does no harm: the second finds nothing.
// 3. What the bus or a queue does not take fails the batch from that record on, so that it comes again: until the stream
//    forgets, after a day. Only a record that nobody can read is set aside, whole, and does not stop the rest.

/** One record of the stream, in the order of its shard. */
export interface StreamRecord {
  /** What it tells; undefined where it tells nothing. Throws where it cannot be read. */
  readonly read: () => Told | undefined
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

type SeatTold = Extract<Told, { kind: 'seat' }>

/** What is to be told of one record. */
interface Telling {
  readonly place: number
  readonly told: Told
}

/**
 * Tells what the records of a batch tell, and answers the place of the first that must come again; undefined where all is
 * done.
 */
export async function relayChanges(
  relay: Relay,
  records: readonly StreamRecord[],
): Promise<number | undefined> {
  const tellings: Telling[] = []
  for (const [place, record] of records.entries()) {
    try {
      const told = record.read()
      if (told !== undefined) tellings.push({ place, told })
    } catch (error) {
      await setAside(relay, record, error)
    }
  }
  const holds = tellings.flatMap(({ told }) => (told.kind === 'hold' ? [told.hold] : []))
  await startTimers(relay, holds)
  const seats = tellings.flatMap(({ told, place }) =>
    told.kind === 'seat' ? [{ told, place }] : [],
  )
  const facts = await relay.store.readEventFacts([
    ...new Set(seats.map(({ told: { eventId } }) => eventId)),
  ])
  const notices: { place: number; notice: Notice }[] = []
  for (const { told, place } of seats) {
    const known = facts.get(told.eventId)
    const record = records[place]
    if (known !== undefined) {
      for (const notice of await noticesOf(relay, told, known)) notices.push({ place, notice })
    } else if (record !== undefined) {
      await setAside(relay, record, `There is no event ${told.eventId}`)
    }
  }
  const failed = await relay.bus.putNotices(notices.map(({ notice }) => notice))
  return firstOf(failed.map((index) => notices[index]?.place ?? 0))
}

async function startTimers({ bus, now }: Relay, holds: readonly HoldToEnd[]): Promise<void> {
  await bus.sendMessages(
    'timers',
    holds.flatMap((hold) => timersFor(hold, now())),
  )
}

async function setAside({ bus, log }: Relay, record: StreamRecord, why: unknown): Promise<void> {
  log({ level: 'error', worker: 'relay-changes', error: String(why) })
  const text = record.text()
  const isLong = Buffer.byteLength(text) > MESSAGE_BYTES_MAX
  const body = isLong ? JSON.stringify({ gzip: gzipSync(text).toString('base64') }) : text
  await bus.sendMessages('failures', [{ body }])
}

/** Bytes above which a record is set aside compressed, so that the queue takes any. */
const MESSAGE_BYTES_MAX = 200_000

/** The notices of one row's change, in order of their versions. */
async function noticesOf(
  { store, log }: Relay,
  { label, before, after }: SeatTold,
  facts: EventFacts,
): Promise<Notice[]> {
  const { event } = facts
  const { operationId } = after
  const entry = needsHistory(before, after)
    ? await store.readEntry(event, operationId)
    : { changes: [] }
  if (entry === undefined) {
    // Its history went with the event: the last change still stands in the record.
    log({ level: 'warn', worker: 'relay-changes', eventId: event.eventId, operationId })
  }
  const lines = (entry?.changes ?? []).filter((line) => line.label === label)
  return changesBetween(before, after, lines).map((change) => noticeOf(change, label, facts))
}

function noticeOf(change: SeatChange, label: string, facts: EventFacts): Notice {
  const { type, version, at, from, to, holdToken, heldUntil, orderId, ticketType } = change
  const { event, chartName, isTest } = facts
  const { eventId, eventKey, workspaceId, chartKey, name } = event
  return {
    id: `${eventId}:${label}:${version}`,
    type,
    occurredAt: toIso(at),
    workspaceId,
    environment: isTest ? 'sandbox' : 'production',
    chart: { chartKey, name: chartName },
    event: { eventKey, ...(name === undefined ? {} : { name }) },
    objectLabel: label,
    status: wordOf(to),
    previousStatus: wordOf(from),
    version,
    ...(holdToken === undefined ? {} : { holdToken }),
    ...(heldUntil === undefined ? {} : { heldUntil: toIso(heldUntil) }),
    ...(orderId === undefined ? {} : { orderId }),
    ...(ticketType === undefined ? {} : { ticketType }),
    ...(change.extraData === undefined ? {} : { extraData: readExtraData(change.extraData) }),
    operationId: change.operationId,
  }
}

/** A status of the integrator's own is told by its name. */
function wordOf(word: StatusWord): string {
  return word.startsWith('=') ? word.slice(1) : word
}

function firstOf(places: readonly number[]): number | undefined {
  return places.length === 0 ? undefined : Math.min(...places)
}
