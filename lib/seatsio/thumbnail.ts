import { crc32, deflateSync } from 'node:zlib'
import { readChart } from '../inventory/chart.ts'

// A small picture of a drawing: each object of its first floor a dot in the colour of its category.

/** Size of the picture, in pixels. */
const WIDTH = 400
const HEIGHT = 300

/** Pixels that stay free on all sides. */
const MARGIN = 12

/** Radius of a dot in the drawing, and its bounds in the picture. */
const DOT_UNITS = 8
const DOT_PIXELS_MIN = 1
const DOT_PIXELS_MAX = 10

const GREY: Color = [173, 181, 189]

type Color = readonly [red: number, green: number, blue: number]

interface Dot {
  readonly x: number
  readonly y: number
  readonly color: Color
}

/** Draws a drawing, given as JSON; one without objects is a white picture. */
export function drawThumbnail(drawing: string): { bytes: Uint8Array; mediaType: string } {
  const canvas = Buffer.alloc(WIDTH * HEIGHT * 3, 255)
  const { dots, radius } = place(dotsOf(drawing))
  for (const dot of dots) drawDot(canvas, dot, radius)
  return { bytes: encodePng(canvas), mediaType: 'image/png' }
}

function dotsOf(drawing: string): Dot[] {
  const { objects, floors } = readChart(JSON.parse(drawing))
  const [ground] = floors
  return objects.flatMap(({ position, category, location }) => {
    if (position === undefined || location.floor?.name !== ground?.name) return []
    return [{ ...position, color: readColor(category?.color ?? '') }]
  })
}

/** Colours by name are drawn grey. */
function readColor(text: string): Color {
  const [, short] = /^#([0-9a-f]{3})$/i.exec(text) ?? []
  const long = short?.replace(/./g, '$&$&') ?? /^#([0-9a-f]{6})/i.exec(text)?.[1]
  if (long === undefined) return GREY
  const value = Number.parseInt(long, 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** Fits the dots into the picture, keeping their proportions. */
function place(dots: readonly Dot[]): { dots: Dot[]; radius: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of dots) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const [width, height] = [Math.max(right - left, 1), Math.max(bottom - top, 1)]
  const scale = Math.min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height)
  const placed = dots.map(({ x, y, color }) => ({
    x: WIDTH / 2 + (x - (left + right) / 2) * scale,
    y: HEIGHT / 2 + (y - (top + bottom) / 2) * scale,
    color,
  }))
  const radius = Math.min(Math.max(DOT_UNITS * scale, DOT_PIXELS_MIN), DOT_PIXELS_MAX)
  return { dots: placed, radius }
}

function drawDot(canvas: Buffer, { x, y, color }: Dot, radius: number): void {
  for (let row = Math.floor(y - radius); row <= y + radius; row += 1) {
    for (let column = Math.floor(x - radius); column <= x + radius; column += 1) {
      const isInside = (column - x) ** 2 + (row - y) ** 2 <= radius ** 2
      const isOnCanvas = column >= 0 && row >= 0 && column < WIDTH && row < HEIGHT
      if (isInside && isOnCanvas) canvas.set(color, (row * WIDTH + column) * 3)
    }
  }
}

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/** Eight bits a channel, red, green and blue, no interlace. */
const HEADER_FORM = [8, 2, 0, 0, 0]

function encodePng(canvas: Buffer): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set(HEADER_FORM, 8)
  const rows = Array.from({ length: HEIGHT }, (_, row) => [
    // Every row says first that it is not filtered.
    Buffer.from([0]),
    canvas.subarray(row * WIDTH * 3, (row + 1) * WIDTH * 3),
  ])
  const data = deflateSync(Buffer.concat(rows.flat()))
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND')])
}

function chunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
