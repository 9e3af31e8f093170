import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { expireHolds } from '../../lib/afterwards/expire-holds.ts'
import { readTimer, timerFor } from '../../lib/afterwards/hold-timers.ts'
import type { Bus } from '../../lib/bus/bus.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'

/** It is called with timers whose time has come. */
export const trigger = {
  kind: 'queue',
  queue: 'timers',
  batchSize: 10,
  concurrencyMax: 50,
} as const

/** Seconds until a hold whose objects stayed busy is tried again. */
const BUSY_SECONDS = 5

/** Ends the holds of a batch of timers; what is too early or busy is sent again, what fails comes again by itself. */
export async function expireBatch(
  runtime: Runtime,
  bus: Bus,
  { Records }: SQSEvent,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.all(Records.map((record) => expire(runtime, bus, record)))
  return {
    batchItemFailures: Records.filter((_, index) => outcomes[index] === 'failed').map(
      ({ messageId }) => ({ itemIdentifier: messageId }),
    ),
  }
}

/** The Lambda function behind the queue of timers. */
export const handler = (event: SQSEvent) =>
  expireBatch(openRuntime(), openBusFromEnvironment(), event)

async function expire(runtime: Runtime, bus: Bus, { body }: SQSRecord): Promise<'done' | 'failed'> {
  const { clock, ids, store, backOff, log } = runtime
  const now = () => clock.now()
  try {
    const hold = readTimer(body)
    const expiry = await expireHolds({ now, ids, store, backOff }, hold)
    if (expiry.status === 'early') await bus.sendMessages('timers', [timerFor(hold, now())])
    if (expiry.status === 'busy') {
      await bus.sendMessages('timers', [timerFor(hold, now(), BUSY_SECONDS)])
    }
    if (expiry.status === 'done' && expiry.ended > 0) {
      log({ level: 'info', worker: 'expire-holds', ...expiry })
      runtime.measure({ ExpiryLateness: expiry.latenessMs ?? 0 })
    }
    return 'done'
  } catch (error) {
    log({ level: 'error', worker: 'expire-holds', error: String(error) })
    return 'failed'
  }
}
