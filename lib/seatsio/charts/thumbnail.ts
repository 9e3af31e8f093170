import { newCanvas, paint, type Figure, type Point } from './picture/canvas.ts'
import { figuresOf } from './picture/figures.ts'
import { encodePng } from './picture/png.ts'

/** Size of the picture, in pixels. */
const WIDTH = 400
const HEIGHT = 300

/** Pixels that stay free on all sides. */
const MARGIN = 12

/** Pixels that a unit of the drawing has at most: a single seat does not fill the picture. */
const SCALE_MAX = 1.5

/** Radius of a disc in the picture, however small it is drawn. */
const RADIUS_MIN = 1

/** What a picture is. */
export const THUMBNAIL_TYPE = 'image/png'

/** Draws a drawing, given as JSON; one without anything in it is a white picture. */
export function drawThumbnail(drawing: string): Uint8Array {
  const figures = figuresOf(JSON.parse(drawing))
  const place = fit(figures)
  const canvas = newCanvas(WIDTH, HEIGHT)
  for (const figure of figures) paint(canvas, place(figure))
  return encodePng(canvas)
}

/** Fits figures into the picture, keeping their proportions. */
function fit(figures: readonly Figure[]): (figure: Figure) => Figure {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const figure of figures) {
    const [points, reach] =
      'outline' in figure ? [figure.outline, 0] : [[figure.center], figure.radius]
    for (const { x, y } of points) {
      left = Math.min(left, x - reach)
      right = Math.max(right, x + reach)
      top = Math.min(top, y - reach)
      bottom = Math.max(bottom, y + reach)
    }
  }
  const [width, height] = [Math.max(right - left, 1), Math.max(bottom - top, 1)]
  const scales = [(WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height, SCALE_MAX]
  const scale = Math.min(...scales)
  const move = ({ x, y }: Point) => ({
    x: WIDTH / 2 + (x - (left + right) / 2) * scale,
    y: HEIGHT / 2 + (y - (top + bottom) / 2) * scale,
  })
  return (figure) =>
    'outline' in figure
      ? { ...figure, outline: figure.outline.map(move) }
      : {
          ...figure,
          center: move(figure.center),
          radius: Math.max(figure.radius * scale, RADIUS_MIN),
        }
}
