import * as z from 'zod'
import { defined } from '../../defined.ts'
import { isTaken, type SeatState } from '../../rules/seat.ts'
import type { ChartArea, ChartTable } from '../../venue/chart.ts'

// What objects with more than one place have besides: tables and areas that are sold as a whole. Other objects have none of these.

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

/** What an area has that is sold as a whole, and counted as all its places. */
export function areaFields(area: ChartArea, state: SeatState, isForSale: boolean) {
  const { capacity, bookAsAWhole, variableOccupancy } = area
  const isHeld = state.status === 'held'
  const isBooked = isTaken(state) && !isHeld
  const ticketType = state.ticketType ?? NO_TICKET_TYPE
  return {
    areaType: variableOccupancy ? ('variableOccupancy' as const) : ('fixedOccupancy' as const),
    capacity,
    numBooked: isBooked ? capacity : 0,
    numHeld: isHeld ? capacity : 0,
    numFree: isTaken(state) ? 0 : capacity,
    numNotForSale: isForSale ? 0 : capacity,
    holds: isHeld ? { [state.holdToken]: { [ticketType]: capacity } } : {},
    bookAsAWhole,
    ...occupancyOf(area),
  }
}

function occupancyOf({ variableOccupancy, minOccupancy, maxOccupancy }: ChartTable | ChartArea) {
  return { variableOccupancy, minOccupancy, ...defined({ maxOccupancy }) }
}
