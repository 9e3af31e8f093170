import type { Instant } from '../clock.ts'
import { EXTRA_DATA_BYTES_MAX, extraDataBytes, mergeExtraData } from './extra-data.ts'
import { rules, type Change, type SeatRefusalCode } from './machine.ts'
import {
  isLapsed,
  situationOf,
  type EventRef,
  type ExtraDataText,
  type SeatRow,
  type SeatState,
  type SeatStatus,
  type Target,
  type Viewer,
} from './seat.ts'

/** What must still be true of a row when its write applies: the version that was read, and a hold that is alive. */
export interface Guard {
  /** Undefined: the object must never have been touched. */
  readonly version: number | undefined
  /** Set where the change relies on a live hold: the moment that its deadline must lie after, and that deadline. */
  readonly hold?: { readonly after: Instant; readonly until: Instant }
}

/** An object that a change relies on without changing it. */
export interface SeatCheck {
  readonly event: EventRef
  readonly label: string
  readonly guard: Guard
}

export interface SeatWrite extends SeatCheck {
  readonly before: SeatState
  readonly after: SeatRow
}

/** One line of the audit log: what became of one object. */
export interface HistoryChange {
  readonly label: string
  readonly version: number
  readonly from: SeatStatus
  readonly to: SeatStatus
  readonly holdToken?: string
  readonly extraData?: ExtraDataText
}

/** What one operation did in one event. */
export interface HistoryEntry {
  readonly event: EventRef
  readonly operationId: string
  readonly at: Instant
  readonly kind: Change['kind'] | 'expire'
  readonly origin: 'API' | 'HOLD_EXPIRED'
  readonly changes: readonly HistoryChange[]
}

/** Which objects one hold or extend covers, and until when: a hint for finding them by token; rows decide. */
export interface HoldEntry {
  readonly event: EventRef
  readonly holdToken: string
  readonly operationId: string
  readonly labels: readonly string[]
  readonly until: Instant
  /** Who holds, where holds are counted by that: another entry is written under it. */
  readonly holder?: string
}

/** Guarded writes and checks that apply together or not at all. */
export interface Writes {
  /** Of the change, new with every attempt. */
  readonly operationId: string
  readonly seats: readonly SeatWrite[]
  readonly checks: readonly SeatCheck[]
  readonly history: readonly HistoryEntry[]
  readonly holds: readonly HoldEntry[]
}

export interface SeatRefusal {
  readonly eventId: string
  readonly label: string
  readonly code: SeatRefusalCode
}

export interface Decision {
  /** For the objects that allow the change. */
  readonly writes: Writes
  /** In the order of the targets; the caller of `decide` says whether one refusal refuses all. */
  readonly refusals: readonly SeatRefusal[]
}

export interface DecideInput {
  readonly targets: readonly Target[]
  readonly change: Change
  readonly now: Instant
  /** Fresh ids, rising: the expiry of lapsed holds comes before the change itself. */
  readonly operationIds: { readonly expiry: string; readonly change: string }
}

/** Turns what was read into new rows, history and hold entries, or refusals. Pure: knows no clock and awaits nothing. */
export function decide({ targets, change, now, operationIds }: DecideInput): Decision {
  const viewer = viewerOf(change)
  const stamp = { now, id: operationIds.change }
  const refusals: SeatRefusal[] = []
  const allowed: Target[] = []
  const seats: SeatWrite[] = []
  for (const target of targets) {
    const verdict = rules[change.kind][situationOf(target, viewer, now)]
    const write = writeFor(target, change, stamp)
    const { label } = target
    const { eventId } = target.event
    if (verdict !== 'yes') refusals.push({ eventId, label, code: verdict })
    else if (isOversize(write)) refusals.push({ eventId, label, code: 'extra-data-too-large' })
    else {
      allowed.push(target)
      seats.push(write)
    }
  }
  const lapsed = allowed.filter((target) => isLapsed(target.row, now))
  const history = [
    ...expiryHistory(lapsed, operationIds.expiry, now),
    ...changeHistory(seats, change, stamp),
  ]
  const holds = holdEntries(seats, change)
  return { writes: { operationId: stamp.id, seats, checks: [], history, holds }, refusals }
}

interface Stamp {
  readonly now: Instant
  readonly id: string
}

