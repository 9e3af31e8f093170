import { parentPort, workerData } from 'node:worker_threads'
import { judgeSeason, type SeasonVerdict } from './season-judge.ts'
import { runSeason } from './season-run.ts'

// Runs seeds over a season in a thread of its own, and posts what they came to.

/** Which seeds to run, and whether the first failure is enough. */
export interface SeasonTask {
  readonly seeds: readonly number[]
  readonly stopsAtFailure: boolean
}

/** What they came to, all together. */
export interface SeasonTotals extends Omit<SeasonVerdict, 'faults'> {
  readonly failures: readonly { readonly seed: number; readonly faults: readonly string[] }[]
}

/** Faults of one seed that are told. */
const FAULTS_SHOWN = 5

async function runAll({ seeds, stopsAtFailure }: SeasonTask): Promise<SeasonTotals> {
  const failures: { seed: number; faults: readonly string[] }[] = []
  const [none, counted] = [0, { changes: 0, seasonChanges: 0, lapses: 0, created: 0 }]
  const sums = { ...counted, overrides: none, refusals: none, largeCommits: none }
  for (const seed of seeds) {
    try {
      const verdict = judgeSeason(await runSeason({ seed }))
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += verdict[name]
      if (verdict.faults.length > 0) {
        failures.push({ seed, faults: verdict.faults.slice(0, FAULTS_SHOWN) })
      }
    } catch (error) {
      const fault = error instanceof Error ? (error.stack ?? '') : String(error)
      failures.push({ seed, faults: [fault] })
    }
    if (stopsAtFailure && failures.length > 0) break
  }
  return { ...sums, failures }
}

parentPort?.postMessage(await runAll(workerData as SeasonTask))
