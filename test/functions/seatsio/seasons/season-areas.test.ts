import { describe, expect, test } from 'vitest'
import { hallWith, places } from '../../../support/area-scene.ts'
import { makeSeason } from '../../../support/season-scene.ts'
import { openTold } from '../../../support/told.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const EVENTS = ['match-1', 'match-2', 'match-3']

/** A season on a hall whose lawn has 80 places, in three events; the first two are in the partial season `half`. */
async function openLawn(lawn = 80) {
  const scene = await openSeatsioScene(hallWith(lawn))
  await makeSeason(scene.context(), {
    chartKey: 'hall',
    events: EVENTS,
    partials: { half: ['match-1', 'match-2'] },
  })
  const act = (key: string, action: string, body: object) =>
    scene.api(`POST /events/${key}/actions/${action}`, body)
  return {
    ...scene,
    act,
    book: (key: string, count: number, more: object = {}) =>
      act(key, 'book', { objects: [places('Lawn', count)], ...more }),
    hold: (key: string, count: number, holdToken: string) =>
      act(key, 'hold', { objects: [places('Lawn', count)], holdToken }),
    release: (key: string, count: number, more: object = {}) =>
      act(key, 'release', { objects: [places('Lawn', count)], ...more }),
    /** Booked, held and free places. */
    counts: async (key: string) => {
      const { numBooked, numHeld, numFree } = await scene.info('Lawn', key)
      return [numBooked, numHeld, numFree].join(' ')
    },
  }
}

describe('places that are taken on a season', () => {
  test('are missing in each of its events, and in those alone', async () => {
    const { book, counts } = await openLawn()
    expect((await book('season', 30)).status).toBe(204)
    for (const key of EVENTS) expect(await counts(key)).toBe('30 0 50')
    expect(await counts('season')).toBe('30 0 50')
    expect(await counts('half')).toBe('0 0 50')
    expect(verdictOf(await book('match-1', 51))).toContain('400')
    expect((await book('match-1', 50)).status).toBe(204)
    expect(await counts('match-1')).toBe('80 0 0')
    expect(await counts('match-2')).toBe('30 0 50')
  })

  test('of a partial season are missing in its events', async () => {
    const { book, counts } = await openLawn()
    await book('half', 30)
    expect(await Promise.all(EVENTS.map(counts))).toEqual(['30 0 50', '30 0 50', '0 0 80'])
    expect(await counts('season')).toBe('0 0 50')
    await book('season', 10)
    expect(await Promise.all(EVENTS.map(counts))).toEqual(['40 0 40', '40 0 40', '10 0 70'])
    expect(await counts('half')).toBe('30 0 40')
  })

  test('are there again once they are released', async () => {
    const { book, release, counts } = await openLawn()
    await book('season', 30)
    await release('season', 10)
    expect(await counts('match-1')).toBe('20 0 60')
    expect(await counts('season')).toBe('20 0 60')
  })

  test('cannot be released in an event', async () => {
    const { book, release, counts } = await openLawn()
    await book('season', 30)
    // Nothing of it is booked there: as of a free seat, nothing is done.
    expect((await release('match-1', 1)).status).toBe(204)
    await book('match-1', 2)
    expect(verdictOf(await release('match-1', 3))).toContain('400')
    expect(await counts('match-1')).toBe('32 0 48')
  })
})

test('a season has left what the event has left in which most is taken', async () => {
  const { book, counts } = await openLawn()
  for (const [place, count] of [6, 14, 20].entries()) await book(EVENTS[place] ?? '', count)
  expect(await counts('season')).toBe('0 0 60')
  expect(await counts('half')).toBe('0 0 66')
  expect(verdictOf(await book('season', 61))).toContain('400')
  expect((await book('season', 60)).status).toBe(204)
  expect(await Promise.all(EVENTS.map(counts))).toEqual(['66 0 14', '74 0 6', '80 0 0'])
  expect(verdictOf(await book('season', 1))).toContain('400')
})

