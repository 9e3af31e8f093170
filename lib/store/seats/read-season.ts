import type { EventDetails, EventHead, Roster } from '../../records/records.ts'
import type { SeatRow } from '../../rules/seat.ts'
import { numbersIn, partsIn, refOf, type SeasonRow } from '../../rules/season/season-row.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'
import { readEventDetails, unknownDetailsKeys } from '../events/event-details.ts'
import type { Item } from '../table/items.ts'
import { readEventItem } from '../table/heads.ts'
import type { Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import { rowKinds } from '../table/row-kinds.ts'
import type { Store } from '../table/store.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import { isThere, type Head } from './find-events.ts'
import { remember, type Memory } from './memory.ts'
import { readOthersPlaces, type OthersPlaces } from './read-others-places.ts'
import { readTakers, takenIn } from './read-takers.ts'

// What is read besides where an event belongs to a season, or is one:
//
// 1. In the batch that reads the event: the head of the season, its text at first sight, and what its rows say of the labels that are
//    read. So much is read of it whatever the number of its events.
// 2. For a season itself, and for a part of one, rows of events: of those alone that have the label, as the season's row says.

/** What a request must know of a season. */
export interface SeasonRead extends OthersPlaces {
  /** Of the top-level season. */
  readonly head: EventHead
  readonly details: EventDetails
  readonly roster: Roster
  /** What was asked for, and what shares places with it. */
  readonly labels: readonly string[]
  /** By label; absent where no part of the season and no event of it was ever touched there. */
  readonly rows: ReadonlyMap<string, SeasonRow>
  /** Parts that rows tell of and that there are no more, by event id. */
  readonly ended: ReadonlySet<string>
  /** Rows of events that have labels of the season, by name. */
  readonly eventRows: ReadonlyMap<string, SeatRow>
  /** Names of those that were looked for, or need not be: an earlier one has the label. */
  readonly looked: ReadonlySet<string>
}

/** A season as its head and its text say, before any row. */
export type SeasonHead = Pick<SeasonRead, 'head' | 'details' | 'roster'>

const noRoster: Roster = { next: 0, events: [], partials: [] }

/** What of a season is read in the batch that reads one of its events, or it itself, besides rows. */
export function seasonKeys(store: Store, { event, season }: Head): Key[] {
  const head = headOf(event, season?.head)
  if (head === undefined) return []
  const text = unknownDetailsKeys(store, head)
  return season === undefined || season.isFresh ? text : [keys.eventById(head.eventId), ...text]
}

/** The season that an event belongs to or is. */
function headOf(event: EventHead, above: EventHead | undefined): EventHead | undefined {
  return event.season?.role === 'whole' ? event : above
}

/**
 * The season of an event as the batch shows it; `none` where it belongs to none, undefined where what was remembered of it no longer
 * holds, or it does not know the event yet, or not any more.
 */
export async function seasonOf(
  store: Store,
  { event, season }: Head,
  items: ReadonlyMap<string, Item>,
): Promise<SeasonHead | 'none' | undefined> {
  const known = headOf(event, season?.head)
  if (known === undefined) return 'none'
  const isRead = season !== undefined && !season.isFresh
  const item = isRead ? items.get(keyText(keys.eventById(known.eventId))) : undefined
  if (isRead && !isThere(item)) return undefined
  const head = item === undefined ? known : readEventItem(item)
  if (head.details?.textId !== known.details?.textId) return undefined
  const details = (await readEventDetails(store, [head], items)).get(head.eventId)
  if (details === undefined) return undefined
  const { roster = noRoster } = details
  return isKnownTo(roster, event) ? { head, details, roster } : undefined
}

function isKnownTo({ events, partials }: Roster, { eventId, season }: EventHead): boolean {
  if (season?.role === 'event') return events.some((event) => event.eventId === eventId)
  return season?.role !== 'part' || partials.some((partial) => partial.eventId === eventId)
}

/** The keys of an object's rows: its own, unless the event is a season or a part of one, and its season's. */
export function objectKeys(event: EventHead, season: EventHead | undefined, label: string): Key[] {
  const own = hasRows(event) ? [keys.seat(event, label)] : []
  const head = headOf(event, season)
  return head === undefined ? own : [...own, seasonKey(head, label)]
}

/** Whether what an event says of its objects is in rows of its own. */
export function hasRows({ season }: Pick<EventHead, 'season'>): boolean {
  return season === undefined || season.role === 'event'
}

function seasonKey(season: EventHead, label: string): Key {
  return rowKinds.season.key({ event: refOf(season), label }, season.workspaceId)
}

/**
 * Reads what a season says of labels, out of what a batch has brought; of a season itself also the rows that it leads to. Undefined
 * where a row knows of an event or a part that the roster does not have yet.
 */
export async function readSeason(
  port: Port,
  memory: Memory,
  { season, event, labels, areas, items, isAlone }: SeasonPart,
): Promise<SeasonRead | undefined> {
  const named = labels.map((label) => ({ name: label, key: seasonKey(season.head, label) }))
  const rows = readEach(await unlocked(port, named, items), rowKinds.season.read)
  const ended = await endedIn(port, memory, { season, rows: [...rows.values()] })
  if (ended === undefined) return undefined
  const read = { ...season, labels, rows, ended }
  const others = await readOthersPlaces(port, read, { event, labels: areas })
  if (hasRows(event)) return { ...read, ...others, eventRows: new Map(), looked: new Set() }
  const { next } = season.roster
  if ([...rows.values()].some((row) => numbersIn(row).some((number) => number >= next))) {
    return undefined
  }
  const wanted = takenIn(season.roster, { event, rows })
  const takers = await readTakers(port, wanted, isAlone ? isFirmlyTaken : () => false)
  return { ...read, ...others, eventRows: takers.rows, looked: takers.looked }
}

interface SeasonPart {
  readonly season: SeasonHead
  readonly event: EventHead
  readonly labels: readonly string[]
  /** Areas of which is to be known what others have. */
  readonly areas: readonly string[]
  readonly items: ReadonlyMap<string, Item>
  /** Nothing else that the request names is of that season. */
  readonly isAlone: boolean
}

/**
 * A hold may end while the request is under way, and be in nobody's way any more. Anything else stays, as far as the request knows:
 * where it did not, others in whose way it was are found when they are written.
 */
function isFirmlyTaken({ state: { status } }: SeatRow): boolean {
  return status !== 'free' && status !== 'held'
}

/**
 * Parts that rows know and the roster does not: of partial seasons that were deleted, or were created after the roster was read. Where
 * the roster is still the current one after the rows were read it is the former, and will be. Undefined where it is not.
 */
export async function endedIn(
  port: Port,
  { ended }: Memory,
  {
    season: { head, roster },
    rows,
  }: { season: Pick<SeasonHead, 'head' | 'roster'>; rows: readonly SeasonRow[] },
): Promise<ReadonlySet<string> | undefined> {
  const known = new Set([head.eventId, ...roster.partials.map(({ eventId }) => eventId)])
  const parts = rows.flatMap(partsIn)
  const unknown = [...new Set(parts)].filter((part) => !known.has(part))
  const nameFor = (part: string) => `${head.details?.textId ?? ''}\n${part}`
  if (unknown.some((part) => !ended.has(nameFor(part)))) {
    const item = await getItem(port, keys.eventById(head.eventId))
    if (!isThere(item)) return undefined
    if (readEventItem(item).details?.textId !== head.details?.textId) return undefined
  }
  for (const part of unknown) remember(ended, nameFor(part), true)
  return new Set(unknown)
}
