import type { Clock } from '@holdfast/embedded/clock'
import type { EventBus } from './buses.ts'
import type { Queue } from './queue.ts'
import type { Vault } from './vault.ts'

/** Everything both services share: their state in memory, which the vault can restore. */
export interface Core {
  readonly clock: Clock
  readonly region: string
  readonly accountId: string
  readonly queues: Map<string, Queue>
  readonly buses: Map<string, EventBus>
  readonly vault: Vault
  /** A new UUID. */
  readonly newId: () => string
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

/** How one call reached the service. */
export interface Call {
  /** Where the caller found the service: queue URLs begin with it. */
  readonly origin: string
  /** Places of entries that a fault refuses. */
  readonly failedEntries: ReadonlySet<number>
  /** Tells a call that waits that nobody waits for its answer any more. */
  readonly signal?: AbortSignal
}
