import { expect, test } from 'vitest'
import { runSeed } from './run.ts'

test.each([1, 2])(
  'seed %i: nobody goes by heads of before a change that was answered',
  async (seed) => {
    expect(await runSeed(seed)).toEqual([])
  },
)
