import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { bundleSimulation, runBundle } from './bundle.ts'
import { add, noRuns } from './campaign.ts'
import { defects, type Defect } from './defects.ts'
import { describeTotals } from './report.ts'
import { run } from './run.ts'

/** Seeds of one run of the tests, besides those that are known to catch a defect. */
const SEEDS = 300

/** Commits that they must come to. */
const COMMITS_MIN = 14_000

/** Holds that timers must have ended, and requests that receivers must have been sent. */
const EXPIRIES_MIN = 1_000
const DELIVERIES_MIN = 2_500

/** Threads at a time: there are two cores. */
const THREADS = 2

/** Seeds after which a defect counts as missed. */
const DEFECT_SEEDS_MAX = 300

/** Seeds that what is no defect must pass. */
const HARMLESS_SEEDS = 12

const minutes = 60_000

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

const known = defects.flatMap(({ seeds = [] }) => seeds).filter((seed) => seed > SEEDS)

test(
  'whatever crashes, gets lost, comes late or twice: every run is as the judge wants it',
  async () => {
    const bundle = await bundleSimulation('sound')
    const seeds = [...range(SEEDS), ...new Set(known)]
    const shares = range(THREADS).map((share) =>
      seeds.filter((_, index) => index % THREADS === share - 1),
    )
    const found = await Promise.all(
      shares.map((share) =>
        runBundle(bundle, { seeds: share, stopsAtFailure: false, explains: true }),
      ),
    )
    const totals = found.map((share) => share.totals).reduce(add, noRuns)
    console.log(describeTotals(totals))
    const explanation = found.find((share) => share.explanation !== undefined)?.explanation
    if (explanation !== undefined)
      expect.fail(`${totals.failures.length} failed; one of them:\n${explanation}`)
    expect(totals.commits).toBeGreaterThanOrEqual(COMMITS_MIN)
    expect(totals.notices).toBeGreaterThanOrEqual(COMMITS_MIN)
    expect(totals.expiries).toBeGreaterThanOrEqual(EXPIRIES_MIN)
    expect(totals.deliveries).toBeGreaterThanOrEqual(DELIVERIES_MIN)
    expect(totals.least.largeCommits).toBeGreaterThanOrEqual(1)
    expect(totals.least.crashes).toBeGreaterThanOrEqual(1)
    expect(totals.least.lapses).toBeGreaterThanOrEqual(1)
  },
  10 * minutes,
)

/** What parsing adds to a request differs between the first of its form and the others. */
function withoutParsed(name: string, value: unknown): unknown {
  return name.startsWith('_') || name === 'KeyConditions' ? undefined : value
}

test('the same seed is the same run', async () => {
  const calls = async () => {
    const record = await run({ seed: 7 })
    return record.calls.map(({ sentAt, life, request, outcome }) =>
      JSON.stringify([sentAt, life, request, outcome], withoutParsed),
    )
  }
  const first = await calls()
  expect(first.length).toBeGreaterThan(100)
  expect(await calls()).toEqual(first)
})

const threads = pLimit(THREADS)

/** The fault that gave it away; undefined when nothing did. */
async function catchDefect(defect: Defect, name: string): Promise<string | undefined> {
  const bundle = await bundleSimulation(name, defect.edits)
  const most = defect.isHarmless === true ? HARMLESS_SEEDS : DEFECT_SEEDS_MAX
  const seeds = [...(defect.seeds ?? []), ...range(most)]
  const { totals } = await runBundle(bundle, { seeds, stopsAtFailure: true, explains: false })
  const [failure] = totals.failures
  return (
    failure && `seed ${failure.options.seed}, after ${totals.seeds}: ${failure.faults[0] ?? ''}`
  )
}

const named = defects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` }))

test.concurrent.each(named.filter(({ isHarmless }) => isHarmless !== true))(
  'it is found out that the product $name',
  async ({ bundle, ...defect }) => {
    expect(await threads(() => catchDefect(defect, bundle))).toBeDefined()
  },
  5 * minutes,
)

test.concurrent.each(named.filter(({ isHarmless }) => isHarmless === true))(
  'nothing is wrong with a product that $name',
  async ({ bundle, ...defect }) => {
    expect(await threads(() => catchDefect(defect, bundle))).toBeUndefined()
  },
  5 * minutes,
)

test('a defect that does not fit the source fails by its name', async () => {
  const edit = { file: 'lib/store/commit/locks.ts', find: 'no such text', replace: '' }
  await expect(bundleSimulation('misfit', [edit])).rejects.toThrow(/0 times: no such text/)
})
