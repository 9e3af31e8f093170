import type { Instant } from '../../clock.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { quotasOf, type Pool } from '../../venue/pools.ts'
import type { Terms } from '../../venue/terms.ts'
import type { Opening } from '../situations.ts'
import { endedBy, isTakenLetter, letters, type Hall } from '../snapshot/hall.ts'
import type { HallState } from './candidates.ts'
import { roomIn } from './room.ts'

// What is to be had of a hall by its snapshot. Of seats it tells who has them, and nothing of the terms: which channel they are in, and
// whether they are for sale, is asked of the terms as they are by now. Of areas it tells what was taken of each pool, in the order
// of the terms as they were: where these have other pools now, an area counts as empty until its rows are read.

/** What is to be had at that moment of a hall that was read a while ago. */
export function polledState(hall: Hall, terms: Terms, at: { now: Instant } & Opening): HallState {
  const { now, ...opening } = at
  const places = terms.inventory.hall.labels
  const live = hall.holds.slice(endedBy(hall, now))
  const held = new Uint8Array(hall.letters.length)
  for (const { index, ofPool } of live) if (ofPool === undefined) held[index] = 1
  const holds = live.filter(({ ofPool }) => ofPool !== undefined)
  return {
    terms,
    isFree(_, place) {
      const index = places[place] ?? 0
      const letter = hall.letters[index]
      return held[index] === 0 && letter !== letters.resale && !isTakenLetter(letter)
    },
    roomIn(area, place) {
      const index = places[place] ?? 0
      const taken = takenBy({ ...hall, holds }, { terms, area, index })
      return roomIn(terms, area, { ...opening, ...taken })
    },
  }
}

const NOTHING = { all: 0, ofPool: () => 0 }

/** What is taken of an area, by pools of which the snapshot knows only the order. */
function takenBy(
  { areas, holds }: Pick<Hall, 'areas' | 'holds'>,
  { terms, area, index }: { terms: Terms; area: ChartArea; index: number },
) {
  const known = areas.find((it) => it.index === index)
  if (known === undefined) return NOTHING
  const byPool = known.pools.map(({ booked }) => booked)
  for (const { index: of, ofPool } of holds) {
    if (of === index && ofPool !== undefined) {
      byPool[ofPool.pool] = (byPool[ofPool.pool] ?? 0) + ofPool.places
    }
  }
  const all = byPool.reduce((sum, places) => sum + places, 0)
  const sold = quotasOf(terms, area).pools.filter(({ pool }) => pool !== 'withheld')
  const names = sold.map(({ pool }) => pool)
  if (!area.bookAsAWhole && names.length !== byPool.length) return NOTHING
  return { all, ofPool: (pool: Pool) => byPool[names.indexOf(pool)] ?? 0 }
}
