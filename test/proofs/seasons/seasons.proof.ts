import { expect, test } from 'vitest'
import { bundleEdited, runInThread } from '../../support/edited-bundle.ts'
import type { HistoriesTask, HistoriesTotals } from './worker.ts'

/** Seeds of one run of the tests. */
const SEEDS = 250

/** What they must come to. */
const REQUESTS_MIN = 10_000
const ACCEPTED_SHARE_MIN = 0.7

const minutes = 60_000

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

async function play(name: string, task: HistoriesTask): Promise<HistoriesTotals> {
  const entry = 'test/proofs/seasons/worker.ts'
  const bundle = await bundleEdited({ entry, name: `seasons-${name}` }, [])
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
