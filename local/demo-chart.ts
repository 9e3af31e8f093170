/**
 * The chart that a fresh local product starts with: a theatre of some 3,000 seats. Everything is laid
 * out in rings around one point at the back of the stage, in chart units (a chair is 16 wide).
 */

/** A wedge of rows: from one angle to another, in degrees to the right of the middle. */
interface Block {
  readonly label: string
  readonly displayLabel: string
  readonly entrance: string
  readonly angles: readonly [from: number, to: number]
  readonly firstRadius: number
  readonly rows: number
  readonly category: number
  /** This many rows in front are sold in this category instead. */
  readonly front?: { readonly rows: number; readonly category: number }
}

const categories = [
  { key: 1, label: 'Premium', color: '#b3541e', accessible: false },
  { key: 2, label: 'Stalls', color: '#2f6f8f', accessible: false },
  { key: 3, label: 'Balcony', color: '#5b7f3a', accessible: false },
  { key: 4, label: 'Cabaret', color: '#7b4b94', accessible: false },
]

const stalls = { firstRadius: 400, rows: 20, category: 2 }
const balcony = { firstRadius: 1150, rows: 16, category: 3 }
const [left, middle, right] = [[-52, -22] as const, [-20, 20] as const, [22, 52] as const]
const blocks: readonly Block[] = [
  { label: 'SL', displayLabel: 'Stalls left', entrance: 'Door A', angles: left, ...stalls },
  {
    ...{ label: 'S', displayLabel: 'Stalls', entrance: 'Door B', angles: middle, ...stalls },
    front: { rows: 8, category: 1 },
  },
  { label: 'SR', displayLabel: 'Stalls right', entrance: 'Door C', angles: right, ...stalls },
  { label: 'BL', displayLabel: 'Balcony left', entrance: 'Door D', angles: left, ...balcony },
  {
    ...{ label: 'B', displayLabel: 'Balcony', entrance: 'Door E', angles: middle, ...balcony },
    front: { rows: 2, category: 1 },
  },
  { label: 'BR', displayLabel: 'Balcony right', entrance: 'Door F', angles: right, ...balcony },
]

const center = { x: 1320, y: 40 }
const tableAngles = [-40, -24, -8, 8, 24, 40]
const tableRadius = 310
const chairGap = 5
const rowStep = 30
const chairStep = 16 + chairGap

/** Draws the demo theatre; the same drawing every time. */
export function demoDrawing(): object {
  return {
    name: 'Harbour Theatre',
    version: 22,
    venueType: 'WITH_SECTIONS_AND_FLOORS',
    categories: { list: categories, maxCategoryKey: categories.length },
    tablesLabelCounter: tableAngles.length + 1,
    uuidCounter: 1,
    rowSpacing: rowStep - 16,
    rowChairSpacing: chairGap,
    colorScheme: 'light',
    sectionScaleFactor: 100,
    subChart: {
      ...emptyPlane,
      width: 2 * center.x,
      height: 1720,
      focalPoint: { x: center.x, y: center.y + 160 },
      tables: tableAngles.map((angle, index) => drawTable(`T${String(index + 1)}`, angle)),
      sections: blocks.map(drawBlock),
      shapes: [stage],
    },
  }
}

const emptyPlane = {
  snapOffset: { x: 0, y: 0 },
  rows: [],
  tables: [],
  booths: [],
  generalAdmissionAreas: [],
  sections: [],
  shapes: [],
  texts: [],
  icons: [],
  imageObjects: [],
}

const stage = {
  objectType: 'shape',
  type: 'rectangle',
  smartType: 'stage',
  icon: 'stage',
  label: 'Stage',
  labelSize: 24,
  center: { x: center.x, y: center.y + 90 },
  width: 300,
  height: 140,
  cornerRadius: 8,
  rotationAngle: 0,
  fillColor: '#d0d1d2',
  strokeColor: '#e8e8e9',
  strokeWidth: 0,
}

function drawBlock(block: Block): object {
  const { label, displayLabel, entrance, category } = block
  const outline = outlineOf(block)
  const topLeft = {
    x: Math.min(...outline.map(({ x }) => x)),
    y: Math.min(...outline.map(({ y }) => y)),
  }
  const rows = Array.from({ length: block.rows }, (_, row) => drawRow(block, row, topLeft))
  return {
    ...{ label, displayLabel, labelShown: true, labelSize: 40, categoryKey: category, entrance },
    points: outline,
    topLeft,
    subChart: { ...emptyPlane, width: 0, height: 0, rows },
  }
}

function drawRow(block: Block, row: number, topLeft: Point): object {
  const radius = block.firstRadius + row * rowStep
  const [from, to] = block.angles
  const seats = Math.floor((radius * radians(to - from)) / chairStep)
  const isDear = block.front !== undefined && row < block.front.rows
  return {
    objectType: 'row',
    displayObjectType: 'row',
    label: String.fromCharCode(65 + row),
    displayLabel: null,
    chairSpacing: chairGap,
    rotationAngle: 0,
    seats: Array.from({ length: seats }, (_, seat) => ({
      ...local(ring(radius, from + ((seat + 0.5) * (to - from)) / seats), topLeft),
      label: String(seat + 1),
      displayLabel: null,
      categoryKey: isDear ? block.front.category : null,
      ...(row === block.rows - 1 && besideTheDoor(seat, seats)),
      restrictedView: row < 2 && Math.abs(from + ((seat + 0.5) * (to - from)) / seats) > 49,
    })),
  }
}

/** In the last row, where the doors are, wheelchair places end the row and companions sit beside them. */
function besideTheDoor(seat: number, seats: number): object {
  const fromEnd = Math.min(seat, seats - 1 - seat)
  return { accessible: fromEnd === 0, companionSeat: fromEnd === 1 }
}

function drawTable(label: string, angle: number): object {
  const middle = ring(tableRadius, angle)
  const seats = Array.from({ length: 6 }, (_, seat) => {
    const turn = radians(seat * 60)
    const [x, y] = [middle.x + 27 * Math.sin(turn), middle.y - 27 * Math.cos(turn)]
    return { ...local({ x, y }, { x: 0, y: 0 }), label: String(seat + 1), categoryKey: 4 }
  })
  return {
    ...{ objectType: 'table', type: 'round', label, center: middle, radius: 15, rotationAngle: 0 },
    ...{ autoRadius: false, openSpaces: 0, bookAsAWhole: false, entrance: 'Door B', seats },
  }
}

/** The outline leaves half a row around the chairs: along the front arc, and back along the last. */
function outlineOf({ angles: [from, to], firstRadius, rows }: Block): Point[] {
  const steps = Array.from({ length: 9 }, (_, step) => from + ((to - from) * step) / 8)
  const front = firstRadius - rowStep / 2
  const back = front + rows * rowStep
  return [
    ...steps.map((angle) => ring(front, angle)),
    ...steps.toReversed().map((angle) => ring(back, angle)),
  ]
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The point this far from the centre, at this many degrees to the right of straight ahead. */
function ring(radius: number, angle: number): Point {
  const turn = radians(angle)
  return local(
    { x: center.x + radius * Math.sin(turn), y: center.y + radius * Math.cos(turn) },
    { x: 0, y: 0 },
  )
}

function local(point: Point, origin: Point): Point {
  return { x: twoDecimals(point.x - origin.x), y: twoDecimals(point.y - origin.y) }
}

function twoDecimals(value: number): number {
  return Math.round(value * 100) / 100
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
