import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { bundleEdited, runInThread, type Edit } from '../../../support/edited-bundle.ts'
import { seasonDefects } from './season-defects.ts'
import type { SeasonTask, SeasonTotals } from './worker.ts'

/** Seeds of one run of the tests. */
const SEEDS = 60

/** What they must come to. */
const CHANGES_MIN = 4_000
const SEASON_CHANGES_MIN = 1_000
const LARGE_MIN = 300
const CREATED_MIN = 100
const OVERRIDES_MIN = 150
const LAPSES_MIN = 60
const REFUSALS_MIN = 2_000

/** Seeds after which a defect counts as missed. */
const DEFECT_SEEDS_MAX = 60

const minutes = 60_000

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

async function runOn(
  name: string,
  { edits = [], ...task }: SeasonTask & { readonly edits?: readonly Edit[] },
): Promise<SeasonTotals> {
  const entry = 'test/proofs/simulation/seasons/worker.ts'
  const bundle = await bundleEdited({ entry, name: `season-${name}` }, edits)
  return (await runInThread(bundle, task)) as SeasonTotals
}

test(
  'no seat is sold in a season and in one of its events, whatever crashes and whatever events come meanwhile',
  async () => {
    const { failures, ...totals } = await runOn('sound', {
      seeds: range(SEEDS),
      stopsAtFailure: false,
    })
    console.log(JSON.stringify(totals))
    expect(failures).toEqual([])
    expect(totals.changes).toBeGreaterThanOrEqual(CHANGES_MIN)
    expect(totals.seasonChanges).toBeGreaterThanOrEqual(SEASON_CHANGES_MIN)
    expect(totals.largeCommits).toBeGreaterThanOrEqual(LARGE_MIN)
    expect(totals.created).toBeGreaterThanOrEqual(CREATED_MIN)
    expect(totals.overrides).toBeGreaterThanOrEqual(OVERRIDES_MIN)
    expect(totals.lapses).toBeGreaterThanOrEqual(LAPSES_MIN)
    expect(totals.refusals).toBeGreaterThanOrEqual(REFUSALS_MIN)
  },
  10 * minutes,
)

/** There are two cores. */
const threads = pLimit(2)

const named = seasonDefects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` }))

test.concurrent.each(named)(
  'it is found out that the product $name',
  async ({ bundle, edits, seeds: known = [] }) => {
    const seeds = [...known, ...range(DEFECT_SEEDS_MAX)]
    const { failures } = await threads(() => runOn(bundle, { seeds, stopsAtFailure: true, edits }))
    expect(failures).not.toEqual([])
    console.log(`seed ${failures[0]?.seed ?? 0}: ${failures[0]?.faults[0]?.slice(0, 200) ?? ''}`)
  },
  10 * minutes,
)
