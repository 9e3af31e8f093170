import { runtimeOver, type Runtime } from '../../../lib/open.ts'
import type { StreamRecord } from '@holdfast/dynamodb/types'
import type { Bus } from '../../../lib/bus/bus.ts'
import { startNamed } from './fronts.ts'
import type { PostOffice } from './post-office.ts'
import type { Life, World } from './processes.ts'
import type { Random } from './random.ts'

// The workers of the product, fed as AWS feeds them: stream records in batches, at least once; the timer from time to time.
// They die like any other process. Under trouble records come late, twice and out of order.

/** Where workers work. */
export interface StaffPlace {
  readonly world: World
  readonly office: PostOffice
}

/** One process of a worker, and what it has. */
export interface Staff {
  readonly life: Life
  readonly runtime: Runtime
  readonly bus: Bus
}

/** What secrets of webhooks are derived from. */
const ROOTS = { webhooks: 'a signing secret of nobody' }

/** Starts a process of a worker. */
export function hire({ world, office }: StaffPlace, name: string, random: Random): Staff {
  const life = startNamed(world, name, random)
  const runtime = runtimeOver(life.port, { roots: ROOTS })
  return { life, runtime, bus: office.busFor(life) }
}

/** One worker of the product that is not behind a queue. */
export interface Job {
  readonly name: string
  readonly everyMs: () => number
  /** Does one piece of work; undefined when there is none. */
  readonly take: () => ((staff: Staff) => Promise<void>) | undefined
}

/** Runs a job from time to time, one at a time, for as long as the run goes on. */
export function startWorker(place: StaffPlace, job: Job, random: Random): { deaths: () => number } {
  const { world } = place
  let deaths = 0
  let staff: Staff | undefined
  let isBusy = false

  function beat(): void {
    const everyMs = job.everyMs()
    world.scheduler.beat(everyMs / 2 + random.below(everyMs), beat)
    if (isBusy) return
    const work = job.take()
    if (work === undefined) return
    if (staff === undefined || staff.life.isDead()) staff = born()
    isBusy = true
    void work(staff).then(done, done)
  }

  function done(): void {
    isBusy = false
  }

  function born(): Staff {
    const next = hire(place, `${job.name}.${deaths + 1}`, random)
    next.life.onDeath(() => {
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

/** What one courier brings, and how much of it at a time. */
export interface Round {
  readonly batchMax: number
  /** Which partitions it is about: the rest is left out. */
  readonly prefixes: readonly string[]
  /** The number of the first record. */
  readonly from: number
}

/** The longest that a record is late; the stream keeps them for a day. */
const LATE_MS_MAX = 20_000

interface Parcel {
  readonly record: StreamRecord
  readonly dueAt: number
}

/** How often it is forgotten that a batch was done. */
const FORGOTTEN = 0.02

/** A courier from some record of the table on. */
export function courierOf(
  world: World,
  random: Random,
  { batchMax, prefixes, from }: Round,
): Courier {
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
        const pk = record?.dynamodb.Keys['pk']?.S ?? ''
        if (record === undefined || !prefixes.some((prefix) => pk.startsWith(prefix))) continue
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
      const due = parcels.filter(({ dueAt }) => dueAt <= scheduler.now()).slice(0, batchMax)
      if (due.length === 0) return undefined
      return due.map(({ record }) => record)
    },
    settle(batch, failedAt) {
      const { off, intensity } = world.weather()
      if (!off.has('stream') && intensity > 0 && random.chance(FORGOTTEN)) return
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
