import type { Instant } from '../clock.ts'
import { stateAfter } from './apply-change.ts'
import { extraDataBytes } from './extra-data.ts'
import { lineOf, type Line } from './history.ts'
import {
  isStatusChange,
  ruleOf,
  rules,
  viewerOf,
  type Change,
  type SeatRefusalCode,
} from './machine.ts'
import { nameOf, type Guard, type RowCheck, type RowWrite } from './rows.ts'
import {
  atRest,
  isLapsed,
  isLive,
  isTaken,
  statusWord,
  type Mark,
  type SeatRow,
  type SeatState,
  type StatusWord,
} from './seat.ts'
import { effectiveState, situationsOf, type Target } from './situations.ts'
import { EXTRA_DATA_BYTES_MAX } from '../limits/limits.ts'

// Decides about objects that are sold as one: seats and booths, and tables and areas as a whole.

/** What a decision puts out for an object. */
export type SeatWrite = RowWrite<'seat'>

/** Objects as a decision changes them. */
export interface SeatWork {
  readonly now: Instant
  readonly operationIds: { readonly expiry: string; readonly change: string }
  /** By object, as they have become so far. */
  readonly seats: Map<string, SeatWrite>
  /** By object, those whose places a change takes under another label: they must stay free. */
  readonly checks: Map<string, RowCheck<'seat'>>
  readonly expired: Line[]
  readonly changed: Line[]
}

/** An object right after a change, or why it refuses it, and the status that it is in. */
export type SeatDecided =
  | { readonly target: Target; readonly before: SeatState; readonly after: SeatRow }
  | { readonly refused: SeatRefusalCode; readonly from: StatusWord }

/** Decides about one change of an object. */
export function decideSeat(work: SeatWork, read: Target, change: Change): SeatDecided {
  const { now, operationIds, seats, expired, changed } = work
  const { event, label } = read
  const name = nameOf(read)
  const former = seats.get(name)
  const target = asChanged(seats, read)
  const seenAt = change.kind === 'expire' ? BEGINNING : now
  const before = atRest(target.row, seenAt)
  const code = refusalOf(target, change, seenAt)
  const lapsed = isLapsed(target.row, seenAt)
  const after: SeatRow = {
    version: (target.row?.version ?? 0) + (lapsed ? 2 : 1),
    state: stateAfter(before, change, target.given),
    changedAt: now,
    operationId: operationIds.change,
    ...markOf(change),
  }
  const reason = code ?? (isOversize(after) ? 'extra-data-too-large' : undefined)
  if (reason !== undefined) {
    return { refused: reason, from: statusWord(effectiveState(target, seenAt)) }
  }
  if (lapsed) expired.push(expiryOf(target, before))
  changed.push(lineOf({ event, label, before, after }, change))
  const guard = guardFor(read.row, before, now)
  const first = former ?? { kind: 'seat', event, label, guard, before }
  seats.set(name, { ...first, after })
  if (after.state.status !== 'free' && !isTaken(before)) keepSharersFree(work, target)
  return { target, before, after }
}

/** The object and those that share its places, as the steps before have left them. */
function asChanged(seats: SeatWork['seats'], target: Target): Target {
  const { event, row, sharers } = target
  const rowNow = (label: string, read: SeatRow | undefined) =>
    seats.get(nameOf({ event, label }))?.after ?? read
  if (sharers === undefined) return { ...target, row: rowNow(target.label, row) }
  return {
    ...target,
    row: rowNow(target.label, row),
    sharers: sharers.map((sharer) => ({ ...sharer, row: rowNow(sharer.label, sharer.row) })),
  }
}

/**
 * Whoever takes places sees to it that they stay free under their other labels: those rows are checked. A lapsed hold there is ended
 * in the same commit, as that of the object itself would be: a clock that is behind may still take it for a live one, and must
 * find its row changed.
 */
function keepSharersFree(
  { now, operationIds, seats, checks, expired }: SeatWork,
  { event, sharers = [] }: Target,
): void {
  for (const { label, row } of sharers) {
    const name = nameOf({ event, label })
    const guard = { version: row?.version }
    if (row === undefined || !isLapsed(row, now)) {
      checks.set(name, { kind: 'seat', event, label, guard })
      continue
    }
    const state = atRest(row, now)
    const [version, operationId] = [row.version + 1, operationIds.expiry]
    const after = { version, state, changedAt: now, operationId, mark: 'expired' as const }
    const first = seats.get(name) ?? { kind: 'seat', event, label, guard, before: row.state }
    seats.set(name, { ...first, after })
    expired.push(expiryOf({ event, label, row }, state))
  }
}

/** To end a hold is one change of it, also once it has lapsed: whoever does that looks at it as it was stored. */
const BEGINNING = 0 as Instant

/** What the states before and after do not tell. */
function markOf({ kind }: Change): { mark?: Mark } {
  if (kind === 'expire') return { mark: 'expired' }
  return kind === 'extend' || kind === 'annotate' ? { mark: 'updated' } : {}
}

/** Undefined when the rule book says yes. */
function refusalOf(target: Target, change: Change, now: Instant): SeatRefusalCode | undefined {
  const own = atRest(target.row, now)
  const isStrict = isStatusChange(change) || change.kind === 'annotate'
  // What was taken before the chart lost it can be let go, and nothing else.
  const isLetGo = isRelease(change) && own.status !== 'free'
  if (isStrict && target.offer === undefined && !isLetGo) return 'unknown-object'
  if ((target.quantity ?? 1) > 1) return 'quantity-not-allowed'
  const word = statusWord(effectiveState(target, now))
  if (isStatusChange(change)) {
    const { allowedBefore = [word], rejectedBefore = [] } = change
    if (!allowedBefore.includes(word)) return 'previous-not-allowed'
    if (rejectedBefore.includes(word)) return 'previous-rejected'
  }
  // Of what the chart has lost only a status is left, and of a resale no situation that says so.
  if (isLetGo && target.offer === undefined && own.status === 'resale') return undefined
  const rule = rules[ruleOf(change)]
  for (const situation of situationsOf(target, viewerOf(change), now)) {
    const verdict = rule[situation]
    if (verdict !== 'yes') return verdict
  }
  return undefined
}

function isRelease({ kind }: Change): boolean {
  return kind === 'set-free' || kind === 'set-back'
}

/** Merging may exceed what neither part did. */
function isOversize({ state }: SeatRow): boolean {
  return state.extraData !== undefined && extraDataBytes(state.extraData) > EXTRA_DATA_BYTES_MAX
}

function guardFor(row: SeatRow | undefined, before: SeatState, now: Instant): Guard {
  const guard = { version: row?.version }
  if (before.status !== 'held' || !isLive(before, now)) return guard
  return { ...guard, hold: { after: now, until: before.heldUntil } }
}

/** Taking a lapsed seat is two changes in one write: it expires, then it is taken. */
function expiryOf(
  { event, label, row }: Pick<Target, 'event' | 'label' | 'row'>,
  after: SeatState,
): Line {
  const held = row?.state
  return {
    event,
    kind: 'expire',
    change: {
      label,
      version: (row?.version ?? 0) + 1,
      from: 'held',
      to: statusWord(after),
      ...(held?.status === 'held' ? { formerToken: held.holdToken } : {}),
    },
  }
}
