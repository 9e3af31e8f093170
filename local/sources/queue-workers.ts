import { systemClock } from '../../lib/clock.ts'
import type { Catalog } from '../../lib/http/catalog.ts'
import { toLambdaContext } from '../http/api-gateway.ts'
import type { LocalBus } from './open-local-bus.ts'
import { createQueuePump, type QueueWorker } from './queue-pump.ts'

/** Calls of one worker that begin at a time: two batches of ten are as many deliveries as one endpoint takes. */
const FRESH_CALLS_MAX = 2

/** Starts a pump for each worker that a queue calls; `stop` waits for calls that are under way. */
export function startQueuePumps(
  { workers }: Catalog,
  { queues, names }: LocalBus,
  { msMax, log }: { msMax: number; log: (line: object) => void },
): { stop(): Promise<void> } {
  const running = workers.flatMap(({ name, trigger, handler }) => {
    if (trigger.kind !== 'queue') return []
    const worker = (event: unknown) =>
      handler(
        event,
        toLambdaContext(name, name, () => msMax),
      )
    const pump = createQueuePump({
      queues,
      queueUrl: names[trigger.queue],
      worker: worker as QueueWorker,
      batchSize: trigger.batchSize,
      concurrencyMax: trigger.concurrencyMax,
      freshMax: FRESH_CALLS_MAX,
      clock: systemClock,
      onFailure: (error) => {
        log({ level: 'error', worker: name, error: String(error) })
      },
    })
    return [pump.start()]
  })
  return {
    stop: async () => {
      await Promise.all(running.map((pump) => pump.stop()))
    },
  }
}
