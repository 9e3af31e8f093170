import pLimit from 'p-limit'
import { expect, test } from 'vitest'
import { bundleEdited, runInThread, type Edit } from '../../support/edited-bundle.ts'
import { seasonDefects } from './season-defects.ts'
import type { HistoriesTask, HistoriesTotals } from './worker.ts'

/** Seeds of one run of the tests. */
const SEEDS = 120

/** What they must come to. */
const REQUESTS_MIN = 5_000
const ACCEPTED_SHARE_MIN = 0.7

/** Seeds after which a defect counts as missed. */
const DEFECT_SEEDS_MAX = 120

const minutes = 60_000

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

async function play(
  name: string,
  { edits = [], ...task }: HistoriesTask & { readonly edits?: readonly Edit[] },
): Promise<HistoriesTotals> {
  const entry = 'test/proofs/seasons/worker.ts'
  const bundle = await bundleEdited({ entry, name: `seasons-${name}` }, edits)
  return (await runInThread(bundle, task)) as HistoriesTotals
}

test(
  'whatever is asked of events and seasons, in whatever order: it is answered, shown, written down and told as the contract says',
  async () => {
    const totals = await play('sound', { seeds: range(SEEDS), stopsAtFailure: false })
    const { failures, ...counts } = totals
    console.log(JSON.stringify(counts))
    expect(failures).toEqual([])
    expect(totals.requests).toBeGreaterThanOrEqual(REQUESTS_MIN)
    expect(totals.accepted / totals.requests).toBeGreaterThanOrEqual(ACCEPTED_SHARE_MIN)
  },
  10 * minutes,
)

/** There are two cores. */
const threads = pLimit(2)

const named = seasonDefects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` }))

test.concurrent.each(named)(
  'it is found out that the product $name',
  async ({ bundle, edits }) => {
    const seeds = range(DEFECT_SEEDS_MAX)
    const { failures } = await threads(() => play(bundle, { seeds, stopsAtFailure: true, edits }))
    expect(failures).not.toEqual([])
    console.log(`seed ${failures[0]?.seed ?? 0}: ${failures[0]?.faults[0]?.slice(-200) ?? ''}`)
  },
  5 * minutes,
)
