import { parentPort, workerData } from 'node:worker_threads'
import { judgeLawn, type LawnVerdict } from './lawn-judge.ts'
import { runLawn } from './lawn-run.ts'

// Runs seeds over areas in a thread of its own, and posts what they came to.

/** Which seeds to run, and whether the first failure is enough. */
export interface LawnTask {
  readonly seeds: readonly number[]
  readonly stopsAtFailure: boolean
}

/** What they came to, all together. */
export interface LawnTotals extends Omit<LawnVerdict, 'faults'> {
  readonly failures: readonly { readonly seed: number; readonly faults: readonly string[] }[]
}

/** Faults of one seed that are told. */
const FAULTS_SHOWN = 5

async function runAll({ seeds, stopsAtFailure }: LawnTask): Promise<LawnTotals> {
  const failures: { seed: number; faults: readonly string[] }[] = []
  const sums = { commits: 0, plannings: 0, overs: 0, lapses: 0, refusals: 0 }
  for (const seed of seeds) {
    try {
      const verdict = judgeLawn(await runLawn({ seed }))
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += verdict[name]
      if (verdict.faults.length > 0) {
        failures.push({ seed, faults: verdict.faults.slice(0, FAULTS_SHOWN) })
      }
    } catch (error) {
      failures.push({
        seed,
        faults: [error instanceof Error ? (error.stack ?? '') : String(error)],
      })
    }
    if (stopsAtFailure && failures.length > 0) break
  }
  return { ...sums, failures }
}

parentPort?.postMessage(await runAll(workerData as LawnTask))
