import * as z from 'zod'
import { defined } from '../../defined.ts'
import type { AreaHold, AreaSums } from '../../rules/area/sums.ts'
import { isTaken, type SeatState } from '../../rules/seat.ts'
import type { ChartArea, ChartTable } from '../../venue/chart.ts'

// What objects with more than one place have besides: tables that are sold as a whole, and areas. Other objects have none of these.

/** Where a hold gave no ticket type. */
const NO_TICKET_TYPE = 'NO_TICKET_TYPE'

/** Fields of tables and areas; each is left out where it does not apply. */
export const manyPlacesFields = {
  numSeats: z.int().optional().meta({ description: 'Of tables: the seats at it.' }),
  bookAsAWhole: z
    .boolean()
    .optional()
    .meta({ description: 'Of tables and areas: whether the chart sells it as a whole.' }),
  variableOccupancy: z
    .boolean()
    .optional()
    .meta({ description: 'Of tables and areas: whether the number of people may vary.' }),
  minOccupancy: z.int().optional().meta({ description: 'The smallest number of people.' }),
  maxOccupancy: z
    .int()
    .optional()
    .meta({ description: 'The largest number of people, where it may vary.' }),
  areaType: z
    .enum(['generalAdmission', 'fixedOccupancy', 'variableOccupancy'])
    .optional()
    .meta({ description: 'Of areas: sold by places, or as a whole.' }),
  capacity: z.int().optional().meta({ description: 'Of areas, as are the counts of places.' }),
  numBooked: z.int().optional(),
  numHeld: z.int().optional(),
  numFree: z.int().optional(),
  numNotForSale: z.int().optional(),
  holds: z
    .record(z.string(), z.record(z.string(), z.int()))
    .optional()
    .meta({ description: 'Of areas: places held, by hold token and ticket type.' }),
}

/** What a table has. */
export function tableFields(table: ChartTable) {
  const { numSeats, bookAsAWhole } = table
  return { numSeats, bookAsAWhole, ...occupancyOf(table) }
}

/** What is taken of an area. */
export type AreaCounts = Pick<AreaSums, 'booked' | 'held' | 'elsewhere'> & {
  readonly holds: readonly Pick<AreaHold, 'holdToken' | 'ticketType' | 'places'>[]
}

/** An area that is sold as a whole is counted as all its places. */
export function countsOfWhole({ capacity: places }: ChartArea, state: SeatState): AreaCounts {
  if (!isTaken(state)) return { booked: 0, held: 0, holds: [] }
  if (state.status !== 'held') return { booked: places, held: 0, holds: [] }
  const { holdToken, ticketType } = state
  return { booked: 0, held: places, holds: [{ holdToken, ...defined({ ticketType }), places }] }
}

/** What an area has. */
export function areaFields(area: ChartArea, counts: AreaCounts, numNotForSale: number) {
  const { capacity, bookAsAWhole } = area
  const { booked, held, elsewhere = 0, holds } = counts
  return {
    areaType: areaTypeOf(area),
    capacity,
    numBooked: booked,
    numHeld: held,
    // More may be taken than there is: the chart has lost places since.
    numFree: Math.max(0, capacity - booked - held - elsewhere),
    numNotForSale,
    holds: holdsOf(holds),
    bookAsAWhole,
    ...occupancyOf(area),
  }
}

/** How an area is sold, by the chart. */
export function areaTypeOf({ bookAsAWhole, variableOccupancy }: ChartArea) {
  if (!bookAsAWhole) return 'generalAdmission' as const
  return variableOccupancy ? ('variableOccupancy' as const) : ('fixedOccupancy' as const)
}

function holdsOf(holds: AreaCounts['holds']): Record<string, Record<string, number>> {
  const byToken = new Map<string, Map<string, number>>()
  for (const { holdToken, ticketType = NO_TICKET_TYPE, places } of holds) {
    const ofToken = byToken.get(holdToken) ?? new Map<string, number>()
    byToken.set(holdToken, ofToken.set(ticketType, (ofToken.get(ticketType) ?? 0) + places))
  }
  return Object.fromEntries(
    [...byToken].map(([holdToken, ofToken]) => [holdToken, Object.fromEntries(ofToken)]),
  )
}

function occupancyOf({ variableOccupancy, minOccupancy, maxOccupancy }: ChartTable | ChartArea) {
  return { variableOccupancy, minOccupancy, ...defined({ maxOccupancy }) }
}
