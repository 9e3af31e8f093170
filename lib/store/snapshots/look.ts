import type { EventHead } from '../../records/records.ts'
import { getItemSoon, querySoon } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys, snapshotPartition, SNAPSHOT_PART_PREFIX } from '../table/table.ts'
import { countersOf, countIn } from './counters.ts'
import { readHeadItem, type SnapshotHead } from './heads.ts'

// What every poll asks: half a read unit, and one where a season counts too. A process with many polls asks a few times a second,
// whatever their number.

/** Milliseconds for which what one poll saw is good enough for the next. */
const LOOK_MS = 200

/** Events of which a process remembers what it saw. */
const LOOKS_MAX = 10_000

/** How the snapshot of an event stands. */
export interface Look {
  readonly head: SnapshotHead | undefined
  /** What the counters say: of the event, and of the season that it is in. Undefined where there is none. */
  readonly counted: readonly (number | undefined)[]
}

interface Remembered {
  readonly at: number
  readonly look: Promise<Look>
}

const noLooks = () => new Map<string, Remembered>()

/** How the snapshot of an event stands, as it was seen a moment ago or is seen now. */
export async function lookAt(store: Store, event: EventHead): Promise<Look> {
  const looks = memoryOf(store, noLooks)
  const now = store.clock.now()
  const known = looks.get(event.eventId)
  const ageMs = known === undefined ? Infinity : now - known.at
  if (known !== undefined && ageMs >= 0 && ageMs < LOOK_MS) return known.look
  const look = lookNow(store, event)
  rememberLook(store, event, look)
  // What failed is not worth remembering.
  look.catch(() => {
    if (looks.get(event.eventId)?.look === look) looks.delete(event.eventId)
  })
  return look
}

/** Forgets what was seen of an event: it has just changed. */
export function lookAgain(store: Store, { eventId }: Pick<EventHead, 'eventId'>): void {
  memoryOf(store, noLooks).delete(eventId)
}

/** What this process has just done is what it saw last. */
export function rememberLook(
  store: Store,
  { eventId }: Pick<EventHead, 'eventId'>,
  look: Promise<Look>,
): void {
  const looks = memoryOf(store, noLooks)
  looks.delete(eventId)
  looks.set(eventId, { at: store.clock.now(), look })
  const [oldest] = looks.keys()
  if (looks.size > LOOKS_MAX && oldest !== undefined) looks.delete(oldest)
}

async function lookNow(store: Store, event: EventHead): Promise<Look> {
  const counters = countersOf(event)
  const [items, others] = await Promise.all([
    querySoon(store, {
      KeyConditionExpression: 'pk = :pk AND sk < :parts',
      ExpressionAttributeValues: {
        ':pk': snapshotPartition(event.eventId),
        ':parts': SNAPSHOT_PART_PREFIX,
      },
    }),
    Promise.all(
      counters.slice(1).map(({ eventId }) => getItemSoon(store, keys.snapshotCounter(eventId))),
    ),
  ])
  const named = (sk: string) => items.find((item) => item['sk'] === sk)
  const head = named(keys.snapshotHead(event.eventId).sk)
  const found = [named(keys.snapshotCounter(event.eventId).sk), ...others]
  return {
    head: head && readHeadItem(head),
    counted: counters.map((counter, at) => countIn(found[at], counter)),
  }
}
