import type { Instant } from '../clock.ts'

/** What the log of a company tells. */
export const loggedKinds = [
  'chart-created',
  'chart-published',
  'event-categories-changed',
  'event-tables-changed',
  'event-channels-changed',
  'event-sale-changed',
] as const

export type LoggedKind = (typeof loggedKinds)[number]

/** One line of a company's log: what happened to a chart or an event of one of its workspaces. */
export interface LoggedLine {
  readonly companyId: string
  /** Its number, which rises with time. */
  readonly serial: number
  readonly at: Instant
  readonly kind: LoggedKind
  readonly workspaceKey: string
  /** Of the chart or the event, as it was called then. */
  readonly key: string
}
