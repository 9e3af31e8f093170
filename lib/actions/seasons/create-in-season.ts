import type { EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import * as stored from '../../store/events/create-events.ts'
import type { SeasonNow } from '../../store/events/seasons.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { readSeason } from './read-season.ts'

// Something comes into a season that there is, events or a partial season:
//
// 1. Read the season, and the text that it names.
// 2. Decide what is to be in it, and what the season says then.
// 3. One commit, whatever its size: everything that is new, and the season under the version that was read. So whoever reads the
//    season knows all events that there are, and a process that dies leaves all of it or nothing.
// 4. Whoever lost a race begins anew, five rounds at most.

/** What is to be in a season. */
export interface Added<Result> {
  readonly heads: readonly EventHead[]
  /** The season's from now on. */
  readonly details: EventDetails
  /** What is told of it, with the season as it is to be. */
  readonly tell: (season: SeasonNow) => Promise<Result> | Result
}

/**
 * Creates what an attempt decides on in a season, all or none. Refuses what is no season, a key that is taken, and whatever the attempt
 * refuses; it begins anew where that answers undefined.
 */
export function createInSeason<Result>(
  context: Context,
  seasonKey: string,
  decide: (season: SeasonNow) => Promise<Outcome<Added<Result>> | undefined>,
): Promise<Outcome<Result>> {
  const { store, keyed } = context
  let left: string | undefined
  return inRoundsOn(context, { what: 'event', key: seasonKey }, async () => {
    const read = await readSeason(context, seasonKey)
    if (!read?.ok) return read
    const decided = await decide(read.value)
    if (!decided?.ok) return decided
    const { heads, details, tell } = decided.value
    const before = read.value.head
    // It is written itself: no other write can be asked of the same key.
    if (heads.some(({ eventKey }) => eventKey === seasonKey)) {
      return refuse({ code: 'event-key-taken', eventKey: seasonKey })
    }
    const after = { ...before, updatedAt: context.now() }
    const result = await tell({ head: { ...after, version: before.version + 1 }, details })
    const records = heads.map((head) => ({ head, details: {} }))
    const outcome = await stored.createEvents(store, records, {
      receipt: keyed?.receiptFor(result, left),
      season: { before, after, details, log: [] },
    })
    if (outcome.status === 'created') return succeed(result)
    left = outcome.left ?? left
    if (outcome.status === 'key-taken') {
      return refuse({ code: 'event-key-taken', eventKey: outcome.eventKey })
    }
    return undefined
  })
}
