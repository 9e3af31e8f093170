import { parentPort, workerData } from 'node:worker_threads'
import { runSeed } from './run.ts'

// Runs seeds until one fails, in a thread of its own.

async function find(seeds: readonly number[]): Promise<string | undefined> {
  for (const seed of seeds) {
    const [fault] = await runSeed(seed)
    if (fault !== undefined) return `seed ${seed}: ${fault}`
  }
  return undefined
}

parentPort?.postMessage(await find(workerData as number[]))
