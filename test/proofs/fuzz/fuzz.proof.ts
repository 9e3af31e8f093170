import { expect, test } from 'vitest'
import { SUCCESS_SHARE_MIN, writeReport } from './report.ts'
import { fuzz } from './run.ts'

/** Any other would do; a run with one that nobody chose is `npm run fuzz`. */
const SEED = 20270308
const REQUESTS = 3_600
const FUZZ_MS_MAX = 180_000

test(
  'thousands of requests that nobody thought of are answered as documented, and leave order behind',
  async () => {
    const report = await fuzz({ requests: REQUESTS, seed: SEED })
    expect(report.failures, writeReport(report)).toEqual([])
    expect(report.failed).toBe(0)
    expect(report.sent).toBeGreaterThanOrEqual(REQUESTS)
    expect((100 * report.successes) / report.sent).toBeGreaterThanOrEqual(SUCCESS_SHARE_MIN)
    for (const [operationId, statuses] of report.answers) {
      const reached = [...statuses.keys()].filter((status) => status < 300)
      expect([operationId, reached]).not.toEqual([operationId, []])
    }
  },
  FUZZ_MS_MAX,
)

test('the same seed sends the same requests, another seed others', async () => {
  const digestOf = async (seed: number) => (await fuzz({ requests: 240, seed })).digest
  const first = await digestOf(7)
  expect(await digestOf(7)).toBe(first)
  expect(await digestOf(8)).not.toBe(first)
})
