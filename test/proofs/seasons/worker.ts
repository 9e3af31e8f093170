import { parentPort, workerData } from 'node:worker_threads'
import { playHistory } from './driver/history.ts'

// Plays histories in a thread of its own, and posts what they came to.

/** Which seeds to play, and whether the first failure is enough. */
export interface HistoriesTask {
  readonly seeds: readonly number[]
  readonly stopsAtFailure: boolean
}

/** What they came to, all together. */
export interface HistoriesTotals {
  readonly histories: number
  readonly requests: number
  readonly accepted: number
  readonly failures: readonly { readonly seed: number; readonly faults: readonly string[] }[]
}

/** Faults of one seed that are told. */
const FAULTS_SHOWN = 3

async function playAll({ seeds, stopsAtFailure }: HistoriesTask): Promise<HistoriesTotals> {
  const failures: { seed: number; faults: readonly string[] }[] = []
  const sums = { histories: 0, requests: 0, accepted: 0 }
  for (const seed of seeds) {
    try {
      const { faults, requests, accepted } = await playHistory({ seed })
      sums.requests += requests
      sums.accepted += accepted
      if (faults.length > 0) failures.push({ seed, faults: faults.slice(0, FAULTS_SHOWN) })
    } catch (error) {
      const fault = error instanceof Error ? (error.stack ?? '') : String(error)
      failures.push({ seed, faults: [fault] })
    }
    sums.histories += 1
    if (stopsAtFailure && failures.length > 0) break
  }
  return { ...sums, failures }
}

parentPort?.postMessage(await playAll(workerData as HistoriesTask))
