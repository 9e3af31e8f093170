/**
 * Drawings for tests. They are plain objects in the form that designers save; give `extra` fields to
 * a builder to draw what it does not know.
 */

type Fields = Readonly<Record<string, unknown>>

export interface RowDrawingOptions {
  readonly rows?: number
  readonly seatsPerRow?: number
  /** Row labels start here: A, B, …, Z, AA. */
  readonly firstRow?: string
  readonly categoryKey?: number | string | null
  readonly categories?: readonly Fields[]
  readonly name?: string
  readonly focalPoint?: { readonly x: number; readonly y: number } | null
  /** Fields for the plane: tables, booths, sections and so on. */
  readonly plane?: Fields
}

/** Rows A, B, … of seats 1, 2, …, all in category 1, with a focal point in front: valid under every rule. */
export function rowDrawing(options: RowDrawingOptions = {}): object {
  const { rows = 2, seatsPerRow = 4, firstRow = 'A', categoryKey = 1 } = options
  const first = rowNumber(firstRow)
  const drawn = Array.from({ length: rows }, (_, index) =>
    drawRow(rowLabel(first + index), drawSeats(seatsPerRow, { y: 60 + index * 30, categoryKey })),
  )
  const middle = { x: ((seatsPerRow - 1) * 21) / 2, y: 0 }
  return drawChart(
    {
      focalPoint: options.focalPoint === undefined ? middle : options.focalPoint,
      rows: drawn,
      ...options.plane,
    },
    { name: options.name ?? 'Rows', ...(options.categories && { list: options.categories }) },
  )
}

/** A chart with this plane as its only one. */
export function drawChart(
  plane: Fields,
  { name = 'Chart', list = twoCategories, ...extra }: Fields = {},
): object {
  return {
    name,
    version: 22,
    venueType: 'SIMPLE',
    categories: { list, maxCategoryKey: 2 },
    subChart: drawPlane(plane),
    ...extra,
  }
}

/** A chart with these planes as its floors, named 1, 2, … */
export function drawFloors(planes: readonly Fields[], extra: Fields = {}): object {
  const subChartFloors = planes.map((plane, index) => ({
    ...drawPlane(plane),
    floorName: String(index + 1),
    floorDisplayName: `Floor ${String(index + 1)}`,
    ...plane,
  }))
  return drawChart({}, { subChart: undefined, subChartFloors, ...extra })
}

/** A plane with the arrays that designers write, empty where not given. */
export function drawPlane(plane: Fields = {}): object {
  return {
    width: 400,
    height: 300,
    snapOffset: { x: 0, y: 0 },
    focalPoint: null,
    rows: [],
    tables: [],
    booths: [],
    generalAdmissionAreas: [],
    sections: [],
    shapes: [],
    texts: [],
    icons: [],
    imageObjects: [],
    ...plane,
  }
}

/** A row of these seats. */
export function drawRow(label: unknown, seats: readonly unknown[], extra: Fields = {}): Fields {
  return { objectType: 'row', displayObjectType: 'row', label, displayLabel: null, seats, ...extra }
}

/** Seats 1, 2, … side by side from the left; fields given apply to each of them. */
export function drawSeats(count: number, extra: Fields = {}): Fields[] {
  return Array.from({ length: count }, (_, index) =>
    drawSeat(String(index + 1), { x: index * 21, ...extra }),
  )
}

/** A seat at 0, 60, in category 1, with nothing special. */
export function drawSeat(label: unknown, extra: Fields = {}): Fields {
  return { x: 0, y: 60, label, displayLabel: null, categoryKey: 1, ...extra }
}

/** A round table with seats around it, sold by seat. */
export function drawTable(label: unknown, seats: number, extra: Fields = {}): Fields {
  const center = { x: 60, y: 150 }
  const around = Array.from({ length: seats }, (_, index) => {
    const angle = (index / seats) * 2 * Math.PI
    const [x, y] = [center.x + 25 * Math.sin(angle), center.y - 25 * Math.cos(angle)]
    return drawSeat(String(index + 1), { x: twoDecimals(x), y: twoDecimals(y) })
  })
  return { objectType: 'table', type: 'round', label, center, radius: 14, seats: around, ...extra }
}

/** A booth in category 1. */
export function drawBooth(label: unknown, extra: Fields = {}): Fields {
  const center = { x: 360, y: 60 }
  return { objectType: 'booth', label, categoryKey: 1, center, width: 40, height: 30, ...extra }
}

/** A rectangular general admission area in category 1. */
export function drawArea(label: unknown, capacity: unknown, extra: Fields = {}): Fields {
  const box = { type: 'rectangle', center: { x: 200, y: 250 }, width: 120, height: 60 }
  return { objectType: 'generalAdmission', label, categoryKey: 1, capacity, ...box, ...extra }
}

/** A section with this plane in it, whose zero is at 300, 120 of the outer plane. */
export function drawSection(label: unknown, plane: Fields, extra: Fields = {}): Fields {
  const topLeft = { x: 300, y: 120 }
  return { label, categoryKey: null, topLeft, subChart: drawPlane(plane), ...extra }
}

export const twoCategories = [
  { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false },
  { key: 'lounge', label: 'Lounge', color: '#862e9c', accessible: true },
]

/** Rows of 40 seats in one section; drawn tersely, since 100,000 seats must fit into 4 MB. */
export function rowsOfForty(rows: number, section = 'S'): object {
  const seats = Array.from({ length: 40 }, (_, x) => ({ x, y: 0, label: String(x + 1) }))
  const drawn = Array.from({ length: rows }, (_, row) => ({ label: `R${row}`, seats }))
  return drawChart({ sections: [drawSection(section, { rows: drawn }, { categoryKey: 1 })] })
}

/**
 * One of each kind: row A of three, table T1 of two sold whole, table T2 of two sold by seat, booth
 * B1, area Pier of 25, and section East with row C of two that take category and entrance from it.
 */
export function quaysideDrawing(): object {
  const lounge = { categoryKey: 'lounge' }
  const row = drawRow(
    'A',
    [
      drawSeat('1', { x: 180 }),
      drawSeat('2', { x: 201 }),
      drawSeat('3', { x: 222, accessible: true }),
    ],
    { displayLabel: 'Front' },
  )
  const tables = [
    { label: 'T1', x: 60, bookAsAWhole: true },
    { label: 'T2', x: 130 },
  ].map(({ label, x, ...extra }) =>
    drawTable(label, 0, {
      center: { x, y: 150 },
      seats: [drawSeat('1', { x, y: 125, ...lounge }), drawSeat('2', { x, y: 175, ...lounge })],
      ...extra,
    }),
  )
  const eastRow = drawRow('C', [
    drawSeat('1', { x: 20, y: 30, categoryKey: null }),
    drawSeat('2', { x: 41, y: 30, categoryKey: null }),
  ])
  const plane = {
    focalPoint: { x: 200, y: 0 },
    rows: [row],
    tables,
    booths: [drawBooth('B1')],
    generalAdmissionAreas: [drawArea('Pier', 25)],
    sections: [drawSection('East', { rows: [eastRow] }, { categoryKey: 1, entrance: 'Gate 2' })],
  }
  return drawChart(plane, { name: 'Quayside', venueType: 'WITH_SECTIONS_AND_FLOORS' })
}

/** Row labels count in letters: A is row 0, Z row 25, AA row 26. */
function rowLabel(row: number): string {
  const last = String.fromCharCode(65 + (row % 26))
  return row < 26 ? last : rowLabel(Math.floor(row / 26) - 1) + last
}

function rowNumber(label: string): number {
  return Array.from(label).reduce((row, letter) => row * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100
}
