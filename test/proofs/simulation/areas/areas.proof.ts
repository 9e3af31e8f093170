import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { bundleEdited, runInThread, type Edit } from '../../../support/edited-bundle.ts'
import { areaDefects } from './area-defects.ts'
import type { LawnTask, LawnTotals } from './worker.ts'

/** Seeds of one run of the tests. */
const SEEDS = 150

/** What they must come to. */
const COMMITS_MIN = 4_000
const PLANNINGS_MIN = 600
const OVERS_MIN = 60
const LAPSES_MIN = 300
const REFUSALS_MIN = 300

/** Seeds after which a defect counts as missed. */
const DEFECT_SEEDS_MAX = 150

const minutes = 60_000

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

async function runOn(
  name: string,
  { edits = [], ...task }: LawnTask & { readonly edits?: readonly Edit[] },
): Promise<LawnTotals> {
  const entry = 'test/proofs/simulation/areas/worker.ts'
  const bundle = await bundleEdited({ entry, name: `areas-${name}` }, edits)
  return (await runInThread(bundle, task)) as LawnTotals
}

test(
  'places of areas are never sold twice, nor lost, however plans change under sales',
  async () => {
    const { failures, ...totals } = await runOn('sound', {
      seeds: range(SEEDS),
      stopsAtFailure: false,
    })
    console.log(JSON.stringify(totals))
    expect(failures).toEqual([])
    expect(totals.commits).toBeGreaterThanOrEqual(COMMITS_MIN)
    expect(totals.plannings).toBeGreaterThanOrEqual(PLANNINGS_MIN)
    expect(totals.overs).toBeGreaterThanOrEqual(OVERS_MIN)
    expect(totals.lapses).toBeGreaterThanOrEqual(LAPSES_MIN)
    expect(totals.refusals).toBeGreaterThanOrEqual(REFUSALS_MIN)
  },
  10 * minutes,
)

/** There are two cores. */
const threads = pLimit(2)

const named = areaDefects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` }))

test.concurrent.each(named)(
  'it is found out that the product $name',
  async ({ bundle, edits, seeds: known = [] }) => {
    const seeds = [...known, ...range(DEFECT_SEEDS_MAX)]
    const { failures } = await threads(() => runOn(bundle, { seeds, stopsAtFailure: true, edits }))
    expect(failures).not.toEqual([])
    console.log(`seed ${failures[0]?.seed ?? 0}: ${failures[0]?.faults[0]?.slice(0, 200) ?? ''}`)
  },
  5 * minutes,
)