function viewerOf(change: Change): Viewer {
  switch (change.kind) {
    case 'hold':
      return {
        holdToken: change.holdToken,
        ...(change.categoryKey === undefined ? {} : { categoryKey: change.categoryKey }),
      }
    case 'extend':
    case 'book-held':
    case 'release-held':
      return { holdToken: change.holdToken }
    case 'release':
      return {}
  }
}

/** Taking a lapsed seat is two changes in one write: it expires, then it is taken. */
function writeFor(target: Target, change: Change, stamp: Stamp): SeatWrite {
  const { row } = target
  const lapsed = isLapsed(row, stamp.now)
  const before: SeatState = row === undefined || lapsed ? { status: 'free' } : row.state
  return {
    event: target.event,
    label: target.label,
    guard: guardFor(row, before, stamp.now),
    before,
    after: {
      version: (row?.version ?? 0) + (lapsed ? 2 : 1),
      state: stateAfter(before, change),
      changedAt: stamp.now,
      operationId: stamp.id,
    },
  }
}

/** Merging may exceed what neither part did. */
function isOversize({ after: { state } }: SeatWrite): boolean {
  if (state.status === 'free' || state.extraData === undefined) return false
  return extraDataBytes(state.extraData) > EXTRA_DATA_BYTES_MAX
}

function guardFor(row: SeatRow | undefined, before: SeatState, now: Instant): Guard {
  const guard = { version: row?.version }
  if (before.status !== 'held') return guard
  return { ...guard, hold: { after: now, until: before.heldUntil } }
}

function stateAfter(before: SeatState, change: Change): SeatState {
  const kept = before.status === 'free' ? undefined : before.extraData
  switch (change.kind) {
    case 'hold':
      return {
        status: 'held',
        holdToken: change.holdToken,
        heldUntil: change.until,
        ...withExtraData(change.extraData ?? kept),
      }
    case 'extend':
      return {
        status: 'held',
        holdToken: change.holdToken,
        heldUntil: change.until,
        ...withExtraData(kept),
      }
    case 'book-held':
      return { status: 'booked', ...withExtraData(mergeExtraData(kept, change.extraData)) }
    case 'release':
    case 'release-held':
      return { status: 'free' }
  }
}

function withExtraData(extraData: ExtraDataText | undefined): { extraData?: ExtraDataText } {
  return extraData === undefined ? {} : { extraData }
}

/** One entry an event; what a booking or release removes (the token) is kept here. */
function changeHistory(seats: readonly SeatWrite[], change: Change, stamp: Stamp): HistoryEntry[] {
  return byEvent(seats).map((ofEvent) => ({
    event: ofEvent[0].event,
    operationId: stamp.id,
    at: stamp.now,
    kind: change.kind,
    origin: 'API',
    changes: ofEvent.map(({ label, before, after }) => ({
      label,
      version: after.version,
      from: before.status,
      to: after.state.status,
      ...tokenOf(after.state, before),
      ...withExtraData(after.state.status === 'free' ? undefined : after.state.extraData),
    })),
  }))
}

function expiryHistory(lapsed: readonly Target[], id: string, now: Instant): HistoryEntry[] {
  return byEvent(lapsed).map((ofEvent) => ({
    event: ofEvent[0].event,
    operationId: id,
    at: now,
    kind: 'expire',
    origin: 'HOLD_EXPIRED',
    changes: ofEvent.map(({ label, row }) => ({
      label,
      version: (row?.version ?? 0) + 1,
      from: 'held',
      to: 'free',
      ...(row === undefined ? {} : tokenOf(row.state)),
    })),
  }))
}

function holdEntries(seats: readonly SeatWrite[], change: Change): HoldEntry[] {
  if (change.kind !== 'hold' && change.kind !== 'extend') return []
  return byEvent(seats).map((ofEvent) => ({
    event: ofEvent[0].event,
    holdToken: change.holdToken,
    operationId: ofEvent[0].after.operationId,
    labels: ofEvent.map(({ label }) => label),
    until: change.until,
  }))
}

function tokenOf(...states: readonly SeatState[]): { holdToken?: string } {
  const held = states.find((state) => state.status === 'held')
  return held === undefined ? {} : { holdToken: held.holdToken }
}

function byEvent<T extends { event: EventRef }>(items: readonly T[]): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(item.event.eventId)
    if (group === undefined) groups.set(item.event.eventId, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
