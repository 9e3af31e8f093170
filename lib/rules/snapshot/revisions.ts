import type { Instant } from '../../clock.ts'
import { endedBy, type Hall } from './hall.ts'

// What changed from one reading of an event to the next, by the places of its objects in the drawing: so whoever has an earlier
// revision is told no more than that.

/** One reading of an event that found something changed. */
export interface Revision {
  /** Of the reading before it. */
  readonly from: number
  /** Rises from one to the next. */
  readonly number: number
  /** Places of objects that are otherwise than in the revision before; rising. */
  readonly changed: readonly number[]
}

/** Revisions that are remembered: at one a second, whoever polls each few seconds is long among them. */
const REVISIONS_MAX = 60

/** Changed objects that are remembered, of all revisions together: with more, the whole is told in no more bytes. */
export const CHANGED_MAX = 3_000

/** Places of objects that differ between two readings of one drawing; rising. */
export function changedBetween(before: Hall, after: Hall): number[] {
  const [heldBefore, heldAfter] = [holdsByIndex(before), holdsByIndex(after)]
  const [areasBefore, areasAfter] = [areasByIndex(before), areasByIndex(after)]
  const changed: number[] = []
  for (let index = 0; index < after.letters.length; index += 1) {
    const isSame =
      before.letters[index] === after.letters[index] &&
      heldBefore.get(index) === heldAfter.get(index) &&
      areasBefore.get(index) === areasAfter.get(index)
    if (!isSame) changed.push(index)
  }
  return changed
}

/** What is held, and until when, by place: of an area, all of its holds. */
function holdsByIndex({ holds }: Hall): Map<number, string> {
  const byIndex = new Map<number, string>()
  for (const { index, until, ofPool } of holds) {
    const text = ofPool === undefined ? `${until}` : `${until} ${ofPool.pool} ${ofPool.places}`
    const former = byIndex.get(index)
    byIndex.set(index, former === undefined ? text : `${former}, ${text}`)
  }
  return byIndex
}

function areasByIndex({ areas }: Hall): Map<number, string> {
  return new Map(areas.map((area) => [area.index, JSON.stringify(area)]))
}

/** A hall as it is when what has ended by then is taken for ended. */
export function atRestBy(hall: Hall, now: Instant): Hall {
  const ended = endedBy(hall, now)
  const lost = hall.lost.filter(({ until }) => until === undefined || until > now)
  return { ...hall, holds: ended === 0 ? hall.holds : hall.holds.slice(ended), lost }
}

/** The revisions to remember after one more; the newest first, and as many as there is room for. */
export function withRevision(known: readonly Revision[], newest: Revision): readonly Revision[] {
  const kept: Revision[] = []
  let changed = 0
  for (const revision of [newest, ...known].slice(0, REVISIONS_MAX)) {
    changed += revision.changed.length
    if (changed > CHANGED_MAX) break
    kept.push(revision)
  }
  return kept
}

/** Places of what changed from the reading of that number to the newest; undefined where that is not known any more. */
export function changedSince(
  revisions: readonly Revision[],
  { number, newest }: { number: number; newest: number },
): ReadonlySet<number> | undefined {
  if (number === newest) return new Set()
  const first = revisions.findIndex(({ from }) => from === number)
  if (first === -1) return undefined
  return new Set(revisions.slice(0, first + 1).flatMap(({ changed }) => changed))
}
