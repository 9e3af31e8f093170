import { AsyncLocalStorage } from 'node:async_hooks'

// What one request cost and met. It is counted deep in the store and told at the door; handing it down through every call in
// between would tell readers of those nothing. Nothing is ever decided by it.

/** What is counted. */
export interface Tally {
  writeUnits: number
  /** Commits that lost a race and were decided anew, or given up. */
  conflicts: number
  /** Commits of more than one transaction. */
  largeCommits: number
  /** Why nothing was done, if nothing was. */
  refusal?: string
  /** Whether objects stayed busy. */
  isBusy: boolean
}

const current = new AsyncLocalStorage<Tally>()

/** Runs something and counts what it does. */
export async function tallied<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; tally: Tally }> {
  const tally = noTally()
  const result = await current.run(tally, work)
  return { result, tally }
}

/** Runs something whose tally nobody reads. */
export async function untallied<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; tally: Tally }> {
  return { result: await work(), tally: noTally() }
}

function noTally(): Tally {
  return { writeUnits: 0, conflicts: 0, largeCommits: 0, isBusy: false }
}

/** Counts for whoever is running; for nobody, it counts nothing. */
export function count(name: 'writeUnits' | 'conflicts' | 'largeCommits', value = 1): void {
  const tally = current.getStore()
  if (tally !== undefined) tally[name] += value
}

/** Notes why nothing was done. */
export function noteRefusal(refusal: string, isBusy: boolean): void {
  const tally = current.getStore()
  if (tally !== undefined) Object.assign(tally, { refusal, isBusy })
}
