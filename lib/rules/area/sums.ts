import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { ExtraDataText, StatusWord } from '../seat.ts'
import type { Pool } from '../../venue/pools.ts'
import { bookedIn, heldIn, isLiveHold, type BlockState } from './block.ts'
import type { BlockRow } from './block.ts'

// An area as a whole: what its blocks add up to.

/** Places that one token holds under one ticket type until one moment. */
export interface AreaHold {
  readonly holdToken: string
  readonly ticketType?: string
  readonly places: number
  readonly until: Instant
}

/** Rows of blocks by the label of their area. */
export function rowsByArea(
  blocks: readonly { readonly label: string; readonly row: BlockRow }[],
): Map<string, BlockRow[]> {
  const byLabel = new Map<string, BlockRow[]>()
  for (const { label, row } of blocks) {
    const rows = byLabel.get(label)
    if (rows === undefined) byLabel.set(label, [row])
    else rows.push(row)
  }
  return byLabel
}

/** What is taken in one pool. */
export interface PoolTaken {
  readonly booked: number
  readonly held: number
}

/** What is taken of an area at a moment. */
export interface AreaSums {
  readonly booked: number
  readonly held: number
  /** The same by the pool that it was taken in; those that nothing was taken in may be missing. */
  readonly pools: ReadonlyMap<Pool, PoolTaken>
  readonly holds: readonly AreaHold[]
  /** Of a season: places that are missing besides, since others have them in one of its events. */
  readonly elsewhere?: number
  /** Of an event in a season: places of seasons, by event id, that it sells itself. */
  readonly overridden?: Readonly<Record<string, number>>
  /** Of the last change. */
  readonly orderId?: string
  readonly extraData?: ExtraDataText
  /** The status that the last change gave places that are taken: the area's once it is full. */
  readonly lastTaken: StatusWord
}

/** Adds up the blocks of an area; those without a row have nothing taken. */
export function areaSums(rows: readonly BlockRow[], now: Instant): AreaSums {
  const changes = rows.toSorted(inTime).flatMap(({ last }) => last ?? [])
  const set = rows.filter((row) => row.extraDataAt !== undefined)
  const [latest] = set.toSorted((a, b) => (b.extraDataAt ?? 0) - (a.extraDataAt ?? 0))
  const taking = changes.findLast(({ to }) => to !== 'free')
  return {
    booked: rows.reduce((all, row) => all + bookedIn(row), 0),
    held: rows.reduce((all, row) => all + heldIn(row, now), 0),
    pools: takenByPool(rows, now),
    holds: holdsOf(rows, now),
    ...defined({ orderId: changes.at(-1)?.orderId, extraData: latest?.extraData }),
    lastTaken: taking?.to ?? 'booked',
  }
}

function takenByPool(rows: readonly BlockRow[], now: Instant): ReadonlyMap<Pool, PoolTaken> {
  const found = new Map<Pool, PoolTaken>()
  const add = (pool: Pool, { booked, held }: PoolTaken) => {
    const before = found.get(pool) ?? { booked: 0, held: 0 }
    found.set(pool, { booked: before.booked + booked, held: before.held + held })
  }
  for (const { pools, holds } of rows) {
    for (const { pool, booked } of pools) add(pool, { booked, held: 0 })
    for (const hold of holds) {
      if (isLiveHold(hold, now)) add(hold.pool, { booked: 0, held: hold.places })
    }
  }
  return found
}

/** Changes of one millisecond are in the order of their operations, as in the log. */
function inTime(a: BlockRow, b: BlockRow): number {
  const [at, then] = [a.last?.at ?? 0, b.last?.at ?? 0]
  return at - then || (a.operationId < b.operationId ? -1 : 1)
}

/** The status of an area: free while any place is, and then that of the change that took the last. */
export function areaWord(sums: AreaSums, capacity: number): StatusWord {
  const { booked, held, elsewhere = 0 } = sums
  return booked + held + elsewhere < capacity || capacity === 0 ? 'free' : sums.lastTaken
}

function holdsOf(blocks: readonly BlockState[], now: Instant): AreaHold[] {
  const found = new Map<string, AreaHold>()
  for (const hold of blocks.flatMap(({ holds }) => holds)) {
    if (!isLiveHold(hold, now)) continue
    const { holdToken, ticketType, until } = hold
    const name = JSON.stringify([holdToken, ticketType, until])
    const places = (found.get(name)?.places ?? 0) + hold.places
    found.set(name, { holdToken, ...defined({ ticketType }), places, until })
  }
  return [...found.values()]
}
