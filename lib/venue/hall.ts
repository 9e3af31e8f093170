import type {
  Chart,
  ChartArea,
  ChartBooth,
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

/** A chart as whoever looks for the best places looks at it: once made, it serves all its events. */
export interface Hall {
  readonly rows: readonly HallRow[]
  readonly others: readonly HallObject[]
  /** Of the chart as a whole. */
  readonly focalPoint: Point | undefined
  /** Whether there is any point at all from which something can be measured. */
  readonly isMeasured: boolean
}

/** The hall of a chart without objects. */
export const emptyHall: Hall = { rows: [], others: [], focalPoint: undefined, isMeasured: false }

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
  return { rows, others, focalPoint, isMeasured }
}
