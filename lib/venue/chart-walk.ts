import {
  buildArea,
  buildBooth,
  buildSeats,
  buildTable,
  rowParent,
  tableParent,
} from './chart-build.ts'
import type { Category, ChartObject, ObjectFacts, Occupancy, SeatFacts } from './chart.ts'
import {
  categoryOf,
  locationAt,
  onFloor,
  rowSite,
  sectionSites,
  type Lists,
  type Site,
} from './chart-site.ts'
import { readTraits } from './chart-traits.ts'
import { centroid, count, drawn, elements, flag, point, text, type Drawn } from './drawing.ts'
import { isRing } from './neighbours.ts'

/**
 * A drawing of 4 MB has room for some 160,000 drawn seats, or for millions of empty ones. What lies
 * beyond this many objects and containers is not read, and the chart says so.
 */
export const chartElementsMax = 250_000

/**
 * Is told what a walk reads while it reads it, so that whoever pictures a drawing has the order, the labels and the inheritance of whoever sells it.
 */
export interface Onlooker {
  /** A plane, before anything on it. */
  plane(site: Site): void
  /** What was read of a row, a table, a booth or an area. */
  objects(read: ReadObjects): void
}

/** A row, table, booth or area as it was drawn, and what is sold of it: the seats of a row, a table and then its seats, or the one object. */
export interface ReadObjects {
  readonly site: Site
  readonly fields: Drawn
  readonly objects: readonly ChartObject[]
}

export interface Walk {
  readonly lists: Lists
  readonly onlooker: Onlooker | undefined
  readonly objects: ChartObject[]
  elementsLeft: number
  isTruncated: boolean
}

/**
 * Adds the objects of these floors to the walk, in walk order: on each plane its rows, tables,
 * booths and areas, then its sections. Sections wait on a stack, so depth costs nothing.
 */
export function walkSites(walk: Walk, floors: readonly Site[]): void {
  const waiting = floors.toReversed()
  for (let site = waiting.pop(); site; site = waiting.pop()) {
    if (!takeOne(walk)) return
    walk.onlooker?.plane(site)
    walkPlane(walk, site)
    for (const inner of sectionSites(site, walk.lists).reverse()) waiting.push(inner)
  }
}

function walkPlane(walk: Walk, site: Site): void {
  for (const row of counted(walk, site.plane.rows)) addRow(walk, rowSite(site, row), row)
  for (const table of counted(walk, site.plane.tables)) addTable(walk, site, table)
  for (const booth of counted(walk, site.plane.booths))
    add(walk, { site, fields: booth, objects: [buildBooth(readFacts(walk, site, booth))] })
  for (const area of counted(walk, site.plane.generalAdmissionAreas)) addArea(walk, site, area)
}

function addRow(walk: Walk, site: Site, row: Drawn): void {
  const label = text(row.label) ?? ''
  const displayLabel = text(row.displayLabel) ?? label
  const names = { label, displayLabel, displayedObjectType: customType(row) }
  const seats = buildSeats(rowParent(names, site.section), readSeats(walk, site, row))
  add(walk, { site, fields: row, objects: seats })
}

function addTable(walk: Walk, site: Site, table: Drawn): void {
  const own = readFacts(walk, site, table)
  const hasCategory = text(table.categoryKey) !== undefined
  const inherited = { category: own.category, entrance: own.entrance }
  const seats = readSeats(walk, { ...site, ...inherited }, table)
  const numSeats = seats.length
  const facts = {
    ...own,
    category: hasCategory || numSeats === 0 ? own.category : sharedCategory(seats),
    position: own.position ?? centroid(seats.map((seat) => seat.position)),
  }
  const bookAsAWhole = flag(table.bookAsAWhole)
  const rest = { numSeats, bookAsAWhole, ...occupancyOf(table, numSeats) }
  const whole = buildTable(facts, rest)
  const positions = seats.map((seat) => seat.position)
  const parent = tableParent(whole, isRing(table, positions, own.position))
  add(walk, { site, fields: table, objects: [whole, ...buildSeats(parent, seats)] })
}

function addArea(walk: Walk, site: Site, area: Drawn): void {
  const capacity = count(area.capacity) ?? 0
  const rest = { capacity, bookAsAWhole: flag(area.bookAsAWhole), ...occupancyOf(area, capacity) }
  const whole = buildArea(readFacts(walk, site, area), rest)
  add(walk, { site, fields: area, objects: [whole] })
}

function readSeats(walk: Walk, site: Site, parent: Drawn): SeatFacts[] {
  const parentZone = text(parent.zone)
  return counted(walk, parent.seats).map((seat) => {
    const ownLabel = text(seat.label) ?? ''
    const local = point(seat)
    return {
      ownLabel,
      ownDisplayLabel: text(seat.displayLabel) ?? ownLabel,
      location: locationAt(site, walk.lists, text(seat.zone) ?? parentZone),
      entrance: text(seat.entrance) ?? site.entrance,
      category: categoryOf(seat, walk.lists, site.category),
      position: local && onFloor(site, local),
      displayedObjectType: customType(seat),
      traits: readTraits(seat),
    }
  })
}

function readFacts(walk: Walk, site: Site, fields: Drawn): ObjectFacts {
  const ownLabel = text(fields.label) ?? ''
  const local = point(fields.center) ?? centroid(elements(fields.points))
  return {
    ownLabel,
    ownDisplayLabel: text(fields.displayLabel) ?? ownLabel,
    location: locationAt(site, walk.lists, text(fields.zone)),
    entrance: text(fields.entrance) ?? site.entrance,
    category: categoryOf(fields, walk.lists, site.category),
    position: local && onFloor(site, local),
    displayedObjectType: customType(fields),
  }
}

/** The designer's own name for the kind. Drawings have `row` in rows that were never renamed. */
function customType(fields: Drawn): string | undefined {
  const type = text(fields.displayObjectType)
  return type === 'row' ? undefined : type
}

function occupancyOf(fields: Drawn, places: number): Occupancy {
  const variableOccupancy = flag(fields.variableOccupancy)
  return {
    variableOccupancy,
    minOccupancy: count(fields.minOccupancy) || 1,
    maxOccupancy: variableOccupancy ? (count(fields.maxOccupancy) ?? places) : undefined,
  }
}

function sharedCategory(seats: readonly SeatFacts[]): Category | undefined {
  const category = seats[0]?.category
  return seats.every((seat) => seat.category === category) ? category : undefined
}

/** The drawn objects in this array, as long as the walk has room. */
function counted(walk: Walk, value: unknown): Drawn[] {
  const found: Drawn[] = []
  for (const element of elements(value)) {
    const fields = drawn(element)
    if (!fields) continue
    if (!takeOne(walk)) break
    found.push(fields)
  }
  return found
}

/** Counts one element; says no, and marks the walk as cut short, once there is no room left. */
function takeOne(walk: Walk): boolean {
  if (walk.elementsLeft === 0) walk.isTruncated = true
  else walk.elementsLeft -= 1
  return !walk.isTruncated
}

function add(walk: Walk, read: ReadObjects): void {
  // Not `push(...objects)`: a long row would overflow the call stack.
  for (const object of read.objects) walk.objects.push(object)
  walk.onlooker?.objects(read)
}
