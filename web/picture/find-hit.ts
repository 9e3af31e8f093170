// What is under the pointer: what a person sees there, seats only where they can be told apart.

import type { Scene, SceneObject, SceneSection } from '../scene/scene.ts'
import type { FloorIndex } from './index-scene.ts'
import { boxAround } from './index-scene.ts'
import type { Level } from './level.ts'
import type { Hit, Looks } from './picture.ts'
import { isInOutline, isInside } from './shapes.ts'

/** Booths and areas below this many pixels are not picked from afar. */
const OBJECT_PIXELS_MIN = 12

export interface Pointing {
  readonly scene: Scene
  readonly floor: FloorIndex
  readonly looks: Looks
  readonly level: Level
  readonly k: number
}

/** What a point of the drawing hits; `near` is how far beside a seat still counts, in units of the drawing. */
export function findHit(
  pointing: Pointing,
  at: { readonly x: number; readonly y: number },
  near: number,
): Hit | undefined {
  const { floor, level } = pointing
  const section = level.isClose ? undefined : sectionAt(floor, at, near)
  if (section) return { kind: 'section', index: section.index }
  const found = (level.isClose ? seatAt(pointing, at, near) : undefined) ?? otherAt(pointing, at)
  return found && { kind: 'object', index: found.index }
}

/** The section there, else one that is near. */
function sectionAt(
  { sections }: FloorIndex,
  { x, y }: { readonly x: number; readonly y: number },
  near: number,
): SceneSection | undefined {
  const places = [
    [x, y],
    [x - near, y],
    [x + near, y],
    [x, y - near],
    [x, y + near],
  ] as const
  for (const [right, down] of places) {
    const found = sections.findLast(({ outline }) => isInOutline(outline, right, down))
    if (found) return found
  }
  return undefined
}

function seatAt(
  { scene, floor, looks }: Pointing,
  at: { readonly x: number; readonly y: number },
  near: number,
): SceneObject | undefined {
  let best: SceneObject | undefined
  let bestDistance = Infinity
  for (const index of floor.seats(boxAround(at, near))) {
    const seat = scene.objects[index]
    if (!seat || !isPickable(looks, index) || !isInside(seat.shape, at, near)) continue
    const distance = Math.hypot(seat.x - at.x, seat.y - at.y)
    if (distance < bestDistance) [best, bestDistance] = [seat, distance]
  }
  return best
}

/** The one on top, which is drawn last. */
function otherAt(
  { scene, floor, looks, k, level }: Pointing,
  at: { readonly x: number; readonly y: number },
): SceneObject | undefined {
  const found = floor.others(boxAround(at, 0)).filter((it) => {
    const object = scene.objects[it]
    if (!object || !isPickable(looks, it) || !isInside(object.shape, at)) return false
    return level.isClose || sizeOf(object) * k >= OBJECT_PIXELS_MIN
  })
  return scene.objects[Math.max(-1, ...found)]
}

function sizeOf({ box }: SceneObject): number {
  return Math.min(box.maxX - box.minX, box.maxY - box.minY)
}

function isPickable(looks: Looks, index: number): boolean {
  const { state } = looks.of(index)
  return state !== 'hidden' && state !== 'unsold'
}
