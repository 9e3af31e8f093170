import { expect, test } from 'vitest'
import { openToldSeason } from '../../../support/told-season.ts'

test('an event of a season takes and gives back for twice the rows, a season for as many as an event, and all else costs what it does anywhere', async () => {
  const { change, calls } = await openToldSeason()
  const seats = ['A-1', 'A-2', 'A-3']
  const costOf = async (what: string, more: object = {}) => {
    calls.clear()
    const { status } = await change(what, seats, more)
    expect(status).toBe(204)
    const { items, writeUnits, writes } = calls.count()
    return { items, writeUnits, writes }
  }
  const custom = { status: 'checkedIn' }
  const plain = [
    await costOf('gala book'),
    await costOf('gala change-object-status', custom),
    await costOf('gala release'),
  ] as const
  expect(plain[0]).toEqual({ items: 4, writeUnits: 8, writes: 1 })
  const twice = { items: 7, writeUnits: 14, writes: 1 }
  expect(await costOf('match-1 book')).toEqual(twice)
  expect(await costOf('match-1 change-object-status', custom)).toEqual(plain[1])
  expect(await costOf('match-1 release')).toEqual(twice)
  expect([
    await costOf('season book'),
    await costOf('season change-object-status', custom),
    await costOf('season release'),
  ]).toEqual(plain)
})
