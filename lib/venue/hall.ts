import { distanceBetween } from './chart-build.ts'
import type {
  Chart,
  ChartArea,
  ChartBooth,
  ChartObject,
  ChartSeat,
  ChartTable,
  Point,
  SeatParent,
} from './chart.ts'

/** A row, or a table with its seats around it, as its seats follow each other. */
export interface HallRow {
  readonly parent: SeatParent
  /** Place of the first seat in the walk through the chart; the others follow it. */
  readonly at: number
  readonly seats: readonly ChartSeat[]
}

/** What is no seat, with its place in the walk through the chart. */
export interface HallObject {
  readonly at: number
  readonly object: ChartTable | ChartBooth | ChartArea
}

/** How far everything is from where it is looked at. */
export interface Measure {
  /** By place in the walk, in whole thousandths of a unit: so that what lies like in a mirror is equally far. */
  readonly distances: Float64Array
  /** Places of rows in the hall: those that have the nearest seats first. */
  readonly rows: Int32Array
  /** Of each of those, in their order, how far its nearest seat is. */
  readonly nearest: Float64Array
}

/** A chart as whoever looks for the best places looks at it: once made, it serves all its events. */
export interface Hall {
  readonly rows: readonly HallRow[]
  readonly others: readonly HallObject[]
  /** By place in the walk: the place of the object's label among all labels. */
  readonly labels: Int32Array
  /** From the chart's own point, or without one as from that of the place. */
  readonly fromChart: Measure
  /** From the point of the place where an object stands: of its zone, its floor or its section. */
  readonly fromPlace: Measure
  /** Whether there is any point at all from which something can be measured. */
  readonly isMeasured: boolean
}

/** What cannot be measured, or lies beyond a million units, is as far as that. */
const FAR = 2 ** 30

const THOUSANDTHS = 1_000

/** Lays out a chart in rows, once for all requests. */
export function hallOf({ objects, focalPoint }: Pick<Chart, 'objects' | 'focalPoint'>): Hall {
  const rows: (HallRow & { readonly seats: ChartSeat[] })[] = []
  const others: HallObject[] = []
  let isMeasured = focalPoint !== undefined
  for (const [at, object] of objects.entries()) {
    isMeasured ||= object.distanceToFocalPoint !== undefined
    if (object.kind !== 'seat') {
      others.push({ at, object })
      continue
    }
    const last = rows.at(-1)
    if (last?.parent === object.parent) last.seats.push(object)
    else rows.push({ parent: object.parent, at, seats: [object] })
  }
  const fromPlace = measure(objects, rows, undefined)
  const fromChart = focalPoint === undefined ? fromPlace : measure(objects, rows, focalPoint)
  return { rows, others, labels: placesOfLabels(objects), fromChart, fromPlace, isMeasured }
}

/** The hall of a chart without objects. */
export const emptyHall: Hall = hallOf({ objects: [], focalPoint: undefined })

function measure(
  objects: readonly ChartObject[],
  rows: readonly HallRow[],
  point: Point | undefined,
): Measure {
  const distances = Float64Array.from(objects, (object) => distanceOf(object, point))
  const nearestIn = rows.map(({ at, seats }) =>
    distances.subarray(at, at + seats.length).reduce((least, one) => Math.min(least, one)),
  )
  const near = (row: number) => nearestIn[row] ?? 0
  const order = Int32Array.from(rows, (_, row) => row).sort((a, b) => near(a) - near(b) || a - b)
  return { distances, rows: order, nearest: Float64Array.from(order, near) }
}

/** From a point for all, or from that of the place where the object stands. */
function distanceOf(
  { position, location, distanceToFocalPoint }: ChartObject,
  point: Point | undefined,
): number {
  const isOwn = point === undefined || isSame(point, location.focalPoint)
  const distance = isOwn ? distanceToFocalPoint : position && distanceBetween(position, point)
  return distance === undefined ? FAR : Math.min(FAR, Math.round(distance * THOUSANDTHS))
}

function isSame(one: Point, other: Point | undefined): boolean {
  return one.x === other?.x && one.y === other.y
}

function placesOfLabels(objects: readonly ChartObject[]): Int32Array {
  const places = new Map<string, number>()
  for (const { label } of objects) if (!places.has(label)) places.set(label, places.size)
  return Int32Array.from(objects, ({ label }) => places.get(label) ?? 0)
}
