import type { KnownRows } from '../../rules/rows.ts'
import type { SeatRow } from '../../rules/seat.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import { readSeasonKeys } from '../../store/seats/season-keys.ts'
import type { Store } from '../../store/table/store.ts'

/** What an object of an event makes of the seasons that the event is in. */
export interface OverridesNow {
  /** Keys of those whose status does not count for it. */
  readonly overridden?: readonly string[]
}

/** What a row overrides, by the keys that those seasons have. */
export type OverriddenKeys = (row: Pick<SeatRow, 'overridden'> | undefined) => OverridesNow

/**
 * Tells the keys of the seasons that objects override: of the top-level season what was read says it, and so it does where the request
 * names one; other partial seasons are read where a row names one. Those that have gone are left out.
 */
export async function overriddenKeys(
  store: Store,
  { now: reads, known: { seat } }: OverridesRead,
): Promise<OverriddenKeys> {
  const heads = reads.flatMap(({ event, season }) => [event, season?.head ?? []].flat())
  const known = new Map(heads.map(({ eventId, eventKey }) => [eventId, eventKey]))
  const named = [...seat.values()].flatMap(({ overridden = [] }) => overridden)
  const unknown = [...new Set(named)].filter((seasonId) => !known.has(seasonId))
  const found = new Map([...known, ...(await readSeasonKeys(store, unknown))])
  return (row) => {
    const keys = (row?.overridden ?? []).flatMap((seasonId) => found.get(seasonId) ?? [])
    return keys.length === 0 ? {} : { overridden: keys }
  }
}

interface OverridesRead {
  readonly now: readonly SeatsRead[]
  readonly known: Pick<KnownRows, 'seat'>
}
