import { objectsOf, type Answer, type Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import { familyOf, sharersOf } from './tables.ts'
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

/** An object at a moment, with what shares its places at another: they are read together, and looked at again by ones. */
export interface Sight extends Moment<State> {
  readonly object: string
  readonly before: State | undefined
  readonly epoch: Epoch
  readonly family: ReadonlyMap<string, State | undefined>
}

/** Everything that an object, what is around it and what is said of it may have been together. */
export function sightsOf(it: Case, object: string): Sight[] {
  const moments = momentsAt(it, it.timeline.objects.get(object))
  let families: ReadonlyMap<string, State | undefined>[] = [new Map()]
  for (const name of familyOf(object)) {
    const states = new Set(momentsAt(it, it.timeline.objects.get(name)).map(({ state }) => state))
    families = families.flatMap((family) =>
      [...states].map((state) => new Map([...family, [name, state]])),
    )
  }
  return epochsIn(it).flatMap((epoch) =>
    families.flatMap((family) =>
      moments.map((moment) => ({ ...moment, object, before: moment.state, epoch, family })),
    ),
  )
}

/** What was in force at some moment between request and answer. */
export function epochsIn({ sending, timeline }: Case): Epoch[] {
  return epochsOf(timeline.terms, { from: sending.startedAt, to: sending.endedAt })
}

/** Whether an object may be called busy: somebody was at it, or at what some object of the request relies on. */
export function mayBeBusy(it: Case, object: string): boolean {
  const sharers = [...objectsOf(it.sending.asked), object].flatMap(sharersOf)
  return [object, ...sharers].some((name) => isContended(it, it.timeline.objects.get(name)))
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
