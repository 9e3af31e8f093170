import { parentPort, workerData } from 'node:worker_threads'

/** In a thread of its own: runs the seeds that it was handed until one fails, and tells its first fault. */
export async function tellFirstFault(
  runSeed: (seed: number) => Promise<readonly string[]>,
): Promise<void> {
  parentPort?.postMessage(await find(runSeed, workerData as number[]))
}

async function find(
  runSeed: (seed: number) => Promise<readonly string[]>,
  seeds: readonly number[],
): Promise<string | undefined> {
  for (const seed of seeds) {
    const [fault] = await runSeed(seed)
    if (fault !== undefined) return `seed ${seed}: ${fault}`
  }
  return undefined
}
