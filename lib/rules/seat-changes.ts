import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import type { HistoryChange } from './history.ts'
import type { NoticeType } from './notice.ts'
import {
  atRest,
  isLapsed,
  statusWord,
  type ExtraDataText,
  type SeatRow,
  type SeatState,
  type StatusWord,
} from './seat.ts'

/** One change of an object: it raised the version by one. */
export interface SeatChange extends Holding {
  readonly type: NoticeType
  readonly version: number
  readonly at: Instant
  readonly operationId: string
  readonly from: StatusWord
  readonly to: StatusWord
  /** Of places of an area: how many. */
  readonly quantity?: number
}

/** Whose the object is after a change; where it was let go, whose it was. */
interface Holding {
  readonly holdToken?: string
  readonly heldUntil?: Instant
  readonly orderId?: string
  readonly ticketType?: string
  readonly extraData?: ExtraDataText
}

/**
 * Whether one write made more changes of an object than its rows before and after tell: several steps of one request changed
 * it. What happened in between is in the history of the operation.
 */
export function needsHistory(before: SeatRow | undefined, after: SeatRow): boolean {
  return after.version - versionAtRest(before, after) > 1
}

/**
 * Every change between two rows of an object of which the second replaced the first, each once and in order: a lapsed hold
 * that was taken has expired before. None where the version stayed. `lines` are what history tells of the object's changes in
 * that operation, where `needsHistory` asks for them.
 */
export function changesBetween(
  before: SeatRow | undefined,
  after: SeatRow,
  lines: readonly HistoryChange[] = [],
): SeatChange[] {
  if (after.version <= (before?.version ?? 0)) return []
  const { changedAt: at, operationId, state, version, mark } = after
  const common = { at, operationId }
  const first = versionAtRest(before, after)
  const stored: SeatState = before?.state ?? { status: 'free' }
  const rested = mark === 'expired' ? stored : atRest(before, at)
  const expired: SeatChange[] = []
  if (first > (before?.version ?? 0)) {
    const to = statusWord(rested)
    const change = { type: EXPIRED, version: first, from: 'held', to } as const
    expired.push({ ...common, ...formerlyOf(stored), ...holdingOf(rested), ...change })
  }
  const between = lines.filter((line) => line.version > first && line.version < version)
  const last = lines.find((line) => line.version === version)
  const from = last?.from ?? statusWord(rested)
  const to = statusWord(state)
  const type = mark === undefined ? typeOf(from, to, isReturn(rested)) : MARKED[mark]
  const former = last === undefined ? beforeChange(type, rested) : tokenIn(last)
  return [
    ...expired,
    ...between.map((line) => ({ ...common, ...ofLine(line) })),
    { ...common, ...former, ...holdingOf(state), type, version, from, to },
  ]
}

const EXPIRED = 'seat.hold_expired'
/** What changes are called that the states before and after do not tell apart from others. */
export const MARKED = { expired: EXPIRED, updated: 'seat.updated' } as const

/** The version from which on the operation changed the object: a lapsed hold expires first, unless that is the change. */
function versionAtRest(before: SeatRow | undefined, after: SeatRow): number {
  const version = before?.version ?? 0
  return after.mark !== 'expired' && isLapsed(before, after.changedAt) ? version + 1 : version
}

function ofLine(line: HistoryChange): Omit<SeatChange, 'at' | 'operationId'> {
  const { version, from, to, orderId, extraData } = line
  return {
    type: line.isSilent === true ? MARKED.updated : typeOf(from, to, false),
    version,
    from,
    to,
    ...tokenIn(line),
    ...defined({ orderId, extraData }),
  }
}

function tokenIn({ holdToken, formerToken }: HistoryChange): Holding {
  const token = holdToken ?? formerToken
  return defined({ holdToken: token })
}

/** What was taken is told with what it had; a change of hands only with the token that had it. */
function beforeChange(type: NoticeType, state: SeatState): Holding {
  return type === 'seat.released' || type === EXPIRED ? formerlyOf(state) : tokenOf(state)
}

function formerlyOf(state: SeatState): Holding {
  const { heldUntil, ...rest } = holdingOf(state)
  return rest
}

function tokenOf(state: SeatState): Holding {
  return state.status === 'held' ? { holdToken: state.holdToken } : {}
}

function holdingOf(state: SeatState): Holding {
  const { orderId, ticketType, extraData } = state
  return {
    ...tokenOf(state),
    ...(state.status === 'held' ? { heldUntil: state.heldUntil } : {}),
    ...defined({ orderId, ticketType, extraData }),
  }
}

/** Whether an object that is let go returns to a resale. */
function isReturn(before: SeatState): boolean {
  return 'returnsTo' in before
}

/** What a change of status is called. What was taken and can be bought again was released. */
export function typeOf(from: StatusWord, to: StatusWord, returns: boolean): NoticeType {
  if (to === 'held') return 'seat.held'
  if (to === 'booked') return 'seat.booked'
  const wasTaken = from !== 'free' && from !== 'resale'
  const isLetGo = to === 'free' || (to === 'resale' && returns)
  return wasTaken && isLetGo ? 'seat.released' : 'seat.status_changed'
}
