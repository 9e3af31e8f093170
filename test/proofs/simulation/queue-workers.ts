import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Queue } from './queue.ts'
import type { Random } from './random.ts'
import { hire, type Staff, type StaffPlace } from './workers.ts'

// The product's workers behind a queue, fed as AWS feeds them: batches, several processes at a time, and what a process has
// not finished when it dies comes again once its time is over.

/** One worker of the product that a queue calls. */
export interface QueueJob {
  readonly name: string
  readonly queue: Queue
  readonly batchMax: number
  /** Processes at a time. */
  readonly processes: number
  /** Whether anybody is there to work; looked at again and again. */
  readonly isOpen: () => boolean
  readonly work: (staff: Staff, event: SQSEvent) => Promise<SQSBatchResponse>
}

/** Milliseconds between two looks at whether a closed worker has opened. */
const CLOSED_MS = 1_000

/** Calls a job with whatever its queue has, for as long as the run goes on. */
export function startQueueWorker(
  place: StaffPlace,
  job: QueueJob,
  random: Random,
): { deaths: () => number } {
  const { scheduler } = place.world
  const seats = Array.from({ length: job.processes }, (): Seat => ({ isBusy: false }))
  let deaths = 0
  let hired = 0
  let isLooking = false

  function pump(): void {
    if (!job.isOpen()) {
      if (isLooking || job.queue.size() === 0) return
      isLooking = true
      scheduler.after(CLOSED_MS, () => {
        isLooking = false
        pump()
      })
      return
    }
    for (const seat of seats) {
      if (seat.isBusy) continue
      const batch = job.queue.take(job.batchMax)
      if (batch.length === 0) return
      seat.isBusy = true
      const staff = staffOf(seat)
      const Records = batch.map(({ messageId, body }) => ({ messageId, body }))
      void job.work(staff, { Records } as unknown as SQSEvent).then(({ batchItemFailures }) => {
        if (staff.life.isDead()) return
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
        job.queue.done(batch.filter(({ messageId }) => !failed.has(messageId)))
        seat.isBusy = false
        pump()
      })
    }
  }

  function staffOf(seat: Seat): Staff {
    if (seat.staff?.life.isDead() === false) return seat.staff
    hired += 1
    const staff = hire(place, `${job.name}.${hired}`, random)
    seat.staff = staff
    staff.life.onDeath(() => {
      deaths += 1
      // Whoever runs workers notices only after a while.
      scheduler.after(1_000 + random.below(5_000), () => {
        seat.isBusy = false
        pump()
      })
    })
    return staff
  }

  job.queue.onDue(pump)
  return { deaths: () => deaths }
}

interface Seat {
  staff?: Staff
  isBusy: boolean
}
