import type { Instant } from '../clock.ts'
import type { Change } from './machine.ts'
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
      ...(named === undefined ? {} : { holdToken: named }),
      ...(former === undefined ? {} : { formerToken: former }),
      ...(orderId === undefined ? {} : { orderId }),
      ...(state.extraData === undefined ? {} : { extraData: state.extraData }),
    },
  }
}

/** One entry for each event, its lines in order. */
export function entriesOf(
  lines: readonly Line[],
  operation: Pick<HistoryEntry, 'operationId' | 'at' | 'origin'> & { readonly random: number },
): HistoryEntry[] {
  const { random, ...rest } = operation
  return groupByEvent(lines).map((ofEvent) => ({
    event: ofEvent[0].event,
    ...rest,
    kind: ofEvent[0].kind,
    start: Math.floor(random * (LINE_NUMBERS - ofEvent.length)),
    changes: ofEvent.map(({ change }) => change),
  }))
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
