import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { PlacesTaken, SeasonRow } from '../../rules/season/season-row.ts'
import type { SeatRow } from '../../rules/seat.ts'
import { readSeatItem, seatItem, type Item, type SeatItem } from './items.ts'

/** Attributes of a season's row; short, because every row pays for them. */
interface SeasonItem {
  v: number
  at: number
  op: string
  /** Seasons and partial seasons by event id, as objects; those that the last write changed have its time and do not repeat it. */
  p: Record<string, PartItem>
  /** Numbers of events. */
  tk?: readonly number[]
  /** Places of an area by pool, by whose they are. */
  a?: PlacesTaken
  /** The last end of a hold, as guards ask for it. */
  x?: number
}

type PartItem = Omit<SeatItem, 'at'> & { at?: number }

/** Writes the attributes of a season's row. */
export function seasonItem({
  version,
  changedAt,
  operationId,
  parts,
  taken,
  places,
}: SeasonRow): SeasonItem {
  const ends = Object.values(parts).flatMap(({ state }) => {
    return state.status === 'held' ? [state.heldUntil] : []
  })
  return {
    v: version,
    at: changedAt,
    op: operationId,
    p: Object.fromEntries(
      Object.entries(parts).map(([partId, part]) => [partId, partItem(part, changedAt)]),
    ),
    ...(taken.length === 0 ? {} : { tk: taken }),
    ...defined({ a: places }),
    ...(ends.length === 0 ? {} : { x: Math.max(...ends) }),
  }
}

/** A large commit moves the time of a row to that of its decision: what it changes must move along. */
function partItem(part: SeatRow, changedAt: Instant): PartItem {
  const { at, ...rest } = seatItem(part)
  return part.changedAt === changedAt ? rest : { ...rest, at }
}

/** Reads a season's row; one without a version has no state yet and reads as never touched. */
export function readSeasonItem(item: Item | undefined): SeasonRow | undefined {
  if (item?.['v'] === undefined) return undefined
  const { v, at, op, p, tk = [], a } = item as unknown as SeasonItem
  const parts = Object.entries(p).flatMap(([partId, part]) => {
    const row = readSeatItem({ at, ...part })
    return row === undefined ? [] : [[partId, row] as const]
  })
  return {
    version: v,
    changedAt: at as Instant,
    operationId: op,
    parts: Object.fromEntries(parts),
    taken: tk,
    ...defined({ places: a }),
  }
}
