import type { Clock } from '../../lib/clock.ts'

// EventBridge's schedules, in small: calls each worker at once and then again and again. A run that takes longer than its
// interval delays the next; one that fails is told and forgotten, since the next does its work.

/** A worker that is called by a timer. */
export interface TimedWorker {
  readonly name: string
  readonly everySeconds: number
  readonly run: () => Promise<unknown>
}

/** Starts the timers of workers; `stop` waits for runs that are under way. */
export function startTimers(
  workers: readonly TimedWorker[],
  { clock, onFailure }: { clock: Clock; onFailure: (name: string, error: unknown) => void },
): { stop(): Promise<void> } {
  let isStopped = false
  const runs = workers.map(async ({ name, everySeconds, run }) => {
    while (!isStopped) {
      await run().catch((error: unknown) => {
        onFailure(name, error)
      })
      await sleepUnless(() => isStopped, everySeconds, clock)
    }
  })
  return {
    stop: async () => {
      isStopped = true
      await Promise.all(runs)
    },
  }
}

/** Milliseconds between two looks at whether to stop. */
const LOOK_MS = 250

async function sleepUnless(isOver: () => boolean, seconds: number, clock: Clock): Promise<void> {
  const until = clock.now() + seconds * 1000
  while (!isOver() && clock.now() < until) await clock.sleep(LOOK_MS)
}
