import { parentPort, workerData } from 'node:worker_threads'
import { add, noRuns, runSeed, type Totals } from './campaign.ts'

// Runs seeds in a thread of its own, and posts what they came to.

/** What a thread is to do. */
export interface Task {
  readonly seeds: readonly number[]
  readonly stopsAtFailure: boolean
}

const { seeds, stopsAtFailure } = workerData as Task
let totals: Totals = noRuns
for (const seed of seeds) {
  totals = add(totals, await runSeed({ seed }))
  if (stopsAtFailure && totals.failures.length > 0) break
}
parentPort?.postMessage(totals)
