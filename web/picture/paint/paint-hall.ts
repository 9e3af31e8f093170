// The order of a hall, from the ground up.

import { paintDecorations, paintRowLabels } from './paint-decorations.ts'
import { paintOthers } from './paint-others.ts'
import { paintSeats } from './paint-seats.ts'
import { paintSectionNames, paintSections } from './paint-sections.ts'
import type { Painting, Steps } from './painting.ts'
import { toPixels } from '../pixels.ts'

/** Paints everything that touches the box. */
export function* paintHall(painting: Painting): Steps {
  const { brush, paint, box, view } = painting
  const ground = toPixels(box, view)
  brush.fillStyle = paint.background
  brush.fillRect(
    Math.floor(ground.minX),
    Math.floor(ground.minY),
    Math.ceil(ground.maxX) - Math.floor(ground.minX),
    Math.ceil(ground.maxY) - Math.floor(ground.minY),
  )
  yield* paintDecorations(painting, false)
  yield* paintSections(painting)
  yield* paintOthers(painting)
  yield* paintSeats(painting)
  yield* paintRowLabels(painting)
  yield* paintDecorations(painting, true)
  yield* paintSectionNames(painting)
}
