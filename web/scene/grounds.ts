import {
  boxOfOutline,
  boxOfShape,
  boxOfText,
  clampOutline,
  emptyBox,
  grow,
  isFilled,
  isWithin,
  overlap,
  type GrowingBox,
} from './boxes.ts'
import { reachOf } from './reach.ts'
import type { Box, Decoration } from './scene.ts'
import { SEAT_RADIUS } from './shapes.ts'
import type { Sketch, SketchedObject } from './sketch.ts'

/** A floor while its things get their places. */
export interface Ground {
  /** Where things can be. */
  readonly reach: Box
  /** Around what has its place. */
  readonly box: GrowingBox
}

/** Objects without a place of their own stand this far apart, below everything else. */
const LOST_APART = 24
const LOST_IN_ROW_MIN = 20
const LOST_SIZE = 20

/** The floors of a sketch, each around what is sold on it and the outlines of its sections. */
export function groundsOf(sketch: Sketch): Ground[] {
  const lost = new Set(sketch.lost)
  const boxes = Array.from(sketch.floors, (): Box[] => [])
  for (const object of sketch.objects) if (!lost.has(object)) boxes[object.floor]?.push(object.box)
  for (const { floor, drawnOutline } of sketch.sections) {
    if (drawnOutline.length > 0) boxes[floor]?.push(boxOfOutline(drawnOutline))
  }
  return boxes.map((all) => ({ reach: reachOf(all), box: emptyBox() }))
}

/** Objects that are nowhere, or where nothing can be; the boxes of the floors grow around all others. */
export function findLost({ objects, lost }: Sketch, grounds: readonly Ground[]): SketchedObject[] {
  const unplaced = new Set(lost)
  return objects.filter((object) => {
    const ground = grounds[object.floor]
    if (!ground || unplaced.has(object) || !isWithin(ground.reach, object)) return true
    include(ground, object.box)
    return false
  })
}

/** Makes room for as much of a box as is within reach. */
export function include({ reach, box }: Ground, added: Box): void {
  const visible = overlap(added, reach)
  if (isFilled(visible)) grow(box, visible)
}

/** Makes room for an outline, of which no corner is beyond reach. */
export function includeOutline(ground: Ground, outline: readonly number[]): readonly number[] {
  const within = clampOutline(outline, ground.reach)
  include(ground, boxOfOutline(within))
  return within
}

/** Whether a decoration is within reach of what is sold; if so there is room for it. */
export function includeDecoration(ground: Ground, { shape, text }: Decoration): boolean {
  const box = shape ? boxOfShape(shape) : text && boxOfText(text)
  if (!box) return false
  const middle = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 }
  if (!isWithin(ground.reach, middle)) return false
  include(ground, box)
  return true
}

/** Stands objects that have no place in rows below everything else on their floor, so that they can be bought all the same. */
export function placeLost(lost: readonly SketchedObject[], grounds: readonly Ground[]): void {
  const byFloor = new Map<number, SketchedObject[]>()
  for (const object of lost) {
    const here = byFloor.get(object.floor)
    if (here) here.push(object)
    else byFloor.set(object.floor, [object])
  }
  for (const [floor, here] of byFloor) {
    const box = grounds[floor]?.box
    if (!box) continue
    const from = isFilled(box) ? { ...box } : { minX: 0, minY: 0, maxX: 0, maxY: 0 }
    const wide = Math.floor((from.maxX - from.minX) / LOST_APART)
    const inRow = Math.max(LOST_IN_ROW_MIN, Math.ceil(Math.sqrt(here.length)), wide)
    for (const [at, object] of here.entries()) {
      const x = from.minX + ((at % inRow) + 0.5) * LOST_APART
      const y = from.maxY + (Math.floor(at / inRow) + 1.5) * LOST_APART
      standAt(object, x, y)
      grow(box, object.box)
    }
  }
}

function standAt(object: SketchedObject, x: number, y: number): void {
  const size = { width: LOST_SIZE, height: LOST_SIZE, cornerRadius: 0, angle: 0 }
  object.x = x
  object.y = y
  object.shape =
    object.kind === 'seat'
      ? { kind: 'disc', x, y, radius: SEAT_RADIUS }
      : { kind: 'rectangle', x, y, ...size }
  object.box = boxOfShape(object.shape)
}
