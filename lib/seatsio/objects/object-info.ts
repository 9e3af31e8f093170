import * as z from 'zod'
import { defined } from '../../defined.ts'
import type { ChartArea, ChartObject } from '../../venue/chart.ts'
import { readExtraData } from '../../rules/extra-data.ts'
import { areaWord, type AreaSums } from '../../rules/area/sums.ts'
import type { SeatState } from '../../rules/seat.ts'
import { placesFree } from '../../venue/pools.ts'
import type { Offer } from '../../venue/terms.ts'
import { areaFields, countsOfWhole, manyPlacesFields, tableFields } from './many-places.ts'
import { statusName, toStatusName } from './statuses.ts'

const labelOfType = z.strictObject({ label: z.string(), type: z.string() })

/** An object of an event as this API shows it; what does not apply is left out. */
export const objectInfo = z
  .strictObject({
    label: z.string().meta({ description: 'Names the object in requests.' }),
    labels: z.strictObject({
      own: labelOfType,
      parent: labelOfType.optional(),
      section: z.string().optional(),
      entrance: z.strictObject({ label: z.string() }).optional(),
    }),
    ids: z.strictObject({
      own: z.string(),
      parent: z.string().optional(),
      section: z.string().optional(),
    }),
    objectType: z.enum(['seat', 'booth', 'table', 'generalAdmission']).meta({
      description: '`seat` for whatever the chart does not have any more.',
    }),
    displayedObjectType: z.string().optional(),
    parentDisplayedObjectType: z.string().optional(),
    status: z.string().meta({
      description: '`free`, `reservedByToken` (held), `booked`, `resale`, or a word of your own.',
    }),
    categoryKey: z
      .string()
      .optional()
      .meta({ description: 'A text, also where the key is a number.' }),
    categoryLabel: z.string().optional(),
    channel: z.string().optional().meta({ description: 'Key of the channel that it is in.' }),
    forSale: z.boolean(),
    isPresentOnChart: z
      .literal(false)
      .optional()
      .meta({ description: 'Only of what is taken and not on the chart any more.' }),
    isAvailable: z
      .boolean()
      .meta({ description: 'Whether buyers may select it: `free` or `resale`, and for sale.' }),
    availabilityReason: z
      .string()
      .meta({ description: '`available`, `not_for_sale`, or the status that is in the way.' }),
    section: z.string().optional(),
    entrance: z.string().optional(),
    zone: z.string().optional(),
    floor: z.strictObject({ name: z.string(), displayName: z.string() }).optional(),
    distanceToFocalPoint: z
      .number()
      .optional()
      .meta({ description: 'In units of the drawing, where it has a focal point.' }),
    ticketType: z.string().optional(),
    orderId: z.string().optional(),
    holdToken: z.string().optional().meta({ description: 'What holds it, while it is held.' }),
    extraData: z.record(z.string(), z.unknown()).optional(),
    resaleListingId: z.string().optional().meta({ description: 'Only in resale.' }),
    isAccessible: z.boolean().optional(),
    isCompanionSeat: z.boolean().optional(),
    hasRestrictedView: z.boolean().optional(),
    hasLiftUpArmrests: z.boolean().optional(),
    isHearingImpaired: z.boolean().optional(),
    isSemiAmbulatorySeat: z.boolean().optional(),
    hasSignLanguageInterpretation: z.boolean().optional(),
    isPlusSize: z.boolean().optional(),
    leftNeighbour: z.string().optional().meta({ description: 'A label, as is the other one.' }),
    rightNeighbour: z.string().optional(),
    ...manyPlacesFields,
    seasonStatusOverriddenQuantity: z.int().meta({
      description:
        'Places whose status in seasons does not count for this event: the sum over its seasons.',
    }),
    seasonStatusOverriddenQuantities: z
      .record(z.string(), z.int())
      .meta({ description: 'The same by the key of the season; without those that count.' }),
  })
  .meta({
    id: 'ObjectInfo',
    description: 'An object of an event; what does not apply is left out.',
  })

export type ObjectInfo = z.output<typeof objectInfo>

/** What is known of an object: what the event sells there, if it still does, and the state it is in. */
export type Shown = ShownObject | ShownArea

interface ShownObject {
  readonly label: string
  readonly offer: Offer | undefined
  readonly state: SeatState
  /** Of an object that is not taken itself, the state of what its places are taken as, if they are. */
  readonly sharer?: SeatState
  /** The state is that of a season that the event is in: nobody can change it here. */
  readonly isInherited?: true
  readonly overridden?: Overridden
}

/** Places that do not follow seasons, by the keys of these. */
export type Overridden = Readonly<Record<string, number>>

/** An area whose places are sold one by one. */
export interface ShownArea {
  readonly overridden?: Overridden
  readonly label: string
  readonly offer: Offer | undefined
  readonly area: AreaSums
}

/** Shows an object of an event. */
export function toObjectInfo(shown: Shown): ObjectInfo {
  if ('area' in shown) return toAreaInfo(shown)
  const { label, offer, state: own, sharer, isInherited = false } = shown
  if (offer === undefined) return { ...toLostObject(label, own, sharer), ...seasonsOf(shown) }
  const { object } = offer
  const state = sharer ?? own
  return {
    ...factsOf(offer),
    status: statusName(state),
    ...availabilityOf(offer, state, isInherited),
    ...notesOf(own, { object, status: state.status }),
    ...(object.kind === 'seat' ? seatOf(object) : {}),
    ...(object.kind === 'table' ? tableFields(object) : {}),
    ...(object.kind === 'generalAdmission' ? areaOf(object, sharer ?? own, offer) : {}),
    ...seasonsOf(shown),
  }
}

