import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { deliverBatch } from '../../../functions/workers/deliver-webhook.ts'
import { expireBatch } from '../../../functions/workers/expire-holds.ts'
import { recover } from '../../../functions/workers/recover-operations.ts'
import { relayBatch } from '../../../functions/workers/relay-changes.ts'
import { watchBatch } from '../../../functions/workers/watch-table.ts'
import type { Post } from '../../../lib/webhooks/post.ts'
import { startQueueWorker, type QueueJob } from './queue-workers.ts'
import type { Random } from './random.ts'
import type { Receiver } from './receivers.ts'
import {
  courierOf,
  startWorker,
  type Courier,
  type Job,
  type Staff,
  type StaffPlace,
} from './workers.ts'

// All workers of the product, at work.

/** The workers of a run together. */
export interface Workers {
  readonly deaths: () => number
  /** Whether every stream record that was due by then has been taken. */
  readonly isDone: (time: number) => boolean
  /** Has the relay tell nothing of what follows. */
  readonly endRelay: () => void
}

export interface WorkersOptions extends StaffPlace {
  readonly receivers: readonly Receiver[]
  readonly random: Random
  /** The number of the first stream record. */
  readonly from: number
}

/** Partitions of seats and tokens, and of large commits. */
const SEATS_AND_HOLDS = ['S#', 'T#'] as const
const AND_OPERATIONS = [...SEATS_AND_HOLDS, 'O#', 'L#', 'R'] as const

/** How often timers are left to lie until the calm: no hold needs one to be over. */
const TIMERS_LIE = 0.5

/** Starts them all. */
export function startWorkers(options: WorkersOptions): Workers {
  const { world, random, from } = options
  const watched = courierOf(world, random.fork('courier'), {
    batchMax: 8,
    prefixes: AND_OPERATIONS,
    from,
  })
  const relayed = courierOf(world, random.fork('relay courier'), {
    batchMax: 12,
    prefixes: SEATS_AND_HOLDS,
    from,
  })
  const watch = streamJob(options, 'watch', {
    courier: watched,
    work: ({ runtime }, event) => watchBatch(runtime, event),
  })
  const relay = streamJob(options, 'relay', {
    courier: relayed,
    work: ({ runtime, bus }, event) => relayBatch(runtime, bus, event),
  })
  let isRelaying = true
  const timer: Job = {
    name: 'timer',
    everyMs: () => (world.weather().intensity > 0 ? 20_000 : 60_000),
    take:
      () =>
      ({ runtime }) =>
        recover(runtime),
  }
  const workers = [
    ...[watch, { ...relay, take: () => (isRelaying ? relay.take() : undefined) }, timer].map(
      (job) => startWorker(options, job, random.fork(job.name)),
    ),
    ...queueJobs(options).map((job) => startQueueWorker(options, job, random.fork(job.name))),
  ]
  return {
    deaths: () => workers.reduce((sum, { deaths }) => sum + deaths(), 0),
    isDone: (time) => watched.isDone(time) && relayed.isDone(time),
    endRelay: () => {
      isRelaying = false
    },
  }
}

interface StreamWork {
  readonly courier: Courier
  readonly work: (staff: Staff, event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>
}

/** A worker that the table's stream calls. */
function streamJob({ world }: StaffPlace, name: string, { courier, work }: StreamWork): Job {
  return {
    name,
    // In the calm at the end there is little to fetch.
    everyMs: () => (world.weather().intensity > 0 ? 200 : 4_000),
    take: () => {
      courier.collect()
      const batch = courier.next()
      if (batch === undefined) return undefined
      return async (staff) => {
        const event = { Records: batch } as unknown as DynamoDBStreamEvent
        const { batchItemFailures } = await work(staff, event)
        const failed = batchItemFailures[0]?.itemIdentifier
        const at = batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed)
        courier.settle(batch, at < 0 ? undefined : at)
      }
    },
  }
}

function queueJobs({ world, office, receivers, random }: WorkersOptions): QueueJob[] {
  const lies = random.fork('timers').chance(TIMERS_LIE) && !world.weather().off.has('timers')
  return [
    {
      name: 'expire',
      queue: office.timers,
      batchMax: 10,
      processes: 2,
      isOpen: () => !lies || world.weather().intensity === 0,
      work: ({ runtime, bus }, event) => expireBatch(runtime, bus, event),
    },
    {
      name: 'deliver',
      queue: office.deliveries,
      batchMax: 10,
      processes: 3,
      isOpen: () => true,
      work: ({ life, runtime, bus }, event) => {
        const post = (sent: Post) => {
          const receiver = receivers.find(({ url }) => url === sent.url)
          if (receiver === undefined) throw new Error(`Nobody listens at ${sent.url}`)
          return receiver.post(life, sent)
        }
        return deliverBatch(runtime, { bus, post }, event)
      },
    },
  ]
}
