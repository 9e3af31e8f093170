import type { Answer, Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import type { Epoch } from './terms.ts'
import { epochsOf } from './terms-lines.ts'
import type { ObjectLine, State, Timeline, Touch } from './timeline.ts'

// What could be seen between a request and its answer.

/** An answer with its sending. */
export interface Answered extends Sending {
  readonly endedAt: number
  readonly answer: Answer
}

export interface Case {
  readonly record: RunRecord
  readonly timeline: Timeline
  readonly sending: Answered
  /** Operations and changes of tokens that this very sending committed. */
  readonly committed: readonly string[]
}

/** A state as it could be looked at, at a moment of the asker's clock. */
export interface Moment<Seen> {
  readonly state: Seen | undefined
  readonly now: number
}

/**
 * Every state that something was in between request and answer, by the clock of the process from then on. A state that was
 * read first and looked at later may have been replaced meanwhile, so a hold that was extended just then may pass for ended;
 * only an acceptance is guarded against that.
 */
export function momentsOf<Seen>(
  { startedAt, endedAt, offset }: Answered,
  changes: readonly { readonly after: Seen; readonly time: number }[],
): Moment<Seen>[] {
  const found: Moment<Seen>[] = []
  for (let at = -1; at < changes.length; at += 1) {
    const state = changes[at]?.after
    const from = Math.max(changes[at]?.time ?? -Infinity, startedAt)
    const to = Math.min(changes[at + 1]?.time ?? Infinity, endedAt)
    if (from > to) continue
    // The one thing that happens by itself is that a hold ends.
    found.push({ state, now: Math.floor(from + offset) })
    found.push({ state, now: Math.floor(endedAt + offset) })
  }
  return found
}

/** The same for an object. */
export function momentsAt({ sending }: Case, line: ObjectLine | undefined): Moment<State>[] {
  return momentsOf(sending, line?.changes ?? [])
}

/** What was in force at some moment between request and answer. */
export function epochsIn({ sending, timeline }: Case): Epoch[] {
  return epochsOf(timeline.terms, { from: sending.startedAt, to: sending.endedAt })
}

/** Somebody else was at it, or the store was in the way. */
export function isContended(
  { sending, record }: Case,
  line: { readonly touches: readonly Touch[] } | undefined,
): boolean {
  const { startedAt, endedAt, life } = sending
  const touches = line?.touches ?? []
  const isTouched = touches.some(({ time }) => time >= startedAt && time <= endedAt)
  const isLockedBefore = touches.filter(({ time }) => time < startedAt).at(-1)?.isLocked === true
  if (isTouched || isLockedBefore) return true
  return record.calls.some(
    ({ life: caller, sentAt, fate }) =>
      caller === life &&
      sentAt >= startedAt &&
      sentAt <= endedAt &&
      (fate.refusal !== undefined || fate.isLost),
  )
}
