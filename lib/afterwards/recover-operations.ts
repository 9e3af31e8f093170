import type { Store } from '../store/table/store.ts'
import { dueRecoveries, postponeRecovery, removeRecovery } from '../store/commit/recoveries.ts'
import { endOperation } from '../store/commit/recover.ts'

/** What one look at the operations that are due came to. */
export interface RecoveryReport {
  readonly ended: number
  /** Still within their time. */
  readonly running: number
  /** Put off, so that they are in nobody's way: what there is of them cannot be read, or the store did not let them be ended. */
  readonly failed: number
}

/** Ends every large commit that is due and that nobody ended; one that fails is told and stops no other. */
export async function recoverOperations(
  store: Store,
  onFailure: (operationId: string, error: unknown) => void,
): Promise<RecoveryReport> {
  const counts = { ended: 0, running: 0, failed: 0 }
  for (const recovery of await dueRecoveries(store)) {
    try {
      const { status } = await endOperation(store, recovery.operationId)
      if (status === 'running') counts.running += 1
      else if (status === 'damaged') {
        counts.failed += 1
        await postponeRecovery(store, recovery)
      } else {
        counts.ended += 1
        await removeRecovery(store, recovery)
      }
    } catch (error) {
      counts.failed += 1
      onFailure(recovery.operationId, error)
      // In an outage this fails too: then it stays due.
      await postponeRecovery(store, recovery).catch(() => undefined)
    }
  }
  return counts
}
