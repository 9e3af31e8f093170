// How much room a section has for its name, along the line on which it is written.

import type { Outline } from '../../scene/scene.ts'

export interface Line {
  readonly x: number
  readonly y: number
  /** Degrees, clockwise. */
  readonly angle: number
  /** Above and below the line; the room is free over all of this height. */
  readonly height: number
}

/** How far a text centred at a point may reach to both sides without leaving the outline; 0 where the point is outside. */
export function widthAt(outline: Outline, line: Line): number {
  const turned = turn(outline, line)
  const half = line.height / 2
  const reaches = [-half, 0, half].map((at) => reachAt(turned, at))
  return 2 * Math.min(...reaches)
}

/** The outline with the line as its x axis and the point as its origin. */
function turn(outline: Outline, { x, y, angle }: Line): number[] {
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const turned: number[] = []
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const dx = (outline[at] ?? 0) - x
    const dy = (outline[at + 1] ?? 0) - y
    turned.push(dx * cos + dy * sin, dy * cos - dx * sin)
  }
  return turned
}

/** The distance from the middle to the nearer wall at one height. */
function reachAt(outline: readonly number[], height: number): number {
  let left = -Infinity
  let right = Infinity
  for (let at = 0; at + 1 < outline.length; at += 2) {
    const before = at === 0 ? outline.length - 2 : at - 2
    const [x1, y1] = [outline[at] ?? 0, outline[at + 1] ?? 0]
    const [x2, y2] = [outline[before] ?? 0, outline[before + 1] ?? 0]
    if (y1 > height === y2 > height) continue
    const crossing = x1 + ((height - y1) * (x2 - x1)) / (y2 - y1)
    if (crossing <= 0) left = Math.max(left, crossing)
    else right = Math.min(right, crossing)
  }
  return Number.isFinite(left) && Number.isFinite(right) ? Math.min(-left, right) : 0
}
