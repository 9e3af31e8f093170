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

const left = [-52, -22] as const
const middle = [-20, 20] as const
const right = [22, 52] as const

const stalls = { firstRadius: 400, rows: 20, category: 2 }
const balcony = { firstRadius: 1150, rows: 16, category: 3 }
const stallsFront = { rows: 8, category: 1 }
const balconyFront = { rows: 2, category: 1 }

const blocks: readonly Block[] = [
  block('SL', 'Stalls left', { ...stalls, angles: left, entrance: 'Door A' }),
  block('S', 'Stalls', { ...stalls, angles: middle, entrance: 'Door B', front: stallsFront }),
  block('SR', 'Stalls right', { ...stalls, angles: right, entrance: 'Door C' }),
  block('BL', 'Balcony left', { ...balcony, angles: left, entrance: 'Door D' }),
  block('B', 'Balcony', { ...balcony, angles: middle, entrance: 'Door E', front: balconyFront }),
  block('BR', 'Balcony right', { ...balcony, angles: right, entrance: 'Door F' }),
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

function block(label: string, displayLabel: string, rest: Omit<Block, 'label' | 'displayLabel'>) {
  return { label, displayLabel, ...rest }
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
  const points = outlineOf(block)
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const topLeft = { x: Math.min(...xs), y: Math.min(...ys) }
  return {
    label: block.label,
    displayLabel: block.displayLabel,
    labelShown: true,
    labelSize: 40,
    categoryKey: block.category,
    entrance: block.entrance,
    points,
    topLeft,
    subChart: {
      ...emptyPlane,
      width: twoDecimals(Math.max(...xs) - topLeft.x),
      height: twoDecimals(Math.max(...ys) - topLeft.y),
      rows: Array.from({ length: block.rows }, (_, row) => drawRow(block, row, topLeft)),
    },
  }
}

function drawRow(block: Block, row: number, topLeft: Point): object {
  const radius = block.firstRadius + row * rowStep
  const [from, to] = block.angles
  const length = Math.floor((radius * radians(to - from)) / chairStep)
  const isDear = block.front !== undefined && row < block.front.rows
  const categoryKey = isDear ? block.front.category : null
  const isLast = row === block.rows - 1
  return {
    objectType: 'row',
    displayObjectType: 'row',
    label: String.fromCharCode(65 + row),
    displayLabel: null,
    chairSpacing: chairGap,
    rotationAngle: 0,
    seats: Array.from({ length }, (_, seat) => {
      const angle = from + ((seat + 0.5) * (to - from)) / length
      const fromEnd = Math.min(seat, length - 1 - seat)
      return {
        ...local(ring(radius, angle), topLeft),
        label: String(seat + 1),
        displayLabel: null,
        categoryKey,
        // The doors are in the last row: wheelchair places end it, and companions sit beside them.
        accessible: isLast && fromEnd === 0,
        companionSeat: isLast && fromEnd === 1,
        restrictedView: row < 2 && Math.abs(angle) > 49,
      }
    }),
  }
}

function drawTable(label: string, angle: number): object {
  const center = ring(tableRadius, angle)
  const seats = Array.from({ length: 6 }, (_, seat) => {
    const turn = radians(seat * 60)
    const [x, y] = [center.x + 27 * Math.sin(turn), center.y - 27 * Math.cos(turn)]
    return { ...local({ x, y }, { x: 0, y: 0 }), label: String(seat + 1), categoryKey: 4 }
  })
  return {
    objectType: 'table',
    type: 'round',
    label,
    center,
    radius: 15,
    autoRadius: false,
    rotationAngle: 0,
    openSpaces: 0,
    bookAsAWhole: false,
    entrance: 'Door B',
    seats,
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
