import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Pool, PoolPlaces } from '../../venue/pools.ts'
import { mergeExtraData } from '../extra-data.ts'
import { isStatusChange, type Change } from '../machine.ts'
import type { ExtraDataText, SeatNotes, StatusWord } from '../seat.ts'
import {
  bookedIn,
  HOLDS_BYTES_MAX,
  HOLDS_MAX,
  HOLDS_WANTED_MAX,
  isLiveHold,
  roomIn,
  sum,
  type BlockHold,
  type BlockPool,
  type BlockState,
} from './block.ts'
import { mergeHolds } from './plan.ts'

// What a change makes of places of a block.

/** What a place may be for a caller: free, held by the token that is named, or booked, which all custom statuses count as. */
export type Place = 'free' | 'mine' | 'booked'

/** Of which places a change makes which others; of `mine` it may make what it was, until another moment. */
export interface Move {
  readonly from: Place
  readonly to: Place
}

const move = (from: Place, to: Place): Move => ({ from, to })

const take = { plain: move('free', 'booked'), named: move('mine', 'booked') }
const letGo = { plain: move('booked', 'free'), named: move('mine', 'free') }

/**
 * What each kind of change moves: where it names no token, and where it names one. Whose a held place is only its token can say, so
 * what names none leaves held places alone. What becomes free by a resale is free as any other place.
 */
export const moves = {
  hold: { plain: move('free', 'mine'), named: move('free', 'mine') },
  'set-held': { plain: move('free', 'mine'), named: move('free', 'mine') },
  extend: { plain: move('mine', 'mine'), named: move('mine', 'mine') },
  'book-held': { plain: take.named, named: take.named },
  release: { plain: letGo.plain, named: letGo.plain },
  'release-held': { plain: letGo.named, named: letGo.named },
  expire: { plain: letGo.named, named: letGo.named },
  'set-booked': take,
  'set-custom': take,
  'set-free': letGo,
  'set-back': letGo,
  'set-resale': letGo,
  annotate: undefined,
  'override-season': undefined,
  'use-season': undefined,
} as const satisfies Record<Change['kind'], { plain: Move; named: Move } | undefined>

/** What the change moves; undefined where it moves nothing. */
export function moveOf(change: Change): Move | undefined {
  const isNamed = 'holdToken' in change
  return moves[change.kind]?.[isNamed ? 'named' : 'plain']
}

/** The status of places before a move, in one word. */
export function wordBefore({ from }: Move): StatusWord {
  return from === 'mine' ? 'held' : from
}

/** The status of places after it. */
export function wordAfter({ to }: Move, change: Change): StatusWord {
  if (change.kind === 'set-custom') return `=${change.status}`
  return to === 'mine' ? 'held' : to
}

/** Whose places are meant: those of a pool or of all, and of a token those of one ticket type or of all. */
export interface Meant {
  readonly now: Instant
  readonly holdToken?: string | undefined
  readonly ticketType?: string | undefined
}

/** Places of a block's pool that a move may begin with. */
export function movable(
  block: BlockState,
  { from }: Pick<Move, 'from'>,
  { pool, ...meant }: Meant & { readonly pool: Pool },
): number {
  switch (from) {
    case 'free':
      return roomIn(block, meant.now, pool)
    case 'booked':
      return bookedIn(block, pool)
    case 'mine':
      return sum(block.holds.filter((hold) => isMeant(hold, meant) && hold.pool === pool))
  }
}

function isMeant(hold: BlockHold, { now, holdToken, ticketType }: Meant): boolean {
  const isOfType = ticketType === undefined || hold.ticketType === ticketType
  return hold.holdToken === holdToken && isOfType && isLiveHold(hold, now)
}

/** Some places of a block that are to be moved. */
export interface Moving {
  readonly move: Move
  readonly change: Change
  /** How many of each pool; no more than are `movable`. */
  readonly takes: readonly PoolPlaces[]
  readonly given?: Pick<SeatNotes, 'ticketType' | 'extraData'> | undefined
  readonly now: Instant
}

/** The block after a move, and the first end of the holds that the move relies on. */
export interface Moved {
  readonly block: BlockState
  readonly reliesUntil?: Instant
}

