import { judge } from './judge/judge.ts'
import { run, type RunOptions } from './run.ts'

/** What many runs came to together. */
export interface Totals {
  readonly seeds: number
  readonly commits: number
  readonly largeCommits: number
  readonly crashes: number
  readonly lapses: number
  readonly expiries: number
  readonly notices: number
  readonly deliveries: number
  /** Of any one run: the least. */
  readonly least: {
    readonly largeCommits: number
    readonly crashes: number
    readonly lapses: number
  }
  readonly failures: readonly Failure[]
}

/** A run that went wrong. */
export interface Failure {
  readonly options: RunOptions
  readonly faults: readonly string[]
}

export const noRuns: Totals = {
  seeds: 0,
  commits: 0,
  largeCommits: 0,
  crashes: 0,
  lapses: 0,
  expiries: 0,
  notices: 0,
  deliveries: 0,
  least: { largeCommits: Infinity, crashes: Infinity, lapses: Infinity },
  failures: [],
}

/** Runs one seed and judges it; whatever is thrown is a fault too. */
export async function runSeed(options: RunOptions): Promise<Totals> {
  try {
    const { faults, ...counts } = judge(await run(options))
    const { largeCommits, crashes, lapses } = counts
    const failures = faults.length === 0 ? [] : [{ options, faults }]
    const least = { largeCommits, crashes, lapses }
    return { seeds: 1, ...counts, least, failures }
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ...noRuns, seeds: 1, failures: [{ options, faults: [fault] }] }
  }
}

/** Adds what two sets of runs came to. */
export function add(left: Totals, right: Totals): Totals {
  return {
    seeds: left.seeds + right.seeds,
    commits: left.commits + right.commits,
    largeCommits: left.largeCommits + right.largeCommits,
    crashes: left.crashes + right.crashes,
    lapses: left.lapses + right.lapses,
    expiries: left.expiries + right.expiries,
    notices: left.notices + right.notices,
    deliveries: left.deliveries + right.deliveries,
    least: {
      largeCommits: Math.min(left.least.largeCommits, right.least.largeCommits),
      crashes: Math.min(left.least.crashes, right.least.crashes),
      lapses: Math.min(left.least.lapses, right.least.lapses),
    },
    failures: [...left.failures, ...right.failures],
  }
}
