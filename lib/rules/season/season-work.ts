import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { nameOf, type RowCheck, type RowWrite } from '../rows.ts'
import { atRest, type EventRef, type SeatRow } from '../seat.ts'
import {
  partialOf,
  seasonOfPart,
  wholeOf,
  type PoolCounts,
  type SeasonRow,
  type SeasonSeen,
} from './season-row.ts'

// Seasons as a decision changes them. To the rules an object of a season, or of a partial season, is an object like any other; where
// it is stored, all of a label's are one row, which says besides in which events somebody has it. So:
//
// 1. Whoever writes an object of a part has it noted here. Whoever makes an object of an event other than free, or free again, as
//    it is stored, has that noted too; all other changes of events leave the season alone.
// 2. In the end each label whose parts or events changed is one write, under the version that was read. What must stay as it was in a
//    part is one check of that row, unless it is written.
//
// So a sale in a season and one in an event of it always meet in one guarded row: this one, or the event's, which the season writes
// where a hold has ended there.

/** A season's row as it has become so far. */
interface OpenSeason {
  readonly season: SeasonSeen['season']
  readonly label: string
  readonly read: SeasonRow | undefined
  readonly parts: SeasonRow['parts']
  readonly taken: readonly number[]
  readonly places: SeasonRow['places']
}

/** Rows of seasons, by season and label. */
export interface SeasonWork {
  readonly now: Instant
  readonly operationIds: { readonly change: string }
  readonly seats: ReadonlyMap<string, RowWrite<'seat'>>
  readonly seasons: Map<string, OpenSeason>
  /** Rows that tell of objects which must stay as they are. */
  readonly seasonChecks: Map<string, RowCheck<'season'>>
}

/** The season as the steps before have left it. */
export function seasonNow(work: SeasonWork, seen: SeasonSeen): SeasonSeen {
  const { season } = seen
  return {
    ...seen,
    seasonRow: (label) => {
      const [read, open] = [
        seen.seasonRow(label),
        work.seasons.get(nameOf({ event: season, label })),
      ]
      return open === undefined ? read : rowAfter(work, open)
    },
    eventRow: (event, label) =>
      work.seats.get(nameOf({ event, label }))?.after ?? seen.eventRow(event, label),
  }
}

/** An object that is written: how it was stored, and how it is from now on. */
interface Written {
  readonly event: EventRef
  readonly label: string
  readonly before: SeatRow | undefined
  readonly after: SeatRow
}

/** Notes in the season what a write of an object of it, or of one of its events, means there. */
export function noteInSeason(work: SeasonWork, seen: SeasonSeen, written: Written): void {
  const { event, label, before, after } = written
  const [name, open] = opened(work, seen, label)
  if (seasonOfPart(event) !== undefined) {
    work.seasons.set(name, { ...open, parts: { ...open.parts, [event.eventId]: after } })
    return
  }
  if (event.season?.role !== 'event' || isTakenAs(before) === isTakenAs(after)) return
  const { number } = event.season
  const others = open.taken.filter((it) => it !== number)
  const taken = isTakenAs(after) ? [...others, number].sort((a, b) => a - b) : others
  work.seasons.set(name, { ...open, taken })
}

function opened(work: SeasonWork, seen: SeasonSeen, label: string): readonly [string, OpenSeason] {
  const name = nameOf({ event: seen.season, label })
  const known = work.seasons.get(name)
  if (known !== undefined) return [name, known]
  const read = seen.seasonRow(label)
  const { parts = {}, taken = [], places } = read ?? {}
  return [name, { season: seen.season, label, read, parts, taken, places }]
}

/** Notes in the season how many places of an area are stored as taken from now on: in it, in a partial season or in an event of it. */
export function notePlaces(
  work: SeasonWork,
  seen: SeasonSeen,
  { event, label, counts }: { event: EventRef; label: string; counts: PoolCounts },
): void {
  const [name, open] = opened(work, seen, label)
  const others = Object.entries(open.places ?? {}).filter(([whose]) => whose !== ownerOf(event))
  const own = Object.keys(counts).length === 0 ? [] : [[ownerOf(event), counts] as const]
  const all = [...others, ...own].sort(([a], [b]) => (a < b ? -1 : 1))
  work.seasons.set(name, {
    ...open,
    places: all.length === 0 ? undefined : Object.fromEntries(all),
  })
}

