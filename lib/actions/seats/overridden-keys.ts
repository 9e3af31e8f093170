import type { KnownRows } from '../../rules/rows.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import { readSeasonKeys } from '../../store/seats/season-keys.ts'
import type { Store } from '../../store/table/store.ts'

/** What an object of an event makes of the seasons that the event is in. */
export interface OverridesNow {
  /** How many of its places do not follow those seasons, by their keys. */
  readonly overridden?: Readonly<Record<string, number>>
}

/** A row, or an area: of what is sold as one there is one place. */
export interface Overriding {
  readonly overridden?: readonly string[] | Readonly<Record<string, number>>
}

/** What a row overrides, by the keys that those seasons have. */
export type OverriddenKeys = (row: Overriding | undefined) => OverridesNow

/**
 * Tells the keys of the seasons that objects override: of the top-level season what was read says it, and so it does where the request
 * names one; other partial seasons are read where a row names one. Those that have gone are left out.
 */
export async function overriddenKeys(
  store: Store,
  { now: reads, known: { seat, block } }: OverridesRead,
): Promise<OverriddenKeys> {
  const heads = reads.flatMap(({ event, season }) => [event, season?.head ?? []].flat())
  const known = new Map(heads.map(({ eventId, eventKey }) => [eventId, eventKey]))
  const named = [...seat.values(), ...block.values()].flatMap(placesOf).map(([id]) => id)
  const unknown = [...new Set(named)].filter((seasonId) => !known.has(seasonId))
  const found = new Map([...known, ...(await readSeasonKeys(store, unknown))])
  return (row) => {
    const places = placesOf(row ?? {}).flatMap(([seasonId, count]) => {
      const key = found.get(seasonId)
      return key === undefined ? [] : [[key, count] as const]
    })
    return places.length === 0 ? {} : { overridden: Object.fromEntries(places) }
  }
}

function placesOf({
  overridden = [],
}: Overriding): (readonly [seasonId: string, places: number])[] {
  return isList(overridden) ? overridden.map((id) => [id, 1]) : Object.entries(overridden)
}

function isList(
  overridden: NonNullable<Overriding['overridden']>,
): overridden is readonly string[] {
  return Array.isArray(overridden)
}

interface OverridesRead {
  readonly now: readonly SeatsRead[]
  readonly known: Pick<KnownRows, 'seat' | 'block'>
}
