import { expect, test } from 'vitest'
import { getChart } from '../../../../lib/store/charts/charts.ts'
import { keysOf, keysUpTo, openHall, type Hall } from '../../../support/seasons.ts'

async function open(events = 3) {
  const hall = await openHall()
  await hall.season({ eventKeys: keysUpTo(events) })
  const part = { key: 'part', eventKeys: ['e1', 'e2'] }
  await hall.must('POST /seasons/season/partial-seasons', part)
  await hall.must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  return hall
}

async function onChart({ runtime }: Hall) {
  return (await getChart(runtime.store, 'one', 'hall'))?.events
}

test('an event leaves its season and the partial seasons that it is in', async () => {
  const hall = await open()
  const { must, refused } = hall
  await must('DELETE /events/e1')
  expect((await refused('GET /events/e1')).slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
  expect(keysOf((await must('GET /events/season')).events)).toEqual(['e2', 'e3'])
  expect(keysOf((await must('GET /events/part')).events)).toEqual(['e2'])
  expect(await onChart(hall)).toBe(5)
  // Its key is free, its number is not.
  await must('POST /seasons/season/actions/create-events', { eventKeys: ['e1'] })
  expect(keysOf((await must('GET /events/season')).events)).toEqual(['e2', 'e3', 'e1'])
  expect((await must('GET /events/e1')).partialSeasonKeysForEvent).toEqual([])
})

test('a partial season goes alone', async () => {
  const hall = await open()
  const { must, refused } = hall
  await must('DELETE /events/part')
  expect((await refused('GET /events/part')).slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
  const whole = await must('GET /events/season')
  expect([whole.partialSeasonKeys, keysOf(whole.events)]).toEqual([[], ['e1', 'e2', 'e3']])
  expect((await must('GET /events/e1')).partialSeasonKeysForEvent).toEqual([])
  expect(await onChart(hall)).toBe(5)
  await must('POST /seasons/season/partial-seasons', { key: 'part' })
})

test.each([1, 24, 100])(
  'a season goes with its %i events and its partial seasons',
  async (events) => {
    const hall = await open(events === 1 ? 2 : events)
    const { must, refused, listed } = hall
    await must('DELETE /events/season')
    expect(keysOf(await listed())).toEqual(['plain'])
    expect(await onChart(hall)).toBe(1)
    for (const key of ['season', 'part', 'e1']) {
      expect((await refused(`GET /events/${key}`)).slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
    }
    expect((await refused('DELETE /events/season')).slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
    await must('DELETE /events/plain')
    expect(await must('GET /charts/hall')).toMatchObject({ status: 'NOT_USED' })
    await hall.season({ eventKeys: ['e1'] })
  },
)

test('a process that dies while it deletes a season leaves one that the same call deletes, and no event without it', async () => {
  const outcomes = new Set<number>()
  for (let writes = 0; writes < 5; writes += 1) {
    const hall = await open(60)
    const { api, engine, listed, must } = hall
    let left = writes
    engine.inject = ({ operation }) => {
      if (!/Write|Put|Update|Delete/.test(operation)) return undefined
      left -= 1
      return left < 0 ? 'lost-before' : undefined
    }
    await api('DELETE /events/season')
    engine.inject = undefined
    const keys = keysOf(await listed()) ?? []
    outcomes.add(keys.length)
    expect(await onChart(hall)).toBe(keys.length)
    if (keys.includes('season')) {
      const { events = [], partialSeasonKeys = [] } = await must('GET /events/season')
      expect(keys.length).toBe(events.length + partialSeasonKeys.length + 2)
      await must('POST /seasons/season/actions/create-events', { numberOfEvents: 1 })
      await must('DELETE /events/season')
    }
    expect(keysOf(await listed())).toEqual(['plain'])
    expect(await onChart(hall)).toBe(1)
  }
  expect(outcomes.size).toBe(5)
}, 120_000)

test('the older surface deletes a season with its events, and asks for bookings in all of them', async () => {
  const { native, must, listed } = await open()
  await must('POST /events/e3/actions/book', { objects: ['A-1'] })
  const refused = await native('DELETE /api/v1/events/season?ifUnbooked=true')
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    409,
    expect.stringContaining('Event season has 1 booked object(s)') as string,
  ])
  expect((await native('DELETE /api/v1/events/e1?ifUnbooked=true')).status).toBe(200)
  await must('POST /events/e3/actions/release', { objects: ['A-1'] })
  for (const key of ['season', 'part']) {
    await must(`POST /events/${key}/actions/book`, { objects: ['A-2'] })
    expect((await native('DELETE /api/v1/events/season?ifUnbooked=true')).status).toBe(409)
    await must(`POST /events/${key}/actions/release`, { objects: ['A-2'] })
  }
  expect((await native('DELETE /api/v1/events/season?ifUnbooked=true')).body).toMatchObject({
    ...{ eventKey: 'season', deleted: true },
  })
  expect(keysOf(await listed())).toEqual(['plain'])
})

test('the older surface keeps an event in which something is booked with its season, until the event overrides it', async () => {
  const { native, must } = await open()
  for (const [key, others] of [
    ['season', ['e1', 'e3']],
    ['part', ['e1']],
  ] as const) {
    await must(`POST /events/${key}/actions/book`, { objects: ['A-1', 'A-2'] })
    for (const other of others) {
      const { status, body } = await native(`DELETE /api/v1/events/${other}?ifUnbooked=true`)
      expect([status, JSON.stringify(body)]).toEqual([
        409,
        expect.stringContaining(`Event ${other} has 2 booked object(s)`) as string,
      ])
    }
    if (key === 'season')
      await must('POST /events/season/actions/release', { objects: ['A-1', 'A-2'] })
  }
  expect((await native('DELETE /api/v1/events/e3?ifUnbooked=true')).status).toBe(200)
  await must('POST /events/e1/actions/override-season-status', { objects: ['A-1', 'A-2'] })
  expect((await native('DELETE /api/v1/events/e1?ifUnbooked=true')).status).toBe(200)
})
