import type * as z from 'zod'
import type { ChartObject } from '../../venue/chart.ts'
import { areaTypeOf } from '../objects/many-places.ts'
import { factsOf, objectInfo, seatOf } from '../objects/object-info.ts'

/** An object of a drawing: what an event would tell of it apart from what it sells and sold. */
export const chartObjectInfo = objectInfo
  .pick({
    label: true,
    labels: true,
    ids: true,
    objectType: true,
    categoryKey: true,
    categoryLabel: true,
    section: true,
    entrance: true,
    zone: true,
    floor: true,
    distanceToFocalPoint: true,
    isAccessible: true,
    isCompanionSeat: true,
    hasRestrictedView: true,
    hasLiftUpArmrests: true,
    isHearingImpaired: true,
    isSemiAmbulatorySeat: true,
    hasSignLanguageInterpretation: true,
    isPlusSize: true,
    leftNeighbour: true,
    rightNeighbour: true,
    numSeats: true,
    bookAsAWhole: true,
    areaType: true,
    capacity: true,
  })
  .meta({
    id: 'ChartObjectInfo',
    description: 'An object of a drawing; what does not apply is left out.',
  })

export type ChartObjectInfo = z.output<typeof chartObjectInfo>

/** Shows an object of a drawing. */
export function toChartObjectInfo(object: ChartObject): ChartObjectInfo {
  const { channel, displayedObjectType, parentDisplayedObjectType, ...facts } = factsOf({
    object,
    category: object.category,
  })
  return { ...facts, ...kindOf(object) }
}

function kindOf(object: ChartObject) {
  switch (object.kind) {
    case 'seat':
      return seatOf(object)
    case 'table':
      return { numSeats: object.numSeats, bookAsAWhole: object.bookAsAWhole }
    case 'booth':
      return {}
    case 'generalAdmission':
      return {
        areaType: areaTypeOf(object),
        capacity: object.capacity,
        bookAsAWhole: object.bookAsAWhole,
      }
  }
}
