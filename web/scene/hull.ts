import { boxOfOutline } from './boxes.ts'
import type { Box, Outline } from './scene.ts'

type Corner = readonly [x: number, y: number]

/** The tightest outline without dents around these boxes, with some room; nothing around none. */
export function hullOf(boxes: readonly Box[], room: number): Outline {
  const corners = boxes.flatMap(({ minX, minY, maxX, maxY }): Corner[] => [
    [minX - room, minY - room],
    [maxX + room, minY - room],
    [maxX + room, maxY + room],
    [minX - room, maxY + room],
  ])
  const sorted = corners.sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
  // Without their last corner, which the other half begins with.
  return [...halfHull(sorted), ...halfHull(sorted.reverse())].flat()
}

function halfHull(sorted: readonly Corner[]): Corner[] {
  const hull: Corner[] = []
  for (const corner of sorted) {
    while (hull.length > 1 && !turns(hull.at(-2), hull.at(-1), corner)) hull.pop()
    hull.push(corner)
  }
  return hull.slice(0, -1)
}

function turns(a: Corner = [0, 0], b: Corner = [0, 0], c: Corner): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}

/** The middle of the box around an outline. */
export function middleOf(outline: Outline): { x: number; y: number } {
  const { minX, minY, maxX, maxY } = boxOfOutline(outline)
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 }
}
