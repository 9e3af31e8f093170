import type { Scene, SceneObject } from '../scene/scene.ts'

/** Which seats can be had, and which are chosen. */
export interface Seats {
  readonly scene: Scene
  /** Free for this buyer, or chosen by them. */
  readonly isOpen: (object: SceneObject) => boolean
  readonly isChosen: (object: SceneObject) => boolean
}

/** Seats side by side that can be had, in the order of their row. */
export type Run = readonly SceneObject[]

/** The run that a seat is in; only the seat where it has no neighbours. */
export function runOf({ scene, isOpen }: Seats, seat: SceneObject): Run {
  const before: SceneObject[] = []
  const behind: SceneObject[] = []
  const seen = new Set([seat.index])
  const walk = (side: 'left' | 'right', found: SceneObject[]) => {
    let next = scene.objects[seat[side] ?? -1]
    // Rows around tables are rings.
    while (next !== undefined && !seen.has(next.index) && isOpen(next)) {
      seen.add(next.index)
      found.push(next)
      next = scene.objects[next[side] ?? -1]
    }
  }
  walk('left', before)
  walk('right', behind)
  return [...before.reverse(), seat, ...behind]
}

/** All runs there are. */
export function allRuns(seats: Seats): Run[] {
  const seen = new Set<number>()
  const runs: Run[] = []
  for (const object of seats.scene.objects) {
    if (object.kind !== 'seat' || seen.has(object.index) || !seats.isOpen(object)) continue
    const run = runOf(seats, object)
    for (const { index } of run) seen.add(index)
    runs.push(run)
  }
  return runs
}

/**
 * So many seats side by side, the wanted one among them: at an end of the run or with room for two beside them where that can be, and as
 * near around the wanted one as can be. Fewer where the run is shorter.
 */
export function seatsAround(seats: Seats, wanted: SceneObject, places: number): Run {
  const run = runOf(seats, wanted)
  const at = run.indexOf(wanted)
  const length = Math.min(places, run.length)
  const starts = Array.from({ length: run.length - length + 1 }, (_, start) => start).filter(
    (start) => start <= at && at < start + length,
  )
  const cost = (start: number) => {
    const lonely = [start, run.length - start - length].filter((left) => left === 1).length
    return lonely * 1_000 + Math.abs(start + (length - 1) / 2 - at)
  }
  const [best = at] = starts.sort((one, other) => cost(one) - cost(other))
  return run.slice(best, best + length)
}
