import { firstNight, SHOWN } from '../story.ts'

// What the examples show of objects, and of the tokens that hold them.

export const withObjects = { expand: 'objects' }

export const { holdToken } = SHOWN

export const bothShows = { events: ['first-night', SHOWN.lateShowKey], objects: ['A-1'] }
export const childSeat = { objectId: 'A-2', ticketType: 'child' }

export const checkIn = {
  objects: ['A-1'],
  status: 'checkedIn',
  allowedPreviousStatuses: ['booked'],
}

export const secondSeat = { ...firstNight, label: 'A-2' }

export const issuedToken = {
  holdToken: SHOWN.holdToken,
  expiresAt: '2027-03-04T18:50:00.000Z',
  expiresInSeconds: 1_800,
  workspaceKey: SHOWN.workspaceKey,
}

export const exampleToken = { holdToken: SHOWN.holdToken }

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

const places = {
  'A-1': {
    categoryKey: 'vip',
    categoryLabel: 'Hospitality',
    distanceToFocalPoint: 31.622776601683793,
    rightNeighbour: 'A-2',
  },
  'A-2': {
    categoryKey: '1',
    categoryLabel: 'Standard',
    distanceToFocalPoint: 31.953090617340916,
    leftNeighbour: 'A-1',
  },
}

/** A seat of the first night in a status, with what is known of it beside that. */
export function seat(label: keyof typeof places, status: string, known: object = {}): object {
  const own = label.slice(2)
  const isSelectable = status === 'free' || status === 'resale'
  return {
    label,
    labels: { own: { label: own, type: 'seat' }, parent: { label: 'A', type: 'row' } },
    ids: { own, parent: 'A' },
    objectType: 'seat',
    status,
    forSale: true,
    isAvailable: isSelectable,
    availabilityReason: isSelectable ? 'available' : status,
    ...places[label],
    ...known,
    ...traits,
    seasonStatusOverriddenQuantity: 0,
    seasonStatusOverriddenQuantities: {},
  }
}
