import type { Point } from '../../lib/venue/chart.ts'
import type { Site } from '../../lib/venue/chart-site.ts'
import { drawn, elements, flag, number, text, type Drawn } from '../../lib/venue/drawing.ts'
import { boxOfShape } from './boxes.ts'
import { cssColor } from './colors.ts'
import { note } from './notes.ts'
import type { SceneText, Shape } from './scene.ts'
import { angleOf, lengthOf, placeOf, readShape } from './shapes.ts'
import { floorIndex, type Sketch } from './sketch.ts'

const TEXT_SIZE = 16

/** Sketches what of a plane is only looked at; images are left out and noted. */
export function sketchDecorations(sketch: Sketch, site: Site): void {
  const { shapes, texts, icons, imageObjects, backgroundImage } = site.plane
  for (const fields of each(shapes)) addShape(sketch, site, fields)
  for (const fields of each(texts)) addText(sketch, site, fields)
  for (const fields of each(icons)) addText(sketch, site, { ...fields, text: iconName(fields) })
  for (const fields of each(imageObjects)) note(sketch.notes, 'image-left-out', text(fields.label))
  const background = drawn(backgroundImage)
  if (background && background.showOnRenderedCharts !== false) note(sketch.notes, 'image-left-out')
}

function addShape(sketch: Sketch, site: Site, fields: Drawn): void {
  const center = centerOf(fields, site)
  const shape = readShape(fields, center, site.origin)
  const caption = captionOf(fields, center ?? (shape && middleOf(shape)))
  if (!shape && !caption) {
    note(sketch.notes, 'unknown-decoration', text(fields.label))
    return
  }
  sketch.decorations.push({
    floor: floorIndex(sketch, site),
    shape,
    fill: shape?.kind === 'line' ? undefined : cssColor(fields.fillColor),
    stroke: cssColor(fields.strokeColor),
    strokeWidth: Math.min(Math.max(number(fields.strokeWidth) ?? 0, 0), 1000),
    text: caption,
    isForeground: flag(fields.foreground),
  })
}

function addText(sketch: Sketch, site: Site, fields: Drawn): void {
  const words = text(fields.text) ?? text(fields.label)
  const center = centerOf(fields, site)
  if (!center || words === undefined) {
    note(sketch.notes, 'unknown-decoration', words)
    return
  }
  const size = lengthOf(fields.size) ?? lengthOf(fields.fontSize) ?? lengthOf(fields.labelSize)
  sketch.decorations.push({
    floor: floorIndex(sketch, site),
    shape: undefined,
    fill: undefined,
    stroke: undefined,
    strokeWidth: 0,
    text: {
      text: words,
      ...center,
      size: size ?? TEXT_SIZE,
      angle: angleOf(fields.rotationAngle),
      color: cssColor(fields.textColor) ?? cssColor(fields.color) ?? cssColor(fields.fillColor),
    },
    isForeground: flag(fields.foreground),
  })
}

/** What is written on a shape, moved as it was drawn. */
function captionOf(fields: Drawn, center: Point | undefined): SceneText | undefined {
  const words = text(fields.label)
  if (words === undefined || !center) return undefined
  return {
    text: words,
    x: center.x + (number(fields.labelHorizontalOffset) ?? 0),
    y: center.y + (number(fields.labelVerticalOffset) ?? 0),
    size: lengthOf(fields.labelSize) ?? TEXT_SIZE,
    angle: angleOf(fields.labelRotationAngle),
    color: cssColor(fields.textColor),
  }
}

/** Icons are told by their name: the pictures are the vendor's. */
function iconName(fields: Drawn): string | undefined {
  return text(fields.label) ?? text(fields.icon)?.replaceAll(/[-_]+/g, ' ')
}

function centerOf(fields: Drawn, { origin }: Site): Point | undefined {
  return placeOf(fields.center, origin) ?? placeOf(fields, origin)
}

function middleOf(shape: Shape): Point {
  const { minX, minY, maxX, maxY } = boxOfShape(shape)
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 }
}

function each(value: unknown): Drawn[] {
  return elements(value).flatMap((element) => drawn(element) ?? [])
}
