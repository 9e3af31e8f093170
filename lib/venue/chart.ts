export interface Point {
  readonly x: number
  readonly y: number
}

export interface Category {
  /** The key as text: keys are compared as text everywhere. */
  readonly key: string
  /** The key as drawn, for answers that show categories themselves. */
  readonly originalKey: number | string
  readonly label: string
  readonly color: string
  readonly accessible: boolean
}

export interface Zone {
  readonly key: string
  readonly label: string
  readonly focalPoint: Point | undefined
}

export interface Floor {
  readonly name: string
  readonly displayName: string
  readonly focalPoint: Point | undefined
}

export interface Section {
  readonly label: string
  readonly displayLabel: string
}

/** Where an object stands; one value is shared by all objects that stand there. */
export interface Location {
  readonly section: Section | undefined
  readonly zone: string | undefined
  readonly floor: Floor | undefined
  /** The point that distances of these objects are measured from. */
  readonly focalPoint: Point | undefined
}

/** The row or table of a seat; one value is shared by its seats, so it also tells rows apart. */
export interface SeatParent {
  readonly type: 'row' | 'table'
  readonly label: string
  readonly displayLabel: string
  readonly displayedObjectType: string | undefined
  /** The label with the section in front: of a table, the label it is sold under as a whole. */
  readonly objectLabel: string
  /** True only for a table that the chart sells as a whole. */
  readonly bookAsAWhole: boolean
  /** True when the last seat is next to the first. */
  readonly isRing: boolean
}

/** What buyers are told about a seat; seats with the same traits share one value. */
export interface SeatTraits {
  readonly isAccessible: boolean
  readonly isCompanionSeat: boolean
  readonly hasRestrictedView: boolean
  readonly hasLiftUpArmrests: boolean
  readonly isHearingImpaired: boolean
  readonly isSemiAmbulatorySeat: boolean
  readonly hasSignLanguageInterpretation: boolean
  readonly isPlusSize: boolean
}

/** How many people may share an object that is sold as one; `maxOccupancy` only if that may vary. */
export interface Occupancy {
  readonly variableOccupancy: boolean
  readonly minOccupancy: number
  readonly maxOccupancy: number | undefined
}

/** What every object has, whatever its kind. Fields are always there: absent facts are undefined. */
export interface ObjectFacts {
  /** Its own part of the label, as it is typed in the drawing. */
  readonly ownLabel: string
  readonly ownDisplayLabel: string
  readonly location: Location
  readonly entrance: string | undefined
  readonly category: Category | undefined
  /** In coordinates of the floor, not of the section. */
  readonly position: Point | undefined
  readonly displayedObjectType: string | undefined
}

export interface SeatFacts extends ObjectFacts {
  readonly traits: SeatTraits
}

interface Identified {
  /** The full label: the identity that holds, bookings and rules refer to. */
  readonly label: string
  readonly distanceToFocalPoint: number | undefined
}

export interface ChartSeat extends SeatFacts, Identified {
  readonly kind: 'seat'
  readonly parent: SeatParent
  readonly leftNeighbour: string | undefined
  readonly rightNeighbour: string | undefined
}

export interface ChartTable extends ObjectFacts, Identified, Occupancy {
  readonly kind: 'table'
  readonly numSeats: number
  readonly bookAsAWhole: boolean
}

export interface ChartBooth extends ObjectFacts, Identified {
  readonly kind: 'booth'
}

export interface ChartArea extends ObjectFacts, Identified, Occupancy {
  readonly kind: 'generalAdmission'
  readonly capacity: number
  readonly bookAsAWhole: boolean
}

export type ChartObject = ChartSeat | ChartTable | ChartBooth | ChartArea

export type VenueType = 'SIMPLE' | 'WITH_SECTIONS_AND_FLOORS' | 'WITH_ZONES'

/** The inventory of one version of a chart. */
export interface Chart {
  readonly name: string
  readonly venueType: VenueType
  /** In walk order; a table comes right before its seats, whichever of them an event sells. */
  readonly objects: readonly ChartObject[]
  /** In display order, each key once. */
  readonly categories: readonly Category[]
  readonly zones: readonly Zone[]
  /** Empty unless the drawing has floors; floors without objects are listed too. */
  readonly floors: readonly Floor[]
  /** Of the single plane; charts with floors have theirs on the floors. */
  readonly focalPoint: Point | undefined
  readonly supportsBestAvailable: boolean
  /** True when the drawing held more than a chart may: the objects beyond are missing here. */
  readonly isTruncated: boolean
}

/** How an event sells tables: as the chart says, all alike, or table by table, by label. */
export type TableConfig =
  | { readonly mode: 'INHERIT' | 'ALL_BY_TABLE' | 'ALL_BY_SEAT' }
  | { readonly mode: 'CUSTOM'; readonly tables: ReadonlyMap<string, 'BY_TABLE' | 'BY_SEAT'> }

/** The objects an event sells: of each table either the table or its seats, never both. */
export function sellableObjects(
  chart: Chart,
  config: TableConfig = { mode: 'INHERIT' },
): readonly ChartObject[] {
  return chart.objects.filter((object) => {
    if (object.kind === 'table') {
      const { label: objectLabel, bookAsAWhole } = object
      return isSoldWhole({ objectLabel, bookAsAWhole }, config)
    }
    if (object.kind !== 'seat' || object.parent.type === 'row') return true
    return !isSoldWhole(object.parent, config)
  })
}

/** Finds objects by label; of several with one label, the first in walk order is the one that counts. */
export function indexChart(chart: Chart): ReadonlyMap<string, ChartObject> {
  return indexObjects(chart.objects)
}

/** As `indexChart`, over some of a chart's objects: those an event sells, say. */
export function indexObjects(objects: readonly ChartObject[]): ReadonlyMap<string, ChartObject> {
  const index = new Map<string, ChartObject>()
  for (const object of objects) if (!index.has(object.label)) index.set(object.label, object)
  return index
}

/** How many places an object has in counts: an area its capacity, a table its seats, others one. */
export function placesOf(object: ChartObject): number {
  if (object.kind === 'generalAdmission') return object.capacity
  return object.kind === 'table' ? object.numSeats : 1
}

/** Whether a table is sold as a whole under that configuration, or else seat by seat. */
export function isSoldWhole(
  { objectLabel, bookAsAWhole }: Pick<SeatParent, 'objectLabel' | 'bookAsAWhole'>,
  config: TableConfig,
): boolean {
  if (config.mode === 'INHERIT') return bookAsAWhole
  if (config.mode !== 'CUSTOM') return config.mode === 'ALL_BY_TABLE'
  const choice = config.tables.get(objectLabel)
  return choice === undefined ? bookAsAWhole : choice === 'BY_TABLE'
}

/** Whether an object is an area whose places are sold one by one. */
export function isByPlaces(object: ChartObject): object is ChartArea {
  return object.kind === 'generalAdmission' && !object.bookAsAWhole
}

/** Whether an object is a seat at a table. */
export function isAtTable(
  object: ChartObject,
): object is ChartSeat & { parent: SeatParent & { type: 'table' } } {
  return object.kind === 'seat' && object.parent.type === 'table'
}
