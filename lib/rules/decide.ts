import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { AreaTarget, BlockTarget } from './area/area-target.ts'
import { blockWrites } from './area/block-work.ts'
import { planWrites, type AreaWork } from './area/area-work.ts'
import { decideArea, type AreaAfter } from './area/decide-area.ts'
import { decideBlock } from './area/decide-block.ts'
import { decideSeat, type SeatWork } from './decide-seat.ts'
import { entriesOf, type Origin } from './history.ts'
import { holdEntries } from './hold-entries.ts'
import type { Change, SeatRefusalCode } from './machine.ts'
import type { Writes } from './rows.ts'
import { folded } from './season/season-work.ts'
import type { ShownState } from './season/shown-state.ts'
import type { SeatRow, SeatState, StatusWord } from './seat.ts'
import type { Target } from './situations.ts'

export interface SeatRefusal {
  readonly eventId: string
  readonly label: string
  readonly code: SeatRefusalCode
  /** The status that the object is in, where that is why. */
  readonly from?: StatusWord
  /** Of an area that has not so many places: how many there are to be had. */
  readonly left?: number
  /** Place of the step among the steps of the request. */
  readonly step?: number
}

/** One change of some objects. */
export interface Step {
  readonly targets: readonly AnyTarget[]
  readonly change: Change
}

/** What a change may be of: an object that is sold as one, places of an area, or what a token holds in one block of it. */
export type AnyTarget = Target | AreaTarget | BlockTarget

/** An object right after a step, with what it was read as. */
export interface ObjectAfterStep {
  readonly target: Target
  readonly before: SeatState
  readonly after: SeatRow
  /** Where that depends on a season: how it is shown. */
  readonly shown?: ShownState
}

/** An area right after a step, with what it was read as. */
export interface AreaAfterStep {
  readonly target: AreaTarget
  readonly area: AreaAfter
}

/** What a step made of one of its targets. */
export type AfterStep = ObjectAfterStep | AreaAfterStep

export interface Decision {
  /** For what allows the change: each object and block once, in order of first appearance; lapsed holds of what shares places with an object are ended besides. */
  readonly writes: Writes
  /** In the order of the steps and their targets; the caller says whether one refusal refuses all. */
  readonly refusals: readonly SeatRefusal[]
  /** For each step, its objects and areas as they are right after it. */
  readonly results: readonly (readonly AfterStep[])[]
  /** Nothing is decided: of the areas all blocks must be read, or anew, or more of a season. */
  readonly isUnread: boolean
}

export interface DecideInput {
  readonly steps: readonly Step[]
  readonly now: Instant
  /** Fresh ids, rising: the expiry of lapsed holds comes before the change itself. */
  readonly operationIds: { readonly expiry: string; readonly change: string }
  readonly origin: Origin
  /** A random number from 0 up to but not including 1. */
  readonly random: number
}

/**
 * Turns what was read into new rows, history and hold entries, or refusals. Steps apply in order, each to what the ones before
 * made of its objects. Pure: knows no clock and awaits nothing.
 */
export function decide(input: DecideInput): Decision {
  const { steps, now, operationIds, origin, random } = input
  const [expired, changed, refusals]: [Work['expired'], Work['changed'], SeatRefusal[]] = [
    [],
    [],
    [],
  ]
  const work: Work = {
    now,
    operationIds,
    operationId: operationIds.change,
    seats: new Map(),
    checks: new Map(),
    seasons: new Map(),
    seasonChecks: new Map(),
    blocks: new Map(),
    plans: new Map(),
    expired,
    changed,
    refusals,
  }
  let isUnread = false
  const results = steps.map((step, place) =>
    step.targets.flatMap((target) => {
      const after = decideOne(work, target, { change: step.change, place })
      if (after === 'unread') isUnread = true
      return after === undefined || after === 'unread' ? [] : after
    }),
  )
  const history = entriesOf({ at: now, expired, changed, operationIds, origin, random })
  const { seats, checks } = work
  const season = folded(work)
  const blocks = blockWrites(work)
  // The guard of a row that is written says as much.
  const kept = [...checks].flatMap(([name, check]) => (seats.has(name) ? [] : [check]))
  const writes = {
    operationId: operationIds.change,
    rows: [...season.seats, ...season.seasons, ...blocks, ...planWrites(work)],
    checks: [...kept, ...season.checks],
    history,
    holds: holdEntries([...seats.values(), ...blocks], operationIds.change),
  }
  return { writes, refusals, results, isUnread }
}

type Work = SeatWork & AreaWork & { readonly refusals: SeatRefusal[] }

/** Undefined where the target refuses, and of what has no more to be told. */
function decideOne(
  work: Work,
  target: AnyTarget,
  { change, place }: { change: Change; place: number },
): AfterStep | 'unread' | undefined {
  const decided = decideAny(work, target, change)
  if (decided === undefined || decided === 'unread' || 'target' in decided) return decided
  const { eventId } = target.event
  work.refusals.push({ eventId, label: target.label, ...decided, step: place })
  return undefined
}

function decideAny(
  work: Work,
  target: AnyTarget,
  change: Change,
): AfterStep | 'unread' | Pick<SeatRefusal, 'code' | 'from' | 'left'> | undefined {
  if ('block' in target) {
    return decideBlock(work, target, change) ? undefined : { code: 'not-held-by-token' }
  }
  if (!('area' in target)) {
    const decided = decideSeat(work, target, change)
    if (decided === 'unread') return decided
    return 'refused' in decided ? { code: decided.refused, from: decided.from } : decided
  }
  const decided = decideArea(work, target, change)
  if (decided.status === 'unread') return decided.status
  if (decided.status === 'done') return { target, area: decided.after }
  const { code, from, left } = decided
  return { code, from, ...defined({ left }) }
}
