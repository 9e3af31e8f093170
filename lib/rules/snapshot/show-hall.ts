import type { Instant } from '../../clock.ts'
import {
  areasAfter,
  endedBy,
  letters,
  lettersAfter,
  type AreaNow,
  type Hall,
  type HallHold,
} from './hall.ts'
import type { KeptHall } from './encode-hall.ts'
import { changedSince } from './revisions.ts'

// What a browser is told: the whole, or what changed since what it has; and what will change by itself within the next seconds, so
// that it can do so at the very millisecond. Deadlines are applied when it is told.

/** A step by which what is told of coming ends moves on: a poll in between finds nothing new. */
const STEP_MS = 5_000

/** Coming ends that are told at once; of more, the next. */
export const ENDS_MAX = 500

/** What names what was told: the reading, how many of its holds were over, and how many ends had been told by then. */
export interface Told {
  readonly number: number
  readonly ended: number
  readonly told: number
}

/** A name in words, for clients to hand back; nothing can be read from it. */
export function nameOfTold({ number, ended, told }: Told): string {
  return `${number}.${ended}.${told}`
}

/** Reads a name; undefined where it is none. */
export function readTold(name: string): Told | undefined {
  const match = /^(\d{1,15})\.(\d{1,7})\.(\d{1,7})$/.exec(name)
  if (match === null) return undefined
  const [, number, ended, told] = match.map(Number)
  return { number: number ?? 0, ended: ended ?? 0, told: told ?? 0 }
}

/** How a hall is told at that moment. */
export function toldAt(hall: Pick<Hall, 'holds'>, number: number, now: Instant): Told {
  const ended = endedBy(hall, now)
  const soon = endedBy(hall, knownUntil(now))
  if (soon <= ended + ENDS_MAX) return { number, ended, told: soon }
  // Those that end together are told together.
  return { number, ended, told: endedBy(hall, hall.holds[ended + ENDS_MAX - 1]?.until ?? now) }
}

/** Until when coming ends are told at that moment: one to two steps ahead. */
export function knownUntil(now: Instant): Instant {
  return ((Math.floor(now / STEP_MS) + 2) * STEP_MS) as Instant
}

/** Objects by the letter that they have from now on, or from some moment on. */
export type Changes = Readonly<Record<string, readonly number[]>>

/** Objects that become something else at one moment, by themselves. */
export interface ComingEnd {
  readonly at: Instant
  readonly changes: Changes
  readonly areas: readonly AreaNow[]
}

/** A hall as it is shown: with all letters, or with what changed. */
export interface ShownHall {
  readonly told: Told
  readonly letters?: string
  readonly changes?: Changes
  /** All of them, or those that changed. */
  readonly areas: readonly AreaNow[]
  readonly ends: readonly ComingEnd[]
  /** The first moment at which something changes by itself. */
  readonly nextEnd: Instant | undefined
}

/** Shows a hall at that moment to whoever has what `since` names, or nothing. */
export function showHall(
  { hall, revisions }: KeptHall,
  { told, since }: { told: Told; since?: Told | undefined },
): ShownHall {
  const { number, ended } = told
  const areas = areasAfter(hall, ended)
  const common = { told, ends: endsBetween(hall, told), nextEnd: hall.holds[ended]?.until }
  const changed = since && changedSince(revisions, { number: since.number, newest: number })
  const all = lettersAfter(hall, ended)
  if (changed === undefined) return { ...common, letters: all, areas }
  const isSameReading = since?.number === number
  const over = hall.holds.slice(isSameReading ? since.ended : 0, ended)
  const indexes = new Set([...changed, ...over.map(({ index }) => index)])
  return {
    ...common,
    changes: byLetter(all, indexes, areas),
    areas: areas.filter(({ index }) => indexes.has(index)),
  }
}

/** An area changes its letter only with the drawing or the terms, and its numbers all the time: those are told apart. */
function byLetter(all: string, indexes: ReadonlySet<number>, areas: readonly AreaNow[]): Changes {
  const isArea = new Set(areas.map(({ index }) => index))
  const changes: Record<string, number[]> = {}
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const letter = all[index]
    if (letter === undefined || (isArea.has(index) && letter === letters.area)) continue
    ;(changes[letter] ??= []).push(index)
  }
  return changes
}

function endsBetween(hall: Hall, { ended, told }: Told): ComingEnd[] {
  const ends: ComingEnd[] = []
  const coming = hall.holds.slice(ended, told)
  for (let at = 0; at < coming.length;) {
    const until = coming[at]?.until
    if (until === undefined) break
    const together = coming.slice(at).findIndex((hold) => hold.until !== until)
    const next = together === -1 ? coming.length : at + together
    ends.push(endOf(hall, { until, holds: coming.slice(at, next), ended: ended + next }))
    at = next
  }
  return ends
}

function endOf(
  hall: Hall,
  { until, holds, ended }: { until: Instant; holds: readonly HallHold[]; ended: number },
): ComingEnd {
  const changes: Record<string, number[]> = {}
  const areas = new Set<number>()
  for (const { index, ofPool } of holds) {
    if (ofPool !== undefined) areas.add(index)
    else (changes[hall.letters[index] ?? ''] ??= []).push(index)
  }
  const after = areas.size === 0 ? [] : areasAfter(hall, ended)
  return { at: until, changes, areas: after.filter(({ index }) => areas.has(index)) }
}
