import type { Pool, PoolPlaces, Quotas } from '../../venue/pools.ts'
import type { BlockState } from './block.ts'
import { crowdOf, movable, type Meant, type Move } from './moves.ts'

// Which blocks a request takes its places from: its own, if that has all of them, so that one row is read and written; else those
// that have most.

/** What a request wants moved. */
export interface Wanted extends Meant {
  readonly move: Move
  /** In the order in which it draws from them. */
  readonly pools: readonly Pool[]
  /** Undefined: all that there are. */
  readonly places: number | undefined
  /** Where it looks first. */
  readonly home: number
}

/** Places of one block. */
export interface Share {
  readonly block: number
  readonly takes: readonly PoolPlaces[]
}

/** What a request takes, or that there are not so many, or that other blocks must be read to tell. */
export type Split =
  | { readonly status: 'found'; readonly shares: readonly Share[] }
  | { readonly status: 'short'; readonly left: number }
  | { readonly status: 'unread' }

/** Blocks by their numbers, as far as they were read. */
export type Blocks = ReadonlyMap<number, BlockState>

/** Splits a request over all blocks of an area. Or over its own alone, and is answered only where that has enough. */
export function split(blocks: Blocks, wanted: Wanted, quotas: Quotas | 'all-read'): Split {
  if (quotas === 'all-read') return splitWhole(blocks, wanted)
  const { home, pools, places } = wanted
  const own = blocks.get(home)
  if (own === undefined || places === undefined) return { status: 'unread' }
  // From later pools it draws only what the earlier do not have in any block.
  const has = new Set(quotas.pools.flatMap((it) => (it.places > 0 ? it.pool : [])))
  const among = wanted.move.from === 'mine' ? pools : pools.filter((it) => has.has(it)).slice(0, 1)
  const offered = new Map([[home, own]])
  const takes = among.flatMap((pool) => amounts(offered, wanted, pool))
  const offers = takes.reduce((all, it) => all + it.places, 0)
  return offers < places ? { status: 'unread' } : splitWhole(offered, { ...wanted, pools: among })
}

function splitWhole(blocks: Blocks, wanted: Wanted): Split {
  const found = new Map<number, PoolPlaces[]>()
  let owed = wanted.places ?? Infinity
  let taken = 0
  for (const pool of wanted.pools) {
    for (const { block, places } of inOrder(amounts(blocks, wanted, pool), {
      ...wanted,
      owed,
      found,
    })) {
      const some = Math.min(places, owed)
      if (some === 0) continue
      found.set(block, [...(found.get(block) ?? []), { pool, places: some }])
      owed -= some
      taken += some
    }
  }
  const isShort = wanted.places === undefined ? taken === 0 : owed > 0
  if (isShort) return { status: 'short', left: taken }
  const shares = [...found].map(([block, takes]) => ({ block, takes }))
  return { status: 'found', shares }
}

interface Amount {
  readonly block: number
  readonly places: number
  /** Has so many holds that others had better take the next. */
  readonly isCrowded: boolean
}

function amounts(blocks: Blocks, { move, ...meant }: Wanted, pool: Pool): Amount[] {
  const { now } = meant
  const makesHolds = move.from === 'free' && move.to === 'mine'
  return [...blocks].flatMap(([block, state]) => {
    const places = movable(state, move, { ...meant, pool })
    if (places === 0) return []
    const crowd = makesHolds ? crowdOf(state, now) : 'some'
    return crowd === 'full' ? [] : [{ block, places, isCrowded: crowd === 'many' }]
  })
}

/**
 * First the blocks that are written anyway, then one that has all, the next from the request's own on, so that requests of one moment do not all
 * take the same; else those with most.
 */
function inOrder(
  offered: readonly Amount[],
  { home, owed, found }: { home: number; owed: number; found: ReadonlyMap<number, unknown> },
): Amount[] {
  const distance = ({ block }: Amount) => (block >= home ? block - home : block + BEHIND)
  const rank = (amount: Amount) => {
    if (amount.isCrowded) return 3
    if (found.has(amount.block)) return 0
    return amount.places >= owed ? 1 : 2
  }
  return offered.toSorted((a, b) => {
    const ranks = rank(a) - rank(b)
    if (ranks !== 0) return ranks
    return rank(a) === 1
      ? distance(a) - distance(b)
      : b.places - a.places || distance(a) - distance(b)
  })
}

/** More than there are blocks. */
const BEHIND = 1_000
