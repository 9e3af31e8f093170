import type { Clock } from './clock.ts'
import type { Vault } from './vault.ts'

/** What the state of every service has: where time, ids and durability come from, and whose it is. */
export interface Core {
  readonly clock: Clock
  readonly region: string
  readonly accountId: string
  readonly vault: Vault
  /** A new UUID. */
  readonly newId: () => string
}

/** How one call reached the service. */
export interface Call {
  /** Where the caller found the service: queue URLs begin with it. */
  readonly origin: string
  /** Places of entries that a fault refuses. */
  readonly failedEntries: ReadonlySet<number>
  /** Tells a call that waits that nobody waits for its answer any more. */
  readonly signal?: AbortSignal
}
