import type { Received } from '../bus/receive-messages.ts'
import { BATCH_MESSAGES_MAX } from '../limits/aws-limits.ts'
import { WEBHOOK_BATCH_MAX } from '../limits/limits.ts'
import type { Courier } from './courier.ts'
import type { Job } from './job.ts'
import { batchOf } from './requests.ts'

/**
 * Takes more messages out of the queue where an endpoint takes more notices at once than a run is handed, and there are more: it was
 * handed as many as there can be.
 */
export async function drawMore(
  { bus }: Pick<Courier, 'bus'>,
  handed: number,
  jobs: readonly (readonly [Job, ...Job[]])[],
): Promise<readonly Received[]> {
  if (handed < BATCH_MESSAGES_MAX) return []
  const room = jobs.map((some) => Math.max(0, batchOf(some[0].endpoint) - some.length))
  const count = Math.min(Math.max(0, ...room), WEBHOOK_BATCH_MAX - BATCH_MESSAGES_MAX)
  return count === 0 ? [] : bus.receiveMessages('deliveries', count)
}
