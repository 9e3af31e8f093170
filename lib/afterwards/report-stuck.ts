import { instant, type Instant } from '../clock.ts'
import type { Store } from '../store/table/store.ts'
import { dueRecoveries } from '../store/commit/recoveries.ts'
import { readOperation } from '../store/commit/operations.ts'

/** A large commit that should have ended by now. */
export interface Stuck {
  readonly operationId: string
  /** From when on it was to be looked after. */
  readonly since: Instant
  readonly state: 'pending' | 'committed' | 'aborted' | 'finished' | 'missing' | 'damaged'
}

/** Lists the large commits that are due to be looked after and how they stand; changes nothing. */
export async function reportStuck(store: Store): Promise<Stuck[]> {
  const stuck: Stuck[] = []
  for (const { operationId, key } of await dueRecoveries(store)) {
    const found = await readOperation(store, operationId)
    const since = instant(Number(key.sk.split('#')[0]))
    if (typeof found === 'string') stuck.push({ operationId, since, state: found })
    else
      stuck.push({
        operationId,
        since,
        state: found.isFinished ? 'finished' : (found.decided?.status ?? 'pending'),
      })
  }
  return stuck
}
