import dynalite from 'dynalite/db/index.js'
import { describe, expect, it } from 'vitest'
import { MemoryDatabase } from '../src/memory-database.ts'
import type { Database, Range, Rows, Step } from '../src/store.ts'

// What memory holds is in LevelDB's order, whatever is written, deleted and asked for.

const CHARACTERS = ['a', 'b', '/', '~', '0', 'é', '\u{e000}', '\u{1f3ad}']

function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

async function rowsOf(rows: Rows): Promise<[string, unknown][]> {
  const found: [string, unknown][] = []
  for await (const row of rows) found.push(row)
  return found
}

async function both(): Promise<readonly [Database, Database]> {
  const { db } = dynalite.create({})
  await db.open()
  return [db, new MemoryDatabase()]
}

describe('memory in place of LevelDB', () => {
  it.each([1, 2, 3])('answers as LevelDB does (seed %i)', async (seed) => {
    const roll = dice(seed)
    const key = () =>
      Array.from({ length: 1 + roll(3) }, () => CHARACTERS[roll(CHARACTERS.length)]).join('')
    const range = (): Range => ({
      ...[{}, { gt: key() }, { gte: key() }][roll(3)],
      ...[{}, { lt: key() }, { lte: key() }][roll(3)],
      ...(roll(2) === 0 ? {} : { reverse: true }),
      ...(roll(3) === 0 ? { limit: 1 + roll(5) } : {}),
    })
    const [level, memory] = await both()
    for (let round = 0; round < 150; round += 1) {
      const steps = Array.from({ length: 10 }, (_, at): Step =>
        roll(4) === 0
          ? { type: 'del', key: key() }
          : { type: 'put', key: key(), value: `${round}-${at}` },
      )
      const before = memory.iterator({})
      const was = await rowsOf(level.iterator({}))
      for (const one of [level, memory]) await one.batch(steps)
      // Asked for before the writes, taken after them.
      expect(await rowsOf(before)).toEqual(was)
      const { limit, ...cleared } = range()
      if (limit !== undefined) for (const one of [level, memory]) await one.clear(cleared)
      const asked = range()
      expect(await rowsOf(memory.iterator(asked))).toEqual(await rowsOf(level.iterator(asked)))
      const one = key()
      expect(memory.getSync(one)).toEqual(level.getSync(one))
    }
  })
})
