import { expect, test } from 'vitest'
import { bundleEdited, runInThread, type Edit } from '../../../support/edited-bundle.ts'
import { recordDefects } from './record-defects.ts'
import type { FightTask, FightTotals } from './worker.ts'

/** Seeds of one run of the tests. */
const SEEDS = 250

/** Blows that must have done something, and sights of events that were created together. */
const HITS_MIN = 4_000
const LOOKS_MIN = 3_000

const minutes = 60_000

async function fightOn(
  name: string,
  { edits = [], ...task }: FightTask & { readonly edits?: readonly Edit[] },
): Promise<FightTotals> {
  const entry = 'test/proofs/simulation/records/worker.ts'
  const bundle = await bundleEdited({ entry, name: `records-${name}` }, edits)
  return (await runInThread(bundle, task)) as FightTotals
}

const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1)

test(
  'however creates, moves, renames and deletes fight: what is counted and listed is what there is',
  async () => {
    const { failures, hits, looks } = await fightOn('sound', { seeds, stopsAtFailure: false })
    expect(failures).toEqual([])
    expect(hits).toBeGreaterThanOrEqual(HITS_MIN)
    expect(looks).toBeGreaterThanOrEqual(LOOKS_MIN)
  },
  6 * minutes,
)

test.each(recordDefects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` })))(
  'it is found out that the product $name',
  async ({ bundle, edits }) => {
    const { failures } = await fightOn(bundle, { seeds, stopsAtFailure: true, edits })
    expect(failures).not.toEqual([])
  },
  2 * minutes,
)
