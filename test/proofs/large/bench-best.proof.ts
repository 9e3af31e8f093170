import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { expect, test } from 'vitest'
import { measureCrowds, worstRounds } from '../../../bench/chapters/best.ts'
import { crowdsTable } from '../../../bench/report/best.ts'

const PAGE = 'docs/bench/README.md'
const BUYERS = 64
const ROUNDS_MAX = 3

test('64 at once get seats that are hardly worse than those of a queue, within three rounds in an arena, as the page says', async () => {
  const crowds = await measureCrowds(BUYERS, 1)
  expect(crowds.map(({ held }) => held)).toEqual(crowds.map(() => BUYERS))
  expect(worstRounds({ crowds })).toBeLessThanOrEqual(ROUNDS_MAX)
  for (const [place, crowd] of crowds.entries()) {
    const queue = crowds[place - 1]
    if (!crowd.isAtOnce || queue === undefined) continue
    // Who meets whom decides how much farther: by the seed, 1.2 to 1.7 times.
    expect(crowd.rowsAway).toBeLessThan(1.75 * queue.rowsAway)
    expect(crowd.split - queue.split).toBeLessThan(BUYERS / 10)
    expect(crowd.orphans - queue.orphans).toBeLessThan(BUYERS / 10)
  }
  const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' }
  expect(readFileSync(PAGE, 'utf8')).toContain(await format(crowdsTable(crowds), options))
})
