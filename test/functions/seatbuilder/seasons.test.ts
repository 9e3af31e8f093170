import { expect, test } from 'vitest'
import type { Api } from '../../support/api.ts'
import { openSeason } from '../../support/season-scene.ts'
import { OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

// Seasons are made on the other surface, and sold here like any event.

function callsOf(native: Api) {
  const act =
    (verb: string) =>
    async (event: string, objectLabels: string[], more: object = {}) => {
      const path = `POST /api/v1/events/${event}/seats/${verb}` as const
      return (await native(path, { objectLabels, ...more })).status
    }
  return {
    hold: act('hold'),
    book: act('book'),
    release: act('release'),
    extend: act('extend'),
    /** What is taken of an event, in short. */
    taken: async (event: string) => {
      const { body } = await native(`GET /api/v1/events/${event}/status`)
      const objects = body['objects'] as Record<string, unknown>[]
      return objects.map(({ objectLabel, status, holdToken, extraData }) =>
        [objectLabel, status, ...(holdToken === null ? [] : [holdToken]), extraData].filter(
          Boolean,
        ),
      )
    },
    counted: async (event: string) => {
      const { body } = await native(`GET /api/v1/events/${event}/reports`)
      return body['byStatus']
    },
  }
}

test('seats of a season are held, extended, booked and released, and taken in its events meanwhile', async () => {
  const { native, clock } = await openSeason()
  const { hold, book, release, extend, taken, counted } = callsOf(native)
  expect(await hold('season', ['A-1', 'A-2'], { holdToken: TOKEN, ttlSeconds: 60 })).toBe(200)
  for (const event of ['spring', 'match-1', 'match-3']) {
    expect(await taken(event)).toEqual([
      ['A-1', 'held', TOKEN],
      ['A-2', 'held', TOKEN],
    ])
    expect(await counted(event)).toEqual({ held: 2, booked: 0 })
    expect(await hold(event, ['A-1'], { holdToken: OTHER_TOKEN })).toBe(409)
    // The token has them in the season, and nowhere else.
    expect(await book(event, ['A-1'], { holdToken: TOKEN })).toBe(409)
    expect(await release(event, ['A-1'], { holdToken: TOKEN })).toBe(409)
  }
  expect(await extend('season', ['A-1'], { holdToken: TOKEN, ttlSeconds: 600 })).toBe(200)
  clock.advance(60_000)
  expect(await taken('match-1')).toEqual([['A-1', 'held', TOKEN]])
  const extraData = { guest: 'g-19' }
  expect(await book('season', ['A-1'], { holdToken: TOKEN, extraData })).toBe(200)
  expect(await taken('autumn')).toEqual([['A-1', 'booked', extraData]])
  expect(await counted('match-2')).toEqual({ held: 0, booked: 1 })
  expect(await release('match-2', ['A-1'])).toBe(409)
  expect(await release('season', ['A-1'])).toBe(200)
  expect(await taken('match-2')).toEqual([])
})

test('everything that a token holds in a season or a part of it is extended together', async () => {
  const { native } = await openSeason()
  const { hold } = callsOf(native)
  await hold('season', ['A-1'], { holdToken: TOKEN })
  await hold('spring', ['A-2', 'A-3'], { holdToken: TOKEN })
  for (const [event, labels] of [
    ['season', ['A-1']],
    ['spring', ['A-2', 'A-3']],
    ['match-1', []],
  ] as const) {
    const { body } = await native(`POST /api/v1/events/${event}/seats/extend`, { holdToken: TOKEN })
    expect(body['extended']).toEqual(labels.map((objectLabel) => ({ objectLabel })))
    expect(body['failed']).toEqual([])
  }
})

test('what is taken in an event is taken in its seasons, as that, by nobody who is told', async () => {
  const { native, season, api } = await openSeason()
  const { hold, taken, counted } = callsOf(native)
  await hold('match-1', ['A-1'], { holdToken: TOKEN })
  await season.resale('match-1', ['A-2'])
  await season.change('match-2', ['A-1', 'A-3'], { status: 'checkedIn' })
  expect(await taken('season')).toEqual([
    ['A-1', 'held'],
    ['A-2', 'booked'],
    ['A-3', 'booked'],
  ])
  expect(await counted('spring')).toEqual({ held: 1, booked: 2 })
  expect(await taken('autumn')).toEqual([
    ['A-1', 'booked'],
    ['A-3', 'booked'],
  ])
  expect(await taken('match-3')).toEqual([])
  await api('POST /events/match-1', { isInThePast: true })
  expect(await taken('season')).toEqual([
    ['A-1', 'booked'],
    ['A-3', 'booked'],
  ])
})

test('what a season offers again is taken in its events, and what they override is not', async () => {
  const { native, season } = await openSeason()
  const { taken } = callsOf(native)
  await season.book('season', ['A-1', 'A-2'])
  await season.resale('season', ['A-1'])
  expect(await taken('season')).toEqual([['A-2', 'booked']])
  expect(await taken('match-1')).toEqual([
    ['A-1', 'booked'],
    ['A-2', 'booked'],
  ])
  await season.override('match-1', ['A-2'])
  expect(await taken('match-1')).toEqual([['A-1', 'booked']])
})

test('of who has seats of a season one row each is read for its status, whatever the number of its events', async () => {
  const { native, season, calls } = await openSeason()
  const { taken } = callsOf(native)
  await season.book('match-1', ['A-1', 'A-2'])
  await season.book('match-2', ['A-1', 'A-2'])
  await taken('season')
  calls.clear()
  expect(await taken('season')).toHaveLength(2)
  const batches = calls.all.flatMap(({ operation, input }) => {
    if (operation !== 'BatchGetItem') return []
    const [table] = Object.values(input['RequestItems'] as Record<string, { Keys: unknown[] }>)
    return [table?.Keys.length]
  })
  // The revision and the heads of season and chart, then the rows.
  expect(batches).toEqual([3, 2])
})