test('what is held is missing to the others until the millisecond that it ends, and is ended then by whoever takes it', async () => {
  const { book, hold, counts, token, clock, lines } = await openLawn()
  const [eventToken, seasonToken] = [await token(1), await token(2)]
  expect((await hold('match-1', 70, eventToken)).status).toBe(204)
  expect((await hold('season', 10, seasonToken)).status).toBe(204)
  expect(await counts('match-1')).toBe('0 80 0')
  expect(await counts('season')).toBe('0 10 0')
  clock.advance(59_999)
  expect(verdictOf(await book('season', 1))).toContain('400')
  clock.advance(1)
  expect(await counts('season')).toBe('0 10 70')
  expect((await book('season', 70)).status).toBe(204)
  expect(await counts('match-1')).toBe('70 10 0')
  expect((await lines('', 'match-1')).map(({ status, quantity }) => [status, quantity])).toEqual([
    ['free', 70],
    ['reservedByToken', 70],
  ])
  clock.advance(60_000)
  expect(await counts('match-2')).toBe('70 0 10')
  expect((await book('match-2', 10)).status).toBe(204)
  expect(await counts('season')).toBe('70 0 0')
})

test('a hold of a season and of an event is booked by its token, and nothing is missing twice', async () => {
  const { book, hold, counts, token } = await openLawn()
  const holdToken = await token()
  await hold('match-1', 5, holdToken)
  await hold('season', 7, holdToken)
  expect(await counts('match-1')).toBe('0 12 68')
  expect((await book('match-1', 5, { holdToken })).status).toBe(204)
  expect((await book('season', 7, { holdToken })).status).toBe(204)
  expect(await counts('match-1')).toBe('12 0 68')
  expect(await counts('season')).toBe('7 0 68')
})

test('season and event that want the last places at once do not both get them', async () => {
  const { book, counts } = await openLawn(10)
  for (let round = 1; round <= 4; round += 1) {
    const before = await counts('match-1')
    const answers = await Promise.all([
      book('season', 2),
      book('match-1', 2),
      book('half', 2),
      book('match-1', 1),
      book('match-2', 2),
    ])
    expect(answers.every(({ status }) => [204, 400, 429].includes(status))).toBe(true)
    for (const key of EVENTS) {
      const [booked = 0, , free = 0] = (await counts(key)).split(' ').map(Number)
      expect([before, booked + free]).toEqual([before, 10])
    }
  }
  expect(await counts('match-1')).toBe('10 0 0')
})

test('places of channels are taken where they are, in season and events alike; what a pool lacks is missing in the others', async () => {
  const { api, book, counts, act } = await openLawn(10)
  const red = { key: 'red', name: 'Red', areaPlaces: { Lawn: 4 } }
  expect((await api('POST /events/season/channels', red)).status).toBe(204)
  const inRed = { channelKeys: ['red'] }
  expect((await book('season', 3, inRed)).status).toBe(204)
  expect(verdictOf(await book('match-1', 2, inRed))).toContain('400')
  expect((await book('match-1', 1, inRed)).status).toBe(204)
  expect(verdictOf(await book('match-1', 7))).toContain('400')
  expect((await book('match-1', 6)).status).toBe(204)
  expect(await counts('match-1')).toBe('10 0 0')
  // The season has as many left in each pool as the event in which most of that is taken.
  expect(verdictOf(await book('season', 1, inRed))).toContain('400')
  expect(await counts('match-2')).toBe('3 0 7')
  // An event that gives the channel no places has so many less of the others.
  await act('match-2', 'mark-as-not-for-sale', { areaPlaces: { Lawn: 2 } })
  expect(verdictOf(await book('match-2', 5))).toContain('400')
  expect((await book('match-2', 4)).status).toBe(204)
  expect(verdictOf(await book('match-2', 1))).toContain('400')
  await api('POST /events/match-3/channels/NO_CHANNEL/objects', { objects: ['Lawn'] })
  expect(verdictOf(await book('match-3', 8))).toContain('400')
  expect((await book('match-3', 7)).status).toBe(204)
})

test('an event that comes later has the places of its season; one that is past or has gone is in nobody\u2019s way', async () => {
  const { api, book, counts } = await openLawn(10)
  await book('season', 3)
  const later = { eventKeys: ['match-4'] }
  expect((await api('POST /seasons/season/actions/create-events', later)).status).toBe(200)
  expect(await counts('match-4')).toBe('3 0 7')
  await book('match-4', 7)
  await book('match-1', 6)
  expect(await counts('season')).toBe('3 0 0')
  await api('DELETE /events/match-4')
  expect(await counts('season')).toBe('3 0 1')
  await api('POST /events/match-1', { isInThePast: true })
  expect(await counts('season')).toBe('3 0 7')
  expect((await book('season', 7)).status).toBe(204)
  expect(await counts('match-1')).toBe('16 0 0')
  expect(await counts('match-2')).toBe('10 0 0')
})

