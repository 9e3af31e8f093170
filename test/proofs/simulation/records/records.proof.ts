import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { bundleEdited, type Edit } from '../../../support/edited-bundle.ts'
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
  return new Promise((resolve, reject) => {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const worker = new Worker(bundle, { workerData: task, env })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`The thread ended with ${code} before it was done`))
    })
  })
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
  3 * minutes,
)

const defects: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'deletes an event as it was read, whatever became of it since',
    edits: [
      {
        file: 'lib/store/events/events.ts',
        find: '...asItWasRead(head),',
        replace: "...asItWasRead(head), ConditionExpression: 'id = :id AND (v = :v OR v <> :v)',",
      },
    ],
  },
  {
    name: 'takes a chart that has the key of a deleted one for that',
    edits: [
      {
        file: 'lib/store/charts/charts.ts',
        find: "'id = :id AND v = :v'",
        replace: "'(id = :id OR id <> :id) AND v = :v'",
      },
    ],
  },
  {
    name: 'lists what is decided only once it is applied',
    edits: [
      {
        file: 'lib/store/events/decided-heads.ts',
        find: "isThere ? heads.get(name) : 'ended'",
        replace: 'isThere && heads.size < 0 ? heads.get(name) : undefined',
      },
    ],
  },
  {
    name: 'lists what is not decided yet',
    edits: [
      {
        file: 'lib/store/events/decided-heads.ts',
        find: "({ st }) => st === 'C'",
        replace: "({ st }) => st !== 'X'",
      },
    ],
  },
  {
    name: 'gives an event a key that another has',
    edits: [
      {
        file: 'lib/store/events/events.ts',
        find: "ConditionExpression: 'attribute_not_exists(pk)'",
        replace: "ConditionExpression: 'attribute_not_exists(pk) OR attribute_exists(pk)'",
      },
    ],
  },
]

test.each(defects.map((defect, index) => ({ ...defect, bundle: `defect-${index}` })))(
  'it is found out that the product $name',
  async ({ bundle, edits }) => {
    const { failures } = await fightOn(bundle, { seeds, stopsAtFailure: true, edits })
    expect(failures).not.toEqual([])
  },
  2 * minutes,
)
