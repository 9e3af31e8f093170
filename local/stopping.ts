/** Ends one part of a program. */
export type Stop = () => Promise<void>

/** How long all parts together may take, and each of those that come after that, in milliseconds. */
export interface StopLimits {
  readonly wholeMs: number
  readonly lateMs: number
}

/** Within the ten seconds that containers are given. */
export const STOP_LIMITS: StopLimits = { wholeMs: 8_000, lateMs: 300 }

/**
 * Ends parts from the last to the first: what was opened first, such as the table, is closed when everything that uses it has
 * ended, or has had its time. Does it once, however often it is called; rejects with the first failure after all were ended.
 */
export function stopOnce(stops: Stop[], { wholeMs, lateMs } = STOP_LIMITS): Stop {
  const stopAll = async () => {
    const failures: unknown[] = []
    const begunAt = performance.now()
    for (const stop of stops.reverse()) {
      const left = wholeMs - (performance.now() - begunAt)
      await within(Math.max(left, lateMs), stop).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  let done: Promise<void> | undefined
  return () => (done ??= stopAll())
}

/** Waits for a part to end, for that long. */
async function within(milliseconds: number, stop: Stop): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([stop(), patience])
  clearTimeout(timer)
}
