import { describe, expect, test } from 'vitest'
import { readSeasonRows } from '../../../lib/store/seats/read-event.ts'
import { brief, openToldSeason } from '../../support/told-season.ts'

const LIFE_MS = 60_000

describe('the end of a hold', () => {
  test('in an event of a season is the end of what the season knows of it, in the same commit', async () => {
    const { hold, clock, told, heard, owned, runtime, season } = await openToldSeason()
    await hold('match-1', ['A-1', 'A-2'])
    await hold('match-2', ['A-1'])
    await heard()
    clock.advance(LIFE_MS)
    expect(await told.fire()).toBe(2)
    const ended = await heard()
    expect(ended.map(brief).sort()).toEqual([
      'match-1 A-1 hold_expired held→free',
      'match-1 A-2 hold_expired held→free',
      'match-2 A-1 hold_expired held→free',
    ])
    expect(new Set(ended.map(({ operationId }) => operationId)).size).toBe(1)
    expect(await owned()).toEqual([])
    // Two events that end together are one write of the row that they share.
    expect((await readSeasonRows(runtime.store, season)).get('A-1')).toMatchObject({
      version: 3,
      taken: [],
    })
  })

  test('in a season, and in a partial one, is that of an object of theirs', async () => {
    const { hold, clock, told, heard, owned } = await openToldSeason()
    await hold('season', ['A-1'])
    await hold('spring', ['A-2'])
    expect(await owned()).toEqual(['season A-1 held', 'spring A-2 held'])
    await heard()
    clock.advance(LIFE_MS - 1)
    expect(await told.fire()).toBe(0)
    clock.advance(1)
    expect(await told.fire()).toBe(2)
    expect((await heard()).map(brief).sort()).toEqual([
      'season A-1 hold_expired held→free',
      'spring A-2 hold_expired held→free',
    ])
    expect(await owned()).toEqual([])
  })

  test('comes along with a sale of the season, and of an event: each is told', async () => {
    const { hold, change, clock, heard, owned } = await openToldSeason()
    await hold('match-1', ['A-1'])
    await hold('autumn', ['A-2'])
    clock.advance(LIFE_MS)
    await heard()
    await change('season book', ['A-1'])
    await change('match-3 book', ['A-2'])
    const told = await heard()
    expect(told.map(brief).sort()).toEqual([
      'autumn A-2 hold_expired held→free',
      'match-1 A-1 hold_expired held→free',
      'match-3 A-2 booked free→booked',
      'season A-1 booked free→booked',
    ])
    expect(await owned()).toEqual(['match-3 A-2 booked', 'season A-1 booked'])
  })
})

describe('a hold token', () => {
  test('moves the deadline of all that it holds, in events, seasons and partial ones', async () => {
    const { hold, clock, told, heard, owned, api, token } = await openToldSeason()
    const holdToken = await token(1)
    for (const [eventKey, label] of [
      ['match-1', 'A-1'],
      ['season', 'A-2'],
      ['spring', 'A-3'],
    ] as const) {
      expect((await hold(eventKey, [label], { holdToken })).status).toBe(200)
    }
    await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 2 })
    const until = clock.now() + 2 * LIFE_MS
    const updated = (await heard()).filter(({ type }) => type === 'seat.updated')
    expect(updated.map(({ heldUntil = '' }) => Date.parse(heldUntil))).toEqual([
      until,
      until,
      until,
    ])
    clock.advance(LIFE_MS)
    await told.fire()
    expect(await owned()).toHaveLength(3)
    clock.advance(LIFE_MS)
    await told.relay()
    await told.fire()
    expect(await owned()).toEqual([])
  })

  test('that is ended lets go of all of it at once', async () => {
    const { hold, heard, owned, api, token } = await openToldSeason()
    const holdToken = await token(1)
    await hold('match-1', ['A-1'], { holdToken })
    await hold('autumn', ['A-2'], { holdToken })
    await heard()
    await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 })
    expect((await heard()).map(brief).sort()).toEqual([
      'autumn A-2 hold_expired held→free',
      'match-1 A-1 hold_expired held→free',
    ])
    expect(await owned()).toEqual([])
  })
})

test('500 seats of a season are one commit that ends what has lapsed in its events, and so is the end of their holds', async () => {
  const scene = await openToldSeason(250)
  const { hold, change, clock, told, heard, owned } = scene
  expect(scene.context().store.transactionItemsMax).toBeLessThan(500)
  const labels = ['A', 'B'].flatMap((row) => {
    return Array.from({ length: 250 }, (_, at) => `${row}-${at + 1}`)
  })
  expect((await hold('match-1', labels.slice(0, 120))).status).toBe(200)
  clock.advance(LIFE_MS)
  expect((await change('season book', labels)).status).toBe(204)
  const booked = await heard()
  expect(booked.filter(({ type }) => type === 'seat.booked')).toHaveLength(500)
  expect(booked.filter(({ type }) => type === 'seat.hold_expired')).toHaveLength(120)
  expect(await owned()).toHaveLength(500)
  expect((await change('season release', labels)).status).toBe(204)
  expect((await hold('autumn', labels.slice(0, 200))).status).toBe(200)
  await heard()
  clock.advance(LIFE_MS)
  await told.fire()
  const ended = await heard()
  expect(ended).toHaveLength(200)
  expect(new Set(ended.map(({ operationId }) => operationId)).size).toBe(1)
  expect(await owned()).toEqual([])
})
