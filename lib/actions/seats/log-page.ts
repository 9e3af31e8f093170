import type { EventHead } from '../../records/records.ts'
import type { StatusWord } from '../../rules/seat.ts'
import type { LogLine } from '../../store/seats/read-history.ts'
import type { Terms } from '../../venue/terms.ts'

/** What the log may be sorted by. */
export type LogOrder = 'date' | 'label' | 'status'

/** Which lines of an event's log. */
export interface LogRequest {
  readonly eventKey: string
  /** Of that object alone. */
  readonly label?: string
  /** Of objects whose label contains this. */
  readonly filter?: string
  readonly order: LogOrder
  /** What the caller calls a status, where that is what lines are sorted by. */
  readonly statusName?: (word: StatusWord) => string
  readonly isDescending: boolean
  readonly limit: number
  /** Lines after, or right before, the one of that number, in the order asked for. */
  readonly after?: number
  readonly before?: number
}

/** A page of an event's log, in the order asked for. */
export interface LogPage {
  readonly event: EventHead
  /** As they are now. */
  readonly terms: Terms
  readonly lines: readonly LogLine[]
  readonly hasMore: boolean
  readonly hasPrevious: boolean
}
