import type { Instant } from '../../clock.ts'
import type { Pool } from '../../venue/pools.ts'
import { isLive, type ExtraDataText, type Mark, type StatusWord } from '../seat.ts'

// The places of an area that sells them one by one have no names. They lie in blocks, each with a row of its own: how many places
// it has in each pool, how many of them are booked, and who holds some until when. No block knows of another.

/** Some places of a block, as one token holds them. */
export interface BlockHold {
  readonly holdToken: string
  readonly ticketType?: string
  readonly pool: Pool
  readonly places: number
  readonly until: Instant
}

/** What a block has in a pool. */
export interface BlockPool {
  readonly pool: Pool
  /** By the plan; fewer than are taken only where the plan is over. */
  readonly places: number
  readonly booked: number
}

/** What a block is. */
export interface BlockState {
  /** Number of the plan that its places are of. */
  readonly plan: number
  /** Those that anybody may sell from, and that have places or booked ones. */
  readonly pools: readonly BlockPool[]
  /** Lapsed ones too, until the block is written. */
  readonly holds: readonly BlockHold[]
  readonly extraData?: ExtraDataText
  /** Of an event in a season: how many places of seasons, by event id, it sells itself. */
  readonly overridden?: Readonly<Record<string, number>>
  /** When the extra data were set or taken away: those of the area are what was set last in any of its blocks. */
  readonly extraDataAt?: Instant
}

/** The stored row of a block: each change raises `version` by one, and so does each token that lapsed and each planning. */
export interface BlockRow extends BlockState {
  readonly version: number
  readonly changedAt: Instant
  readonly operationId: string
  /** The last change of its places: what is told of it is made of this. None where it was only planned. */
  readonly last?: BlockChange
}

/** What one change made of places of a block. */
export interface BlockChange {
  /** That the block had by it. */
  readonly version: number
  readonly at: Instant
  readonly places: number
  readonly from: StatusWord
  readonly to: StatusWord
  readonly mark?: Mark
  /** Of the request, or of the hold that ended. */
  readonly holdToken?: string
  /** Where places are held now: until when. */
  readonly heldUntil?: Instant
  readonly orderId?: string
  readonly ticketType?: string
}

/** Live holds that a block has before other blocks are asked for more: each is paid for with every write of its row. */
export const HOLDS_WANTED_MAX = 100

/** Live holds that a block has at most. */
export const HOLDS_MAX = 400

/** Bytes of a block's live holds from which on it takes no more: its item has room for them twice, as a lock needs, and for one more. */
export const HOLDS_BYTES_MAX = 150 * 1024

/** A block without a row: it was never touched since the event began. */
export function untouchedBlock(capacity: number, { blocks, block }: BlockPlace): BlockState {
  const places = evenShare(capacity, { blocks, block })
  return { plan: 0, pools: [{ pool: 'no-channel', places, booked: 0 }], holds: [] }
}

/** One of so many blocks. */
interface BlockPlace {
  readonly blocks: number
  readonly block: number
}

/** What one block has of places that are spread over all of them, as evenly as whole numbers allow. */
export function evenShare(places: number, { blocks, block }: BlockPlace): number {
  return Math.floor(places / blocks) + (block < places % blocks ? 1 : 0)
}

/** Places of the block that are held at that moment, in one pool or in all. */
export function heldIn({ holds }: BlockState, now: Instant, pool?: Pool): number {
  return sum(holds.filter((hold) => isLiveHold(hold, now) && (pool ?? hold.pool) === hold.pool))
}

/** Places of the block that are booked, in one pool or in all. */
export function bookedIn({ pools }: BlockState, pool?: Pool): number {
  return pools.reduce((all, it) => all + ((pool ?? it.pool) === it.pool ? it.booked : 0), 0)
}

/** Places of a pool that may be taken from the block at that moment: what has lapsed is room. */
export function roomIn(block: BlockState, now: Instant, pool: Pool): number {
  const places = block.pools.find((it) => it.pool === pool)?.places ?? 0
  return Math.max(0, places - bookedIn(block, pool) - heldIn(block, now, pool))
}

/** Whether a hold of places still stands: it ends at the millisecond of its deadline. */
export function isLiveHold({ until }: BlockHold, now: Instant): boolean {
  return isLive({ heldUntil: until }, now)
}

/** Places of holds. */
export function sum(holds: readonly Pick<BlockHold, 'places'>[]): number {
  return holds.reduce((all, { places }) => all + places, 0)
}

/** The holds of a token that ended together. */
export interface Lapse {
  readonly holdToken: string
  readonly places: number
}

/** What of these holds is over at that moment, each token once, in the order in which they are told. */
export function lapsesOf(holds: readonly BlockHold[], now: Instant): Lapse[] {
  const over = holds.filter((hold) => !isLiveHold(hold, now))
  const first = new Map<string, Instant>()
  for (const { holdToken, until } of over.toSorted((a, b) => a.until - b.until)) {
    if (!first.has(holdToken)) first.set(holdToken, until)
  }
  return [...first]
    .sort(([a, endA], [b, endB]) => endA - endB || (a < b ? -1 : 1))
    .map(([holdToken]) => ({
      holdToken,
      places: sum(over.filter((hold) => hold.holdToken === holdToken)),
    }))
}

/** The block without what has lapsed by then. */
export function blockAtRest<Block extends BlockState>(block: Block, now: Instant): Block {
  const holds = block.holds.filter((hold) => isLiveHold(hold, now))
  return holds.length === block.holds.length ? block : { ...block, holds }
}
