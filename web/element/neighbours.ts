import type { Scene, SceneObject } from '../scene/scene.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const ways: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}

/** What lies aside counts this much more than what lies ahead. */
const ASIDE = 2.5

/**
 * The object that an arrow key leads to: the neighbour in the row where that lies in the direction, else the nearest that may be
 * visited and lies more ahead than aside.
 */
export function nextObject(
  scene: Scene,
  from: number,
  { direction, mayVisit }: { direction: Direction; mayVisit: (index: number) => boolean },
): number | undefined {
  const start = scene.objects[from]
  if (start === undefined) return undefined
  const way = ways[direction]
  const inRow = alongRow(scene, start, { way, mayVisit })
  if (inRow !== undefined) return inRow
  let best: number | undefined
  let least = Infinity
  for (const object of scene.objects) {
    if (object.floor !== start.floor || object.index === from) continue
    const cost = costOf(start, object, way)
    if (cost < least && mayVisit(object.index)) {
      least = cost
      best = object.index
    }
  }
  return best
}

/** The first or last of its row that may be visited. */
export function endOfRow(
  scene: Scene,
  from: number,
  { end, mayVisit }: { end: 'left' | 'right'; mayVisit: (index: number) => boolean },
): number | undefined {
  const start = scene.objects[from]
  if (start === undefined) return undefined
  let found: number | undefined
  for (const object of rowFrom(scene, start, end)) if (mayVisit(object.index)) found = object.index
  return found
}

/** Where the keyboard begins: what the middle of the best view is nearest to, or the first of all. */
export function firstObject(
  scene: Scene,
  floor: number,
  mayVisit: (index: number) => boolean,
): number | undefined {
  let best: SceneObject | undefined
  for (const object of scene.objects) {
    if (object.floor !== floor || !mayVisit(object.index)) continue
    if (best === undefined || (object.distance ?? Infinity) < (best.distance ?? Infinity))
      best = object
  }
  return best?.index
}

function alongRow(
  scene: Scene,
  start: SceneObject,
  { way, mayVisit }: { way: readonly [number, number]; mayVisit: (index: number) => boolean },
): number | undefined {
  for (const side of ['left', 'right'] as const) {
    const next = scene.objects[start[side] ?? -1]
    if (next === undefined || !isAhead(start, next, way)) continue
    for (const object of rowFrom(scene, start, side)) {
      if (mayVisit(object.index)) return object.index
    }
  }
  return undefined
}

/** Its neighbours on one side, each once: rows may be rings. */
function* rowFrom(
  scene: Scene,
  start: SceneObject,
  side: 'left' | 'right',
): Generator<SceneObject> {
  const seen = new Set([start.index])
  let next = scene.objects[start[side] ?? -1]
  while (next !== undefined && !seen.has(next.index)) {
    seen.add(next.index)
    yield next
    next = scene.objects[next[side] ?? -1]
  }
}

function isAhead(from: SceneObject, to: SceneObject, way: readonly [number, number]): boolean {
  const [ahead, aside] = parts(from, to, way)
  return ahead > 0 && aside <= ahead
}

function costOf(from: SceneObject, to: SceneObject, way: readonly [number, number]): number {
  const [ahead, aside] = parts(from, to, way)
  return ahead > 0 && aside < 2 * ahead ? ahead + ASIDE * aside : Infinity
}

function parts(
  from: SceneObject,
  to: SceneObject,
  [x, y]: readonly [number, number],
): readonly [ahead: number, aside: number] {
  const dx = to.x - from.x
  const dy = to.y - from.y
  return [dx * x + dy * y, Math.abs(dx * y) + Math.abs(dy * x)]
}
