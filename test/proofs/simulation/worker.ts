import { parentPort, workerData } from 'node:worker_threads'
import { add, noRuns, runSeed, type Failure, type Totals } from './campaign.ts'
import { describeFailure, describeTrace } from './report.ts'
import { run } from './run.ts'
import { shrink } from './shrink.ts'

// Runs seeds in a thread of its own, and posts what they came to.

/** What a thread is to do. */
export interface Task {
  readonly seeds: readonly number[]
  /** Only the first failure is of interest. */
  readonly stopsAtFailure: boolean
  /** Tell the first failure with the shortest trace that still fails. */
  readonly explains: boolean
}

/** What it found. */
export interface Found {
  readonly totals: Totals
  readonly explanation?: string
}

/** Lines of a trace that are told: a shrunken one is far shorter. */
const TRACE_LINES_MAX = 400

async function find({ seeds, stopsAtFailure, explains }: Task): Promise<Found> {
  let totals: Totals = noRuns
  for (const seed of seeds) {
    totals = add(totals, await runSeed({ seed }))
    if (stopsAtFailure && totals.failures.length > 0) break
  }
  const [failure] = totals.failures
  return failure !== undefined && explains
    ? { totals, explanation: await explain(failure) }
    : { totals }
}

async function explain(failure: Failure): Promise<string> {
  const small = await shrink(failure)
  const trace = describeTrace(await run(small.options)).split('\n')
  const shown = trace.slice(0, TRACE_LINES_MAX)
  const more = trace.length > shown.length ? [`and ${trace.length - shown.length} more lines`] : []
  return [
    describeFailure(failure),
    `The same seed, with as little going on as still fails:\n${describeFailure(small)}`,
    ...shown,
    ...more,
  ].join('\n')
}

parentPort?.postMessage(await find(workerData as Task))
