import type {
  ChartArea,
  ChartBooth,
  ChartSeat,
  ChartTable,
  ObjectFacts,
  Occupancy,
  Point,
  SeatFacts,
  SeatParent,
  Section,
} from './chart.ts'

/**
 * Everything that follows from the drawn facts (labels, distances, neighbours) is worked out here
 * and nowhere else: a chart read from its drawing and one read from its manifest cannot differ.
 */

/** What a row says of itself. */
export type RowNames = Pick<SeatParent, 'label' | 'displayLabel' | 'displayedObjectType'>

/** The seats of one row or table, in their order, each knowing its neighbours. */
export function buildSeats(parent: SeatParent, facts: readonly SeatFacts[]): ChartSeat[] {
  const labels = facts.map((seat) => `${parent.objectLabel}-${seat.ownLabel}`)
  const isRing = parent.isRing && labels.length > 1
  return facts.map((seat, index) => ({
    kind: 'seat',
    label: `${parent.objectLabel}-${seat.ownLabel}`,
    ownLabel: seat.ownLabel,
    ownDisplayLabel: seat.ownDisplayLabel,
    parent,
    location: seat.location,
    entrance: seat.entrance,
    category: seat.category,
    position: seat.position,
    distanceToFocalPoint: distance(seat),
    displayedObjectType: seat.displayedObjectType,
    traits: seat.traits,
    leftNeighbour: index > 0 ? labels[index - 1] : isRing ? labels.at(-1) : undefined,
    rightNeighbour: labels[index + 1] ?? (isRing ? labels[0] : undefined),
  }))
}

/** A table as one object. */
export function buildTable(
  facts: ObjectFacts,
  rest: Occupancy & Pick<ChartTable, 'numSeats' | 'bookAsAWhole'>,
): ChartTable {
  return { kind: 'table', ...identified(facts), ...rest }
}

/** What the seats of a table know of it. */
export function tableParent(table: ChartTable, isRing: boolean): SeatParent {
  return {
    type: 'table',
    label: table.ownLabel,
    displayLabel: table.ownDisplayLabel,
    displayedObjectType: table.displayedObjectType,
    objectLabel: table.label,
    bookAsAWhole: table.bookAsAWhole,
    isRing,
  }
}

/** What the seats of a row know of it. */
export function rowParent(row: RowNames, section: Section | undefined): SeatParent {
  return {
    type: 'row',
    label: row.label,
    displayLabel: row.displayLabel,
    displayedObjectType: row.displayedObjectType,
    objectLabel: inSection(section, row.label),
    bookAsAWhole: false,
    isRing: false,
  }
}

/** A booth. */
export function buildBooth(facts: ObjectFacts): ChartBooth {
  return { kind: 'booth', ...identified(facts) }
}

/** A general admission area. */
export function buildArea(
  facts: ObjectFacts,
  rest: Occupancy & Pick<ChartArea, 'capacity' | 'bookAsAWhole'>,
): ChartArea {
  return { kind: 'generalAdmission', ...identified(facts), ...rest }
}

/** A label part with the section, if any, in front. Parts are literal: labels are never parsed back. */
function inSection(section: Section | undefined, label: string): string {
  return section ? `${section.label}-${label}` : label
}

function identified(facts: ObjectFacts) {
  return {
    label: inSection(facts.location.section, facts.ownLabel),
    ...facts,
    distanceToFocalPoint: distance(facts),
  }
}

function distance({ position, location }: ObjectFacts): number | undefined {
  return position && location.focalPoint && distanceBetween(position, location.focalPoint)
}

/**
 * In the precision that callers of the original API see: 32-bit floats up to the root, so that every digit is the same.
 * Undefined where these do not reach: what is no number has no place in an answer.
 */
export function distanceBetween(one: Point, other: Point): number | undefined {
  const float = Math.fround
  const dx = float(float(one.x) - float(other.x))
  const dy = float(float(one.y) - float(other.y))
  const length = Math.sqrt(float(float(dx * dx) + float(dy * dy)))
  return Number.isFinite(length) ? length : undefined
}
