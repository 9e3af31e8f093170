import type { ObjectInfo } from '../objects/object-info.ts'

// Objects as lines of text, for spreadsheets: RFC 4180. The columns are the same for every event. What is inside of a field has a
// column of its own, with a dot; what may hold anything is one column of JSON.

const COLUMNS = [
  'label',
  'labels.own.label',
  'labels.own.type',
  'labels.parent.label',
  'labels.parent.type',
  'labels.section',
  'labels.entrance.label',
  'ids.own',
  'ids.parent',
  'ids.section',
  'status',
  'categoryKey',
  'categoryLabel',
  'objectType',
  'forSale',
  'isAvailable',
  'availabilityReason',
  'section',
  'entrance',
  'zone',
  'floor.name',
  'floor.displayName',
  'channel',
  'ticketType',
  'orderId',
  'holdToken',
  'extraData',
  'resaleListingId',
  'isAccessible',
  'isCompanionSeat',
  'hasRestrictedView',
  'hasLiftUpArmrests',
  'isHearingImpaired',
  'isSemiAmbulatorySeat',
  'hasSignLanguageInterpretation',
  'isPlusSize',
  'displayedObjectType',
  'parentDisplayedObjectType',
  'leftNeighbour',
  'rightNeighbour',
  'distanceToFocalPoint',
  'numSeats',
  'bookAsAWhole',
  'areaType',
  'capacity',
  'numBooked',
  'numFree',
  'numHeld',
  'numNotForSale',
  'holds',
  'variableOccupancy',
  'minOccupancy',
  'maxOccupancy',
  'seasonStatusOverriddenQuantity',
  'seasonStatusOverriddenQuantities',
] as const

/** A line of names, and a line for each object. */
export function toCsv(infos: readonly ObjectInfo[]): string {
  const lines = infos.map((info) => COLUMNS.map((column) => cellOf(info, column)).join(','))
  return [COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

function cellOf(info: ObjectInfo, column: string): string {
  const value = column
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], info)
  if (value === undefined) return ''
  return quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
