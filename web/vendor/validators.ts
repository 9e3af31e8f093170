import type { SelectionValidator } from '@seatsio/seatsio-types'
import type { SceneObject } from '../scene/scene.ts'
import { allRuns, runOf, type Run, type Seats } from './runs.ts'

/** What is judged: the hall, and how many places are chosen. */
export interface Judged extends Seats {
  readonly places: number
}

/** The names of the validators that this selection breaks. */
export function violationsOf(
  validators: readonly SelectionValidator[],
  judged: Judged,
): SelectionValidator['type'][] {
  return validators.flatMap((validator) => (isBroken(validator, judged) ? [validator.type] : []))
}

/** Whether a seat is left alone by what was chosen beside it. */
export function isOrphan(seats: Seats, seat: SceneObject): boolean {
  if (seat.kind !== 'seat' || seats.isChosen(seat) || !seats.isOpen(seat)) return false
  const beside = [seat.left, seat.right].map((index) => seats.scene.objects[index ?? -1])
  const isAlone = beside.every((next) => !next || !seats.isOpen(next) || seats.isChosen(next))
  return isAlone && beside.some((next) => next && seats.isChosen(next))
}

function isBroken(validator: SelectionValidator, judged: Judged): boolean {
  switch (validator.type) {
    case 'noOrphanSeats':
      return leavesOrphans(judged, validator)
    case 'consecutiveSeats':
      return !areConsecutive(judged)
    case 'minimumSelectedPlaces':
      return judged.places < validator.minimum
    case 'companionSeats':
      return validator.enabled !== false && lacksCompanion(judged)
    default:
      // What the vendor adds later is not judged.
      return false
  }
}

/** An orphan is forgiven where as many seats cannot be had anywhere without one, unless the page is strict. */
function leavesOrphans(judged: Judged, { mode }: { readonly mode?: string }): boolean {
  const chosen = chosenSeats(judged)
  const hasOrphans = judged.scene.objects.some((seat) => isOrphan(judged, seat))
  if (!hasOrphans || mode === 'strict') return hasOrphans
  // Where else they could sit is asked of the hall without this selection.
  return allRuns(judged).some((run) => hasRoomFor(run, chosen.length))
}

/** Whether so many fit without leaving one alone: all of a run, or with two left. */
function hasRoomFor(run: Run, places: number): boolean {
  return run.length === places || run.length >= places + 2
}

function areConsecutive(judged: Judged): boolean {
  const chosen = chosenSeats(judged)
  const [first] = chosen
  if (first === undefined) return true
  if (chosen.some(({ category }) => category !== first.category)) return false
  const isOpen = judged.isChosen
  return runOf({ ...judged, isOpen }, first).length === chosen.length
}

/** A seat for whoever accompanies somebody is sold with a seat for that somebody. */
function lacksCompanion(judged: Judged): boolean {
  const chosen = chosenSeats(judged)
  const isAccompanying = chosen.some(({ traits }) => traits?.isCompanionSeat === true)
  return isAccompanying && !chosen.some(({ traits }) => traits?.isAccessible === true)
}

function chosenSeats({ scene, isChosen }: Seats): SceneObject[] {
  return scene.objects.filter((object) => object.kind === 'seat' && isChosen(object))
}