/** Whose places they are, as a season's row names it. */
export function ownerOf({ eventId, season }: EventRef): string {
  return season?.role === 'event' ? String(season.number) : eventId
}

/** Whether an object counts as taken in an event for its season: as anything that is stored but free. */
function isTakenAs(row: SeatRow | undefined): boolean {
  return row !== undefined && row.state.status !== 'free'
}

/** Has the season's row checked that tells of an object of a part. */
export function checkInSeason(work: SeasonWork, seen: SeasonSeen, label: string): void {
  const guard = { version: seen.seasonRow(label)?.version }
  const check = checkOf({ event: seen.season, label, guard })
  work.seasonChecks.set(nameOf(check), check)
}

function checkOf({
  event,
  label,
  guard: { version },
}: Pick<RowCheck<'season'>, 'event' | 'label' | 'guard'>): RowCheck<'season'> {
  return { kind: 'season', event, label, guard: { version } }
}

/** What becomes of what was noted: objects of parts are in their season's rows, and those checks are left that no write makes good. */
export function folded(work: SeasonWork): {
  readonly seats: RowWrite<'seat'>[]
  readonly seasons: RowWrite<'season'>[]
  readonly checks: RowCheck<'season'>[]
} {
  const written = [...work.seats.values()]
  const seasons: RowWrite<'season'>[] = []
  const checks = new Map(work.seasonChecks)
  for (const [name, open] of work.seasons) {
    const write = toWrite(work, open)
    if (isChanged(open)) {
      seasons.push(write)
      checks.delete(name)
    } else checks.set(name, checkOf(write))
  }
  return {
    seats: written.filter(({ event }) => seasonOfPart(event) === undefined),
    seasons,
    checks: [...checks.values()],
  }
}

/**
 * One step may take back what another has noted of an event. And of rows that were not read at the same moment one may say already
 * what the other makes of it: then it is out of date, which a check finds out.
 */
function isChanged({ read, parts, taken, places }: OpenSeason): boolean {
  const isNoted = Object.entries(parts).some(([partId, part]) => part !== read?.parts[partId])
  const isPlaced = JSON.stringify(places ?? {}) !== JSON.stringify(read?.places ?? {})
  return isNoted || isPlaced || taken.join() !== (read?.taken ?? []).join()
}

function toWrite(work: SeasonWork, open: OpenSeason): RowWrite<'season'> {
  const { season, label, read } = open
  const ends = Object.keys(open.parts).flatMap((eventId) => {
    const { hold } = work.seats.get(nameOf({ event: { eventId, shards: 0 }, label }))?.guard ?? {}
    return hold?.until ?? []
  })
  const until = Math.min(...ends) as Instant
  const hold = ends.length === 0 ? undefined : { after: work.now, until }
  const guard = { version: read?.version, ...defined({ hold }) }
  return { kind: 'season', event: season, label, guard, before: read, after: rowAfter(work, open) }
}

function rowAfter(
  { now, operationIds }: Pick<SeasonWork, 'now' | 'operationIds'>,
  { read, parts, taken, places }: OpenSeason,
): SeasonRow {
  const version = (read?.version ?? 0) + 1
  const common = { version, changedAt: now, operationId: operationIds.change }
  return { ...common, parts, taken, ...defined({ places }) }
}

/** All objects that are written: those of seasons are in the rows of these. */
export function objectWrites(rows: readonly RowWrite[]): ObjectWrite[] {
  return rows.flatMap((row): ObjectWrite[] => {
    if (row.kind === 'seat') return [{ ...row, of: row }]
    return row.kind === 'season' ? partWrites(row) : []
  })
}

/** An object that is written, and in which row. */
export interface ObjectWrite extends Pick<
  RowWrite<'seat'>,
  'event' | 'label' | 'before' | 'after'
> {
  readonly of: RowWrite
}

function partWrites(of: RowWrite<'season'>): ObjectWrite[] {
  const { event: season, label, before, after } = of
  return Object.entries(after.parts).flatMap(([partId, part]) => {
    const former = before?.parts[partId]
    if (former?.version === part.version) return []
    const event = partId === season.eventId ? wholeOf(season) : partialOf(season, partId)
    return [{ event, label, before: atRest(former, after.changedAt), after: part, of }]
  })
}
