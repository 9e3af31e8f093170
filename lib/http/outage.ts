import { Fault } from '../faults.ts'

/** The outage that an error tells of; undefined for a bug of ours. */
export function outageIn(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error
  if (!isStoreOutage(error)) return undefined
  return new Fault('The store did not answer', { outcome: 'not-applied', cause: error })
}

/** A read that the SDK gave up on: nothing was written. A request that DynamoDB finds wrong is a bug of ours instead. */
function isStoreOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return false
  const { httpStatusCode = 503 } = error.$metadata as { httpStatusCode?: number }
  const { name = '' } = error as { name?: string }
  return httpStatusCode >= 500 || /Throttl|LimitExceeded|Throughput/.test(name)
}
