import { parentPort, workerData } from 'node:worker_threads'
import { fight } from './fight.ts'

// Fights seeds in a thread of its own, and posts what they came to.

/** Which seeds to fight, and whether the first failure is enough. */
export interface FightTask {
  readonly seeds: readonly number[]
  readonly stopsAtFailure: boolean
}

/** What they came to. */
export interface FightTotals {
  readonly hits: number
  readonly looks: number
  readonly failures: readonly { readonly seed: number; readonly faults: readonly string[] }[]
}

async function fightAll({ seeds, stopsAtFailure }: FightTask): Promise<FightTotals> {
  const failures: { seed: number; faults: readonly string[] }[] = []
  let hits = 0
  let looks = 0
  for (const seed of seeds) {
    const record = await fight(seed)
    hits += record.hits
    looks += record.looks
    if (record.faults.length > 0) failures.push({ seed, faults: record.faults })
    if (stopsAtFailure && failures.length > 0) break
  }
  return { hits, looks, failures }
}

parentPort?.postMessage(await fightAll(workerData as FightTask))
