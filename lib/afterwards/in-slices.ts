import type { Clock } from '../clock.ts'

/** Pieces of work that run side by side, and the milliseconds that a slice of them takes at least: ten begin in a second. */
const SLICE = 10
const SLICE_MS_MIN = 1_000

/** What became of the work: the items that there was no time for, and those that failed. */
export interface SlicesReport<T> {
  readonly left: readonly T[]
  readonly failures: readonly unknown[]
}

/**
 * Does the work for all items, a few at a time and at a steady pace, while it is before the time that is named. What fails is
 * answered, and stops nothing.
 */
export async function inSlices<T>(
  items: readonly T[],
  { clock, until }: { readonly clock: Clock; readonly until: number },
  work: (item: T) => Promise<void>,
): Promise<SlicesReport<T>> {
  const failures: unknown[] = []
  for (let start = 0; start < items.length; start += SLICE) {
    const began = clock.now()
    if (began >= until) return { left: items.slice(start), failures }
    const outcomes = await Promise.allSettled(items.slice(start, start + SLICE).map(work))
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') failures.push(outcome.reason)
    }
    const early = began + SLICE_MS_MIN - clock.now()
    if (early > 0 && start + SLICE < items.length) await clock.sleep(early)
  }
  return { left: [], failures }
}
