import type { Instant } from '../../clock.ts'
import type { Ids } from '../../ids.ts'
import type { Store } from '../../store/table/store.ts'

/** What administrative actions work with: they have no caller, whoever runs them owns the table. */
export interface Administration {
  readonly now: () => Instant
  readonly ids: Ids
  readonly store: Store
  /** The secret that all others are derived from. */
  readonly masterSecret: string
}