/** Moves places of a block. */
export function applyMove(block: BlockState, moving: Moving): Moved {
  const {
    move: { from, to },
    change,
    given = {},
    now,
  } = moving
  const holdToken = 'holdToken' in change ? change.holdToken : undefined
  const ticketType = change.kind === 'set-held' ? undefined : given.ticketType
  const { holds, taken } =
    from === 'mine'
      ? takeHolds(block.holds, { ...moving, holdToken, ticketType, now })
      : { holds: block.holds, taken: [] }
  const gained = to === 'mine' ? holdsMade(moving, taken) : []
  const pools = poolsAfter(block, moving)
  const moved = {
    ...block,
    pools,
    holds: gained.length === 0 ? holds : mergeHolds([...holds, ...gained]),
  }
  const ends = taken.map(({ until }) => until)
  const reliesUntil = ends.length === 0 ? undefined : (Math.min(...ends) as Instant)
  return { block: withData(moved, moving), ...defined({ reliesUntil }) }
}

/** A pool that has lost all its places may have holds still. */
function poolsAfter({ pools }: BlockState, { move: { from, to }, takes }: Moving): BlockPool[] {
  const known = new Set(pools.map(({ pool }) => pool))
  const others = takes.flatMap(({ pool }): BlockPool[] => {
    return known.has(pool) ? [] : [{ pool, places: 0, booked: 0 }]
  })
  return [...pools, ...others].map((pool) => {
    const places = takes.find((it) => it.pool === pool.pool)?.places ?? 0
    const gained = (to === 'booked' ? places : 0) - (from === 'booked' ? places : 0)
    return gained === 0 ? pool : { ...pool, booked: pool.booked + gained }
  })
}

/** Takes places out of the token's holds, those that end first before the others. */
function takeHolds(
  holds: readonly BlockHold[],
  { takes, ...meant }: Meant & Pick<Moving, 'takes'>,
): { holds: BlockHold[]; taken: BlockHold[] } {
  const owed = new Map(takes.map(({ pool, places }) => [pool, places]))
  const kept: BlockHold[] = []
  const taken: BlockHold[] = []
  for (const hold of holds.toSorted((a, b) => a.until - b.until)) {
    const places = isMeant(hold, meant) ? Math.min(hold.places, owed.get(hold.pool) ?? 0) : 0
    owed.set(hold.pool, (owed.get(hold.pool) ?? 0) - places)
    if (places > 0) taken.push({ ...hold, places })
    if (places < hold.places) kept.push({ ...hold, places: hold.places - places })
  }
  return { holds: kept, taken }
}

/** What a token comes to hold: other places, or those that it held until another moment. */
function holdsMade(
  { move: { from }, change, takes, given }: Moving,
  taken: readonly BlockHold[],
): BlockHold[] {
  if (!('until' in change)) return []
  const { holdToken, until } = change
  if (from === 'mine') return taken.map((hold) => ({ ...hold, until }))
  return takes
    .filter(({ places }) => places > 0)
    .map(({ pool, places }) => {
      return { holdToken, ...defined({ ticketType: given?.ticketType }), pool, places, until }
    })
}

/** The area has one value: what a change sets or takes away, in whichever block, counts until the next that does either. */
export function withData(
  block: BlockState,
  { change, given, now }: Pick<Moving, 'change' | 'given' | 'now'>,
): BlockState {
  const data = dataAfter(block, change, given?.extraData)
  if (data === 'kept') return block
  const { extraData, ...rest } = block
  return { ...rest, ...defined({ extraData: data }), extraDataAt: now }
}

function dataAfter(
  block: BlockState,
  change: Change,
  given: ExtraDataText | undefined,
): ExtraDataText | undefined | 'kept' {
  if (isStatusChange(change)) {
    return given === undefined && change.keepExtraData === true ? 'kept' : given
  }
  if (change.kind === 'annotate') return given
  if (change.kind !== 'hold' && change.kind !== 'book-held') return 'kept'
  const { extraData } = change
  if (extraData === undefined) return 'kept'
  return change.kind === 'hold' ? extraData : mergeExtraData(block.extraData, extraData)
}

/** Places of a block that a token holds, of whatever pool and type. */
export function heldBy(block: BlockState, holdToken: string, now: Instant): number {
  return sum(block.holds.filter((hold) => isMeant(hold, { now, holdToken })))
}

/** Whether the block has so many live holds that it had better take no further token, or that it takes none. */
export function crowdOf({ holds }: BlockState, now: Instant): 'some' | 'many' | 'full' {
  const live = holds.filter((hold) => isLiveHold(hold, now))
  if (live.length < HOLDS_WANTED_MAX) return 'some'
  const isFull = live.length >= HOLDS_MAX || bytesOf(live) > HOLDS_BYTES_MAX
  return isFull ? 'full' : 'many'
}

function bytesOf(live: readonly BlockHold[]): number {
  return new TextEncoder().encode(JSON.stringify(live)).length
}
