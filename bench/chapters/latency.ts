import type { Context } from '../../lib/actions/context.ts'
import { openHoldfast, withKey } from '../sellers/holdfast.ts'
import { openWorld, type Hall, type World } from '../world.ts'
import { mustSend, orderOf, partsOf } from './orders.ts'
import { percentile } from './percentile.ts'
import type { Size } from './units.ts'

/** How long commits of one size took. */
export interface LatencyRow {
  readonly objects: number
  readonly events: number
  readonly commits: number
  readonly p50: number
  readonly p99: number
}

export interface SampledSize extends Size {
  readonly commits: number
}

const hall: Hall = { rows: 10, seatsPerRow: 20, events: 50 }

/** Commits of each size that are not counted: they warm up the machine. */
const WARM_UPS = 3

/**
 * Times the commits of holds with an idempotency key, one at a time; the sizes take turns, so that all meet the same
 * machine.
 */
export async function measureLatency(
  sizes: readonly SampledSize[],
  seed: number,
): Promise<LatencyRow[]> {
  const world = await openWorld(hall, { seed })
  const samples = sizes.map((): number[] => [])
  const rounds = WARM_UPS + Math.max(...sizes.map(({ commits }) => commits))
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, size] of sizes.entries()) {
      if (round >= WARM_UPS + size.commits) continue
      const ms = await timeOneHold(world, size)
      if (round >= WARM_UPS) samples[index]?.push(ms)
    }
  }
  await world.engine.close()
  return sizes.map(({ objects, perEvent }, index) => {
    const times = samples[index] ?? []
    const p50 = percentile(times, 0.5)
    const p99 = percentile(times, 0.99)
    return { objects, events: Math.ceil(objects / perEvent), commits: times.length, p50, p99 }
  })
}

async function timeOneHold(world: World, { objects, perEvent }: Size): Promise<number> {
  const stopwatch = newStopwatch()
  const timed = openHoldfast({ context: withStopwatch(withKey(world.context), stopwatch) })
  const parts = partsOf(world, objects, perEvent)
  const order = { token: 'token-of-ada', parts }
  await mustSend(timed, orderOf(world, { verb: 'hold', ...order }))
  await mustSend(openHoldfast(world), orderOf(world, { verb: 'release', ...order }))
  if (stopwatch.commits !== 1) throw new Error('A hold took more than one commit')
  return stopwatch.endedAt - stopwatch.startedAt
}

interface Stopwatch {
  commits: number
  startedAt: number
  endedAt: number
}

function newStopwatch(): Stopwatch {
  return { commits: 0, startedAt: 0, endedAt: 0 }
}

/**
 * The same context, whose commits are timed: from the moment when it is decided what to keep of the request, until the last write
 * is answered. Reading and deciding before that are not.
 */
function withStopwatch(context: Context, stopwatch: Stopwatch): Context {
  const { store, keyed } = context
  if (keyed === undefined) throw new Error('Only requests with a key are timed')
  const receiptFor: typeof keyed.receiptFor = (reply, left) => {
    stopwatch.commits += 1
    stopwatch.startedAt = performance.now()
    return keyed.receiptFor(reply, left)
  }
  const send = async (command: never): Promise<unknown> => {
    const answer: unknown = await store.writer.send(command)
    stopwatch.endedAt = performance.now()
    return answer
  }
  const writer = { send } as unknown as typeof store.writer
  return { ...context, keyed: { ...keyed, receiptFor }, store: { ...store, writer } }
}
