import type * as z from 'zod'
import { toIso, type Instant } from '../clock.ts'
import type { AreaSums } from '../rules/area/sums.ts'
import type { TakenState } from '../rules/seat.ts'
import type { Offer } from '../venue/terms.ts'
import type * as shapes from './status-shapes.ts'
import { toExtraData } from './translate.ts'

type Reply<Shape extends z.ZodType> = z.output<Shape>

interface Taken {
  readonly label: string
  readonly state: TakenState
  /** Whether the state is its own, or of what its places were taken as. */
  readonly isOwn: boolean
  readonly offer: Offer | undefined
}

/** An object that is not free, as secret keys see it: tokens are capabilities, and extra data is the integrator's own. */
export function toStatus({
  label,
  state,
  isOwn,
  offer,
}: Taken): Reply<typeof shapes.statusReply>['objects'][number] {
  const held = state.status === 'held' ? state : undefined
  return {
    objectLabel: label,
    status: toStatusWord(state),
    holdToken: isOwn ? (held?.holdToken ?? null) : null,
    holdExpiresAt: held === undefined ? null : toIso(held.heldUntil),
    categoryKey: offer?.category?.key ?? null,
    extraData: isOwn ? toExtraData(state.extraData) : null,
  }
}

interface TakenPlaces {
  readonly label: string
  readonly sums: AreaSums
  readonly offer: Offer | undefined
}

/** Places of an area that are not free: those that are held by each token until each deadline, then those that are booked. */
export function toPlacesStatus({
  label,
  sums,
  offer,
}: TakenPlaces): Reply<typeof shapes.statusReply>['objects'] {
  const { holds, extraData, elsewhere = 0 } = sums
  // What an event of a season has is for nobody to buy in the season.
  const booked = sums.booked + elsewhere
  const common = {
    objectLabel: label,
    objectType: 'generalAdmission' as const,
    categoryKey: offer?.category?.key ?? null,
    extraData: toExtraData(extraData),
  }
  const held = holdsByDeadline(holds).map(({ holdToken, until, quantity }) => ({
    ...common,
    status: 'held' as const,
    quantity,
    holdToken,
    holdExpiresAt: toIso(until),
  }))
  const taken = {
    status: 'booked' as const,
    quantity: booked,
    holdToken: null,
    holdExpiresAt: null,
  }
  return [...held, ...(booked === 0 ? [] : [{ ...common, ...taken }])]
}

function holdsByDeadline(holds: AreaSums['holds']) {
  const held = new Map<string, { holdToken: string; until: Instant; quantity: number }>()
  const sorted = holds.toSorted((a, b) => a.until - b.until || (a.holdToken < b.holdToken ? -1 : 1))
  for (const { holdToken, until, places } of sorted) {
    const name = JSON.stringify([holdToken, until])
    const former = held.get(name) ?? { holdToken, until, quantity: 0 }
    held.set(name, { ...former, quantity: former.quantity + places })
  }
  return [...held.values()]
}

/** How many objects are in each status, and in each status and category; of areas, places. */
export function toReports(
  eventKey: string,
  { taken, areas }: { taken: readonly Taken[]; areas: readonly TakenPlaces[] },
): Reply<typeof shapes.reportsReply> {
  const counted = [
    ...taken.map(({ state, offer }) => ({ status: toStatusWord(state), offer, places: 1 })),
    ...areas.flatMap(({ sums, offer }) => [
      { status: 'held' as const, offer, places: sums.held },
      { status: 'booked' as const, offer, places: sums.booked },
    ]),
  ]
  const byStatus = { held: 0, booked: 0 }
  const rows = new Map<
    string,
    { status: 'held' | 'booked'; categoryKey: string | null; count: number }
  >()
  for (const { status, offer, places } of counted) {
    if (places === 0) continue
    const categoryKey = offer?.category?.key ?? null
    byStatus[status] += places
    const name = JSON.stringify([status, categoryKey])
    const row = rows.get(name) ?? { status, categoryKey, count: 0 }
    row.count += places
    rows.set(name, row)
  }
  return { eventKey, byStatus, byCategory: [...rows.values()] }
}

/** This API has no word for statuses of the integrator's own: what is in one is taken. */
function toStatusWord({ status }: TakenState): 'held' | 'booked' {
  return status === 'held' ? 'held' : 'booked'
}
