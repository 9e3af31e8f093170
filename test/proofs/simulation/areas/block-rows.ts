import type { Fields } from '../judge/timeline.ts'
import type { AreaCommit } from './reading.ts'

// Rows of areas as they are stored.

type Pool = readonly [pool: string, places: number, booked: number]
/** Places that a token holds of a pool until some moment. */
export type Hold = readonly [
  token: string,
  pool: string,
  places: number,
  until: number,
  ticketType?: string,
]

/** What a block has in each pool. */
export const poolsOf = (block: Fields | undefined): Pool[] => (block?.['q'] ?? []) as Pool[]
/** What is held of it. */
export const holdsOf = (block: Fields | undefined): Hold[] => (block?.['h'] ?? []) as Hold[]

/** An area as it is after a commit. */
export interface AreaState {
  readonly plan: Fields | undefined
  readonly blocks: ReadonlyMap<number, Fields>
}

/** Areas by event and label, after each of their commits. */
export function statesOf(commits: readonly AreaCommit[]): AreaState[] {
  let plan: Fields | undefined
  const blocks = new Map<number, Fields>()
  return commits.map(({ changes }) => {
    for (const { block, after } of changes) {
      if (block === undefined) plan = after
      else blocks.set(block, after)
    }
    return { plan, blocks: new Map(blocks) }
  })
}

/** What is taken of each pool by what the rows say, held or booked. */
export function takenIn(blocks: Iterable<Fields>, now: number): Map<string, number> {
  const taken = new Map<string, number>()
  const add = (pool: string, places: number) => taken.set(pool, (taken.get(pool) ?? 0) + places)
  for (const block of blocks) {
    for (const [pool, , booked] of poolsOf(block)) add(pool, booked)
    for (const [, pool, places, until] of holdsOf(block)) if (until > now) add(pool, places)
  }
  return taken
}

/** Places of holds, in one pool or in all. */
export function placesIn(holds: readonly Hold[], pool?: string): number {
  return holds.reduce((sum, [, of, places]) => sum + ((pool ?? of) === of ? places : 0), 0)
}

/** Booked places of a block, in one pool or in all. */
export function bookedIn(block: Fields | undefined, pool?: string): number {
  return poolsOf(block).reduce((sum, [of, , booked]) => sum + ((pool ?? of) === of ? booked : 0), 0)
}