/** An area that is sold as a whole, or was when it was taken. */
function areaOf(area: ChartArea, own: SeatState, { isForSale, notForSale = 0 }: Offer) {
  return areaFields(area, countsOfWhole(area, own), isForSale ? notForSale : area.capacity)
}

function seasonsOf({ overridden = {} }: { readonly overridden?: Overridden }) {
  const places = Object.values(overridden)
  return {
    seasonStatusOverriddenQuantity: places.reduce((all, count) => all + count, 0),
    seasonStatusOverriddenQuantities: { ...overridden },
  }
}

/** An area is as free as any of its places is, and may be bought while one of those that are free is for sale. */
function toAreaInfo({ label, offer, area: sums, ...shown }: ShownArea): ObjectInfo {
  const { orderId, extraData, booked, held } = sums
  const notes = {
    ...defined({ orderId }),
    ...(extraData === undefined ? {} : { extraData: readExtraData(extraData) }),
  }
  const area = offer?.object
  if (offer === undefined || area?.kind !== 'generalAdmission') {
    const lost = toLostObject(label, { status: 'free' })
    const status = toStatusName(areaWord(sums, booked + held))
    return { ...lost, status, availabilityReason: status, ...notes, ...seasonsOf(shown) }
  }
  const { notForSale = 0, isForSale } = offer
  const { capacity, bookAsAWhole } = area
  // As a whole it is taken while any of its places is, which were sold one by one before.
  const word = areaWord(sums, bookAsAWhole ? Math.min(capacity, booked + held) : capacity)
  const [status, isFree] = [toStatusName(word), word === 'free']
  const isAvailable = isFree && isForSale && placesFree({ capacity, notForSale }, sums) > 0
  const reason = isAvailable ? 'available' : 'not_for_sale'
  return {
    ...factsOf(offer),
    status,
    forSale: isForSale,
    isAvailable,
    availabilityReason: isFree ? reason : status,
    ...notes,
    ...areaFields(area, sums, isForSale ? notForSale : capacity),
    ...seasonsOf(shown),
  }
}

/** What chart and terms tell of an object. */
export function factsOf({
  object,
  category,
  channel,
}: Pick<Offer, 'object' | 'category' | 'channel'>) {
  const { label, kind, location, entrance } = object
  return {
    label,
    labels: labelsOf(object),
    ids: idsOf(object),
    objectType: kind,
    ...defined({ displayedObjectType: object.displayedObjectType }),
    ...(object.kind === 'seat'
      ? defined({ parentDisplayedObjectType: object.parent.displayedObjectType })
      : {}),
    ...defined({ categoryKey: category?.key, categoryLabel: category?.label, channel }),
    ...defined({ section: location.section?.label, entrance, zone: location.zone }),
    ...(location.floor === undefined ? {} : { floor: floorOf(location.floor) }),
    ...defined({ distanceToFocalPoint: object.distanceToFocalPoint }),
  }
}

/** Of what the chart has lost there is the label, and what the event itself knows. */
function toLostObject(label: string, own: SeatState, state = own): ObjectInfo {
  return {
    label,
    labels: { own: { label, type: 'seat' } },
    ids: { own: label },
    objectType: 'seat',
    status: statusName(state),
    ...availabilityOf({ isForSale: false }, state),
    isPresentOnChart: false,
    ...notesOf(own),
    ...seasonsOf({}),
  }
}

function labelsOf(object: ChartObject): ObjectInfo['labels'] {
  const { ownDisplayLabel, kind, location, entrance } = object
  return {
    own: { label: ownDisplayLabel, type: kind },
    ...(object.kind === 'seat'
      ? { parent: { label: object.parent.displayLabel, type: object.parent.type } }
      : {}),
    ...defined({ section: location.section?.displayLabel }),
    ...(entrance === undefined ? {} : { entrance: { label: entrance } }),
  }
}

function idsOf(object: ChartObject): ObjectInfo['ids'] {
  return {
    own: object.ownLabel,
    ...(object.kind === 'seat' ? { parent: object.parent.label } : {}),
    ...defined({ section: object.location.section?.label }),
  }
}

/** What its season has put up for resale is bought in the season. */
function availabilityOf(
  { isForSale: forSale }: Pick<Offer, 'isForSale'>,
  state: SeatState,
  isInherited = false,
) {
  const isSelectable = state.status === 'free' || (state.status === 'resale' && !isInherited)
  const reason = forSale ? 'available' : 'not_for_sale'
  return {
    forSale,
    isAvailable: isSelectable && forSale,
    availabilityReason: isSelectable ? reason : statusName(state),
  }
}

function floorOf({ name, displayName }: { name: string; displayName: string }) {
  return { name, displayName }
}

/** An area tells of its holds, and their ticket types, in counts. */
function notesOf(
  state: SeatState,
  { object, status }: { object?: ChartObject; status: SeatState['status'] } = state,
) {
  const { ticketType, orderId, extraData, resaleListingId } = state
  const holdToken = state.status === 'held' ? state.holdToken : undefined
  const isArea = object?.kind === 'generalAdmission'
  return {
    ...defined({ orderId, ...(isArea ? {} : { ticketType, holdToken }) }),
    ...(extraData === undefined ? {} : { extraData: readExtraData(extraData) }),
    ...(status === 'resale' && !isArea ? defined({ resaleListingId }) : {}),
  }
}

/** What a seat has besides. */
export function seatOf({
  traits,
  leftNeighbour,
  rightNeighbour,
}: Extract<ChartObject, { kind: 'seat' }>) {
  return {
    ...traits,
    ...defined({ leftNeighbour, rightNeighbour }),
  }
}
