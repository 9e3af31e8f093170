import { recoverOperations } from '../../lib/afterwards/recover-operations.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'

/** How often it runs: whoever meets an abandoned operation before ends it as well. */
export const trigger = { kind: 'timer', everySeconds: 60 } as const

/** Ends the large commits that their processes left behind. */
export async function recover({ store, log, measure }: Runtime): Promise<void> {
  const { ended, failed } = await recoverOperations(store, (operationId, error) => {
    log({ level: 'error', worker: 'recover-operations', operationId, error: String(error) })
  })
  measure({ Recovered: ended, RecoveryFailures: failed })
}

/** The Lambda function behind the timer. */
export const handler = () => recover(openRuntime())
