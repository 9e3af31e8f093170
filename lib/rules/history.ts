import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { isSeasonChange, type Change } from './machine.ts'
import {
  statusWord,
  type EventRef,
  type ExtraDataText,
  type SeatState,
  type StatusWord,
} from './seat.ts'

/** One line of the audit log: what became of one object. */
export interface HistoryChange {
  readonly label: string
  readonly version: number
  readonly from: StatusWord
  readonly to: StatusWord
  /** The token that the request named. */
  readonly holdToken?: string
  /** The token that held the object, where the request named none: it is gone from the row by then. */
  readonly formerToken?: string
  readonly orderId?: string
  readonly extraData?: ExtraDataText
  /** Of an area: how many places, and in which block, whose version it is. */
  readonly quantity?: number
  readonly block?: number
  /** The status stayed, and no log shows it: it only raised the version. */
  readonly isSilent?: true
  /** More places of the change that the line before it tells, in another block. */
  readonly continues?: true
}

/** Who asked for an operation. */
export type Origin =
  { readonly type: 'API'; readonly ip?: string } | { readonly type: 'HOLD_EXPIRED' }

/** What one operation did in one event, in the order in which it did it. */
export interface HistoryEntry {
  readonly event: EventRef
  readonly operationId: string
  readonly at: Instant
  /** Of its first change. */
  readonly kind: Change['kind'] | 'expire'
  readonly origin: Origin
  /** Where the numbers of its lines start within its millisecond; random, so that operations of one moment seldom meet. */
  readonly start: number
  readonly changes: readonly HistoryChange[]
}

/** Numbers that the lines of one millisecond share. */
export const LINE_NUMBERS = 8_192

/** A change of one object as it is entered into history. */
export interface Line {
  readonly event: EventRef
  readonly kind: Change['kind'] | 'expire'
  readonly change: HistoryChange
}

/** The line for a change of one object; `before` is how it was at rest. */
export function lineOf(
  {
    event,
    label,
    before,
    after,
  }: {
    event: EventRef
    label: string
    before: SeatState
    after: { version: number; state: SeatState }
  },
  change: Change,
): Line {
  const { state, version } = after
  const named = 'holdToken' in change ? change.holdToken : undefined
  const former = named === undefined && before.status === 'held' ? before.holdToken : undefined
  const orderId = 'orderId' in change ? change.orderId : undefined
  return {
    event,
    kind: change.kind,
    change: {
      label,
      version,
      from: statusWord(before),
      to: statusWord(state),
      ...defined({ holdToken: named, formerToken: former, orderId, extraData: state.extraData }),
      ...(isSeasonChange(change) ? { isSilent: true as const } : {}),
    },
  }
}

/** What has happened to objects of events at one moment: first holds that had ended, then what was asked for. */
export interface HistoryMoment {
  readonly at: Instant
  readonly expired: readonly Line[]
  readonly changed: readonly Line[]
  readonly operationIds: { readonly expiry: string; readonly change: string }
  readonly origin: Origin
  /** A random number from 0 up to but not including 1. */
  readonly random: number
}

/** One entry for each event and operation, its lines in order and numbered one after the other. */
export function entriesOf(happened: HistoryMoment): HistoryEntry[] {
  const { at, expired, changed, operationIds, random } = happened
  const counts = new Map<string, number>()
  const count = ({ event: { eventId } }: Line) =>
    counts.set(eventId, (counts.get(eventId) ?? 0) + 1)
  for (const line of [...expired, ...changed]) count(line)
  const starts = new Map(
    [...counts].map(([eventId, lines]) => [eventId, Math.floor(random * (LINE_NUMBERS - lines))]),
  )
  const toEntries = (lines: readonly Line[], operationId: string, origin: Origin) =>
    groupByEvent(lines).map((ofEvent): HistoryEntry => {
      const [{ event, kind }] = ofEvent
      const start = starts.get(event.eventId) ?? 0
      starts.set(event.eventId, start + ofEvent.length)
      const changes = ofEvent.map(({ change }) => change)
      return { event, operationId, at, kind, origin, start, changes }
    })
  return [
    ...toEntries(expired, operationIds.expiry, { type: 'HOLD_EXPIRED' }),
    ...toEntries(changed, operationIds.change, happened.origin),
  ]
}

/** Groups by event, in order of first appearance. */
export function groupByEvent<T extends { readonly event: EventRef }>(
  items: readonly T[],
): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(item.event.eventId)
    if (group === undefined) groups.set(item.event.eventId, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
