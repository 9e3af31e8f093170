import type { EventHead, Roster, RosterEvent } from '../../records/records.ts'
import { nameOf } from '../../rules/rows.ts'
import type { SeatRow } from '../../rules/seat.ts'
import type { SeasonRow } from '../../rules/season/season-row.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'
import { readSeatItem } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys } from '../table/table.ts'

// Who has objects of a season: rows of its events, as many as are needed to know. Nearly always that is one for each object, the first
// of those that the season's row names, whatever their number: so they are read in turns.

/** Rows that are read before the next are asked for. */
const ROWS_AT_ONCE = 2_000

/** An object of an event of a season. */
export interface TakenIn {
  readonly event: RosterEvent
  readonly label: string
}

/** What became of looking for who has objects. */
export interface Takers {
  /** Rows by name. */
  readonly rows: ReadonlyMap<string, SeatRow>
  /** Names of those that were looked for, and of those that need not be. */
  readonly looked: ReadonlySet<string>
}

/**
 * Reads who has objects of a season or of a part of one, in events that are not past, in order of creation: of each object until a row
 * is enough to know that it is taken.
 */
export async function readTakers(
  port: Port,
  wanted: readonly TakenIn[],
  isEnough: (row: SeatRow) => boolean,
): Promise<Takers> {
  const rows = new Map<string, SeatRow>()
  let left = [...byLabel(wanted).values()]
  while (left.length > 0) {
    const turn = left.flatMap(([first]) => first ?? [])
    for (const [name, row] of await readRows(port, turn)) rows.set(name, row)
    left = left
      .filter(([first]) => {
        const row = first && rows.get(nameOf(first))
        return row === undefined || !isEnough(row)
      })
      .map((queue) => queue.slice(1))
      .filter(({ length }) => length > 0)
  }
  return { rows, looked: new Set(wanted.map(nameOf)) }
}

function byLabel(wanted: readonly TakenIn[]): Map<string, TakenIn[]> {
  const queues = new Map<string, TakenIn[]>()
  for (const object of wanted) {
    const queue = queues.get(object.label)
    if (queue === undefined) queues.set(object.label, [object])
    else queue.push(object)
  }
  return queues
}

/** Where labels are stored as taken that count for a season or a part of one: in events of it that are not past, in order of creation. */
export function takenIn(
  { events, partials }: Roster,
  { event, rows }: { event: Pick<EventHead, 'eventId'>; rows: ReadonlyMap<string, SeasonRow> },
): TakenIn[] {
  const part = partials.find(({ eventId }) => eventId === event.eventId)
  const numbers = part && new Set(part.events)
  const counting = new Map(
    events
      .filter(({ number, isInThePast }) => isInThePast !== true && (numbers?.has(number) ?? true))
      .map((each) => [each.number, each]),
  )
  return [...rows].flatMap(([label, { taken }]) =>
    taken.flatMap((number) => {
      const found = counting.get(number)
      return found === undefined ? [] : [{ event: found, label }]
    }),
  )
}

/** By name, after the locks on them have been ended where they can be. */
async function readRows(port: Port, wanted: readonly TakenIn[]): Promise<Map<string, SeatRow>> {
  const rows = new Map<string, SeatRow>()
  for (let from = 0; from < wanted.length; from += ROWS_AT_ONCE) {
    const named = wanted.slice(from, from + ROWS_AT_ONCE).map((object) => {
      return { name: nameOf(object), key: keys.seat(object.event, object.label) }
    })
    const items = await batchGet(
      port,
      named.map(({ key }) => key),
    )
    const found = readEach(await unlocked(port, named, items), readSeatItem)
    for (const [name, row] of found) rows.set(name, row)
  }
  return rows
}
