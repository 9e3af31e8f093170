import { seat } from '../objects/object-story.ts'
import { orderId } from '../story.ts'

// What the examples show of reports.

const traits = {
  isAccessible: false,
  isCompanionSeat: false,
  hasRestrictedView: false,
  hasLiftUpArmrests: false,
  isHearingImpaired: false,
  isSemiAmbulatorySeat: false,
  hasSignLanguageInterpretation: false,
  isPlusSize: false,
}

function drawnSeat(own: string, more: object) {
  return {
    label: `A-${own}`,
    labels: { own: { label: own, type: 'seat' }, parent: { label: 'A', type: 'row' } },
    ids: { own, parent: 'A' },
    objectType: 'seat',
    categoryKey: '1',
    categoryLabel: 'Standard',
    ...more,
    ...traits,
  }
}

/** The seats of the back room. */
export const backRoomSeats = [
  drawnSeat('1', { distanceToFocalPoint: 31.622776601683793, rightNeighbour: 'A-2' }),
  drawnSeat('2', { distanceToFocalPoint: 31.953090617340916, leftNeighbour: 'A-1' }),
]

export const backRoomSummary = {
  NO_SECTION: {
    count: 2,
    byCategoryKey: { 1: 2 },
    byCategoryLabel: { Standard: 2 },
    byObjectType: { seat: 2 },
    byZone: { NO_ZONE: 2 },
  },
}

/** The seats of the first night, by then. */
export const soldSeats = [
  seat('A-1', 'free', { extraData: { note: 'aisle' } }),
  seat('A-2', 'booked', { orderId, extraData: { guest: 'g-20', menu: 2 } }),
]

const free = {
  byCategoryKey: 'vip',
  byCategoryLabel: 'Hospitality',
  bySelectability: 'selectable',
  byAvailability: 'available',
  byAvailabilityReason: 'available',
}

const booked = {
  byCategoryKey: '1',
  byCategoryLabel: 'Standard',
  bySelectability: 'not_selectable',
  byAvailability: 'not_available',
  byAvailabilityReason: 'booked',
}

const anywhere = {
  bySection: 'NO_SECTION',
  byChannel: 'NO_CHANNEL',
  byObjectType: 'seat',
  byZone: 'NO_ZONE',
}

/** One seat, counted by all that it is. */
function oneSeat(keys: Readonly<Record<string, string>>): object {
  const counts = Object.entries(keys).map(([by, group]) => [by, { [group]: 1 }])
  return { count: 1, ...(Object.fromEntries(counts) as object) }
}

/** The same, and inside of each group by all that it is besides. */
function oneSeatDeeply(keys: Readonly<Record<string, string>>): object {
  const isOfCategories = (by: string) => by.startsWith('byCategory')
  const groups = Object.entries(keys).map(([by, group]) => {
    const rest = Object.entries(keys).filter(([other]) => {
      return other !== by && !(isOfCategories(by) && isOfCategories(other))
    })
    return [by, { [group]: oneSeat(Object.fromEntries(rest)) }]
  })
  return { count: 1, ...(Object.fromEntries(groups) as object) }
}

/** Both seats by their status. */
export const soldSummary = {
  free: oneSeat({ ...free, ...anywhere }),
  booked: oneSeat({ ...booked, ...anywhere }),
}

export const soldDeepSummary = {
  free: oneSeatDeeply({ ...free, ...anywhere }),
  booked: oneSeatDeeply({ ...booked, ...anywhere }),
}
