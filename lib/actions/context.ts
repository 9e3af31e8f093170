import type { Instant } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { WorkspaceSettings } from '../inventory/records.ts'
import type { Store } from '../store/store.ts'

/** Who is asking, after authentication. */
export interface Caller {
  readonly keyId: string
  readonly kind: 'publishable' | 'secret'
  readonly workspaceId: string
  /** What the workspace lets publishable keys do. */
  readonly settings: WorkspaceSettings
  /** Where the request came from. */
  readonly address: string
}

/** What every action works with besides its input. */
export interface Context {
  readonly now: () => Instant
  /** Waits before round `attempt` of something that lost a race. */
  readonly backOff: (attempt: number) => Promise<void>
  readonly ids: Ids
  readonly store: Store
  readonly caller: Caller
}

/** Decisions about the same objects before they are reported busy. */
export const ROUNDS_MAX = 5
