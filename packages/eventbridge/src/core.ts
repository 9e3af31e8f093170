import { operationsOn } from '@holdfast/embedded/operation'
import type { Sqs } from '@holdfast/sqs/core'
import type { EventBus } from './buses.ts'

/** The state of EventBridge: its buses, and the queues that its rules put events in. What a call makes of both is kept together. */
export interface EventBridge extends Sqs {
  readonly buses: Map<string, EventBus>
  readonly tell: (undelivered: Undelivered) => void
  /** Hears of every event that a bus took. */
  readonly hear: (bus: string, event: BusEvent) => void
}

/** An event that a bus took but could not hand on. */
export interface Undelivered {
  readonly eventId: string
  readonly bus: string
  readonly rule?: string
  readonly target?: string
  readonly reason: string
}

/** An event as a bus carries it. */
export type BusEvent = Readonly<Record<string, unknown>> & { readonly id: string }

/** Ties an operation of EventBridge to the type of its requests. */
export const operation = operationsOn<EventBridge>()
