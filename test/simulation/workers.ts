import { runtimeOver, type Runtime } from '../../lib/open.ts'
import type { StreamRecord } from '../../local/dynamo/types.ts'
import { startNamed } from './fronts.ts'
import type { Life, World } from './processes.ts'
import type { Random } from './random.ts'

// The workers of the product, fed as AWS feeds them: stream records in batches, at least once; the timer from time to time.
// They die like any other process. Under trouble records come late, twice and out of order.

/** One worker of the product. */
export interface Job {
  readonly name: string
  readonly everyMs: () => number
  /** Does one piece of work; undefined when there is none. */
  readonly take: () => ((runtime: Runtime) => Promise<void>) | undefined
}

/** Runs a job from time to time, one at a time, for as long as the run goes on. */
export function startWorker(world: World, job: Job, random: Random): { deaths: () => number } {
  let deaths = 0
  let life: Life | undefined
  let runtime: Runtime | undefined
  let isBusy = false

  function beat(): void {
    const everyMs = job.everyMs()
    world.scheduler.beat(everyMs / 2 + random.below(everyMs), beat)
    if (isBusy) return
    const work = job.take()
    if (work === undefined) return
    if (life === undefined || runtime === undefined || life.isDead()) {
      life = born()
      runtime = runtimeOver(life.port)
    }
    isBusy = true
    void work(runtime).then(done, done)
  }

  function done(): void {
    isBusy = false
  }

  function born(): Life {
    const next = startNamed(world, `${job.name}.${deaths + 1}`, random)
    next.onDeath(() => {
      deaths += 1
      // Whoever runs workers notices only after a while.
      world.scheduler.after(1_000 + random.below(5_000), done)
    })
    return next
  }

  beat()
  return { deaths: () => deaths }
}

/** Hands records over, in order or not, until they were taken without a failure. */
export interface Courier {
  /** Adds what is new. */
  collect(): void
  next(): readonly StreamRecord[] | undefined
  /** How many of the batch that was taken last must come again: all from that place on. */
  settle(batch: readonly StreamRecord[], failedAt: number | undefined): void
  /** Whether everything was handed over that was due by then. */
  isDone(time: number): boolean
}

const BATCH_MAX = 8

/** The longest that a record is late; the stream keeps them for a day. */
const LATE_MS_MAX = 20_000

interface Parcel {
  readonly record: StreamRecord
  readonly dueAt: number
}

/** A courier from this record of the table on. */
export function courierOf(world: World, random: Random, from: number): Courier {
  const { table, scheduler } = world
  let collected = from
  let parcels: Parcel[] = []
  let isLateUntil = 0

  return {
    isDone: (time) => parcels.every(({ dueAt }) => dueAt > time),
    collect() {
      const isTroubled = !world.weather().off.has('stream')
      for (; collected < table.records.length; collected += 1) {
        const record = table.records[collected]
        if (record === undefined) continue
        if (isTroubled && random.chance(0.01)) {
          isLateUntil = scheduler.now() + random.below(LATE_MS_MAX)
        }
        const late = isTroubled && random.chance(0.1) ? random.below(3_000) : 0
        const dueAt = Math.max(scheduler.now() + 20, isLateUntil) + late
        parcels.push({ record, dueAt })
        if (isTroubled && random.chance(0.05)) parcels.push({ record, dueAt: dueAt + 5_000 })
      }
    },
    next() {
      const due = parcels.filter(({ dueAt }) => dueAt <= scheduler.now()).slice(0, BATCH_MAX)
      if (due.length === 0) return undefined
      return due.map(({ record }) => record)
    },
    settle(batch, failedAt) {
      const taken = new Set(batch.slice(0, failedAt ?? batch.length))
      const once = new Set<StreamRecord>()
      parcels = parcels.filter(({ record, dueAt }) => {
        const isDone = taken.has(record) && dueAt <= scheduler.now() && !once.has(record)
        if (isDone) once.add(record)
        return !isDone
      })
    },
  }
}