test('places of a season are told as those of an area, on both surfaces, and in reports', async () => {
  const scene = await openLawn(10)
  const told = await openTold(scene)
  await scene.book('season', 3)
  await scene.book('half', 2)
  await scene.book('match-1', 1)
  await told.relay()
  const notices = told.notices().filter(({ type }) => type.startsWith('seat.'))
  expect(
    notices.map(({ event, objectLabel, quantity }) => [event.eventKey, objectLabel, quantity]),
  ).toEqual([
    ['season', 'Lawn', 3],
    ['half', 'Lawn', 2],
    ['match-1', 'Lawn', 1],
  ])
  const booked = async (key: string) => {
    const { body } = await scene.api(`GET /reports/events/${key}/byLabel`)
    const [report] = (body?.['Lawn'] ?? []) as { numBooked?: number }[]
    const status = await scene.native(`GET /api/v1/events/${key}/status`)
    return [report?.numBooked, JSON.stringify(status.body).match(/"quantity":\d+/)?.[0]]
  }
  expect(await booked('match-1')).toEqual([6, '"quantity":6'])
  expect(await booked('match-3')).toEqual([3, '"quantity":3'])
  expect(await booked('half')).toEqual([2, '"quantity":6'])
  const holdToken = await scene.token()
  await scene.hold('season', 2, holdToken)
  await scene.hold('match-1', 1, holdToken)
  expect(await scene.info('Lawn', 'match-1')).toMatchObject({
    numHeld: 3,
    holds: { [holdToken]: { NO_TICKET_TYPE: 3 } },
  })
  await scene.act('match-1', 'override-season-status', {
    objects: Array(4).fill('Lawn'),
    season: 'season',
  })
  expect(await scene.info('Lawn', 'match-1')).toMatchObject({
    numBooked: 3,
    numHeld: 2,
    holds: { [holdToken]: { NO_TICKET_TYPE: 2 } },
  })
})

describe('places that an event overrides', () => {
  const override = async (
    { act }: Awaited<ReturnType<typeof openLawn>>,
    count: number,
    more: { action?: string; season?: string } = {},
  ) => {
    const { action = 'override-season-status', ...rest } = more
    return act('match-1', action, { objects: Array(count).fill('Lawn'), ...rest })
  }

  test('are there in that event, as many as the season has taken', async () => {
    const scene = await openLawn()
    const { book, counts } = scene
    await book('season', 30)
    expect((await override(scene, 2)).status).toBe(204)
    expect((await override(scene, 2)).status).toBe(204)
    expect(await counts('match-1')).toBe('26 0 54')
    expect(await counts('match-2')).toBe('30 0 50')
    expect((await book('match-1', 54)).status).toBe(204)
    expect(await counts('match-1')).toBe('80 0 0')
    await override(scene, 70)
    expect(await counts('match-1')).toBe('54 0 26')
    expect(await scene.info('Lawn', 'match-1')).toMatchObject({
      seasonStatusOverriddenQuantity: 74,
      seasonStatusOverriddenQuantities: { season: 74 },
    })
    await override(scene, 70)
    expect(await scene.info('Lawn', 'match-1')).toMatchObject({
      seasonStatusOverriddenQuantity: 80,
    })
  })

  test('are missing again once they are given back, as long as the event has not sold them', async () => {
    const scene = await openLawn()
    const { book, counts, release } = scene
    await book('season', 30)
    await override(scene, 10)
    await book('match-1', 55)
    const back = { action: 'use-season-status' }
    expect((await override(scene, 5, back)).status).toBe(204)
    expect(await counts('match-1')).toBe('80 0 0')
    const refused = await override(scene, 1, back)
    expect([verdictOf(refused), errorOf(refused)['message']]).toMatchObject([
      '400 ILLEGAL_STATUS_CHANGE',
      expect.any(String),
    ])
    await release('match-1', 5)
    expect((await override(scene, 99, back)).status).toBe(204)
    expect(await counts('match-1')).toBe('80 0 0')
    expect(await scene.info('Lawn', 'match-1')).toMatchObject({ seasonStatusOverriddenQuantity: 0 })
  })
})
