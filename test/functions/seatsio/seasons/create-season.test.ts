import { describe, expect, test } from 'vitest'
import { EVENTS_MAX } from '../../../../lib/limits/limits.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { keysOf, keysUpTo, openHall, type Told } from '../../../support/seasons.ts'

const UUID_LENGTH = 36

const always = {
  chartKey: 'hall',
  tableBookingConfig: { mode: 'INHERIT' },
  supportsBestAvailable: true,
  isInThePast: false,
}

test('a season is created with its events, and read again, with every flag everywhere', async () => {
  const { must, clock } = await openHall()
  const made = await must('POST /seasons', {
    chartKey: 'hall',
    ...{ key: 'season', name: 'Home games', eventKeys: ['e1', 'e2'] },
  })
  const { id, categories, events = [], ...rest } = made
  const createdOn = new Date(clock.now()).toISOString()
  expect(rest).toEqual({
    ...always,
    ...{ key: 'season', name: 'Home games', createdOn },
    ...{ isSeason: true, isTopLevelSeason: true, isPartialSeason: false, isEventInSeason: false },
    ...{ forSalePropagated: true, partialSeasonKeys: [] },
  })
  const eventFlags = { isSeason: false, isTopLevelSeason: false, isPartialSeason: false }
  expect(events.map((event) => ({ ...event, id: 0 }))).toEqual(
    ['e1', 'e2'].map((key) => ({
      ...{ ...always, id: 0, key, createdOn, categories, ...eventFlags },
      ...{ isEventInSeason: true, topLevelSeasonKey: 'season' },
      ...{ partialSeasonKeysForEvent: [], season: {} },
    })),
  )
  expect(events.map((event) => event.id > id)).toEqual([true, true])
  expect(await must('GET /events/season')).toEqual(made)
  expect(await must('GET /events/e2')).toEqual(events[1])
})

test('a season has what it was given, and so have its events, save the sale rules where they are its own', async () => {
  const { must, season } = await openHall()
  const given = {
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } },
    categories: [{ key: 'vip', label: 'VIP' }],
    objectCategories: { 'A-1': 'vip' },
    channels: [{ key: 'members', name: 'Members', objects: ['A-2'] }],
    forSaleConfig: { forSale: false, objects: ['A-3'] },
  }
  const forSaleConfig = { ...given.forSaleConfig, areaPlaces: {}, categories: [] }
  const made = await season({ ...given, eventKeys: ['e1'] })
  expect(made).toMatchObject({
    tableBookingConfig: given.tableBookingConfig,
    objectCategories: { 'A-1': 'vip' },
    channels: [{ key: 'members', objects: ['A-2'], areaPlaces: {} }],
    ...{ forSaleConfig, forSalePropagated: true },
  })
  const event = await must('GET /events/e1')
  expect(event).toMatchObject({
    tableBookingConfig: given.tableBookingConfig,
    ...{ categories: made['categories'], channels: made['channels'] },
    objectCategories: { 'A-1': 'vip' },
    season: { forSaleConfig },
  })
  expect(event).not.toHaveProperty('forSaleConfig')
  expect((made['categories'] as { key: string }[]).at(-1)?.key).toBe('vip')
  const own = await season({
    ...{ ...given, key: 'own', eventKeys: ['e2'] },
    forSalePropagated: false,
  })
  expect(own).toMatchObject({ forSalePropagated: false, forSaleConfig })
  expect((await must('GET /events/e2'))['season']).toEqual({})
})

test('without keys and events, a season has a key of ours and is empty; so many events have keys of ours', async () => {
  const { must } = await openHall()
  const empty = await must('POST /seasons', { chartKey: 'hall' })
  expect([empty.key.length, empty.events, empty.partialSeasonKeys]).toEqual([UUID_LENGTH, [], []])
  const counted = await must('POST /seasons', { chartKey: 'hall', numberOfEvents: 3 })
  expect(keysOf(counted.events)?.map((key) => key.length)).toEqual([36, 36, 36])
  expect(await must(`GET /events/${counted.key}`)).toEqual(counted)
})

test('lists have seasons, their parts and their events, without what belongs to them', async () => {
  const { must, season, listed } = await openHall()
  await season({ eventKeys: ['e1'] })
  await must('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  const [plain, part, event, whole] = await listed()
  expect(keysOf([plain, part, event, whole] as Told[])).toEqual(['plain', 'part', 'e1', 'season'])
  for (const told of [plain, part, event, whole]) {
    expect(told).not.toHaveProperty('events')
    expect(told).not.toHaveProperty('partialSeasonKeys')
  }
  expect(event?.partialSeasonKeysForEvent).toEqual(['part'])
  expect(part).toMatchObject({ isPartialSeason: true, topLevelSeasonKey: 'season' })
  for (const told of [plain, part, whole]) {
    expect(told).not.toHaveProperty('partialSeasonKeysForEvent')
    expect(told).not.toHaveProperty('season')
  }
  expect(whole).not.toHaveProperty('topLevelSeasonKey')
  expect(plain).not.toHaveProperty('topLevelSeasonKey')
  const { events } = await must('GET /charts/hall?expand=events')
  expect(events).toEqual([plain, part, event, whole])
})

describe('what is wrong with a season is said with its place', () => {
  test.each([
    [{}, '#: required key [chartKey] not found'],
    [{ chartKey: 'hall', key: 'groups' }, '#/key: this key is used by the API itself'],
    [{ chartKey: 'hall', key: 'actions' }, '#/key: this key is used by the API itself'],
    [{ chartKey: 'hall', eventKeys: ['actions'] }, '#/eventKeys/0: this key is used by'],
    [{ chartKey: 'hall', eventKey: 'season' }, "#/eventKey: a season's key is given as `key`"],
    [{ chartKey: 'hall', date: '2031-01-01' }, '#/date: only events have this field'],
    [{ chartKey: 'hall', numberOfEvents: 0 }, '#/numberOfEvents: 0 is not greater or equal to 1'],
    [
      { chartKey: 'hall', numberOfEvents: EVENTS_MAX + 1 },
      `#/numberOfEvents: ${EVENTS_MAX + 1} is not less or equal to ${EVENTS_MAX}`,
    ],
    [
      { chartKey: 'hall', eventKeys: keysUpTo(EVENTS_MAX + 1) },
      `#/eventKeys: expected maximum item count: ${EVENTS_MAX}`,
    ],
    [
      { chartKey: 'hall', eventKeys: ['a'], numberOfEvents: 1 },
      '#/numberOfEvents: give eventKeys or numberOfEvents, not both',
    ],
    [{ chartKey: 'hall', eventKeys: ['a', 'a'] }, '#/eventKeys: Duplicate event keys are not'],
    [{ chartKey: 'hall', key: 'a', eventKeys: ['a'] }, '#/eventKeys: Duplicate event keys are'],
    [{ chartKey: 'hall', forSalePropagated: 1 }, '#/forSalePropagated: expected type: Boolean'],
  ])('%j', async (body, message) => {
    const { api, listed } = await openHall()
    const answer = await api('POST /seasons', body)
    expect([answer.status, String(answer.body?.['messages'])]).toEqual([
      400,
      expect.stringContaining(message) as string,
    ])
    expect(await listed()).toEqual([])
  })
})

test('seasons, their parts, their events and plain events have keys of one kind: none is had twice', async () => {
  const { must, refused, season } = await openHall()
  await season({ eventKeys: ['e1'] })
  await must('POST /seasons/season/partial-seasons', { key: 'part' })
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  const taken = (key: string) => [
    400,
    'EVENT_KEY_ALREADY_EXISTS',
    `Event key already exists: ${key}`,
  ]
  for (const key of ['season', 'part', 'e1', 'plain']) {
    const season2 = { chartKey: 'hall', key: 'other' }
    expect(await refused('POST /seasons', { chartKey: 'hall', key })).toEqual(taken(key))
    expect(await refused('POST /seasons', { ...season2, eventKeys: ['x', key] })).toEqual(
      taken(key),
    )
    expect(await refused('POST /events', { chartKey: 'hall', eventKey: key })).toEqual(taken(key))
    const more = { eventKeys: ['x', key] }
    expect(await refused('POST /seasons/season/actions/create-events', more)).toEqual(taken(key))
    expect(await refused('POST /seasons/season/partial-seasons', { key })).toEqual(taken(key))
  }
  for (const [from, to] of [
    ['season', 'e1'],
    ['part', 'season'],
    ['e1', 'part'],
    ['plain', 'season'],
  ] as const) {
    expect(await refused(`POST /events/${from}`, { eventKey: to })).toEqual(taken(to))
  }
})

test('what an event cannot have, a season cannot have', async () => {
  const { api, refused } = await openHall()
  const wanted = async (body: object) =>
    (await refused('POST /seasons', { chartKey: 'hall', ...body })).slice(0, 2)
  expect(await wanted({ chartKey: 'nowhere' })).toEqual([404, 'CHART_NOT_FOUND'])
  expect(await wanted({ objectCategories: { 'A-1': 'none' } })).toEqual([400, 'GENERAL_ERROR'])
  const channel = { key: 'a', name: 'A' }
  const channels = [channel, { ...channel, name: 'B' }]
  expect(await wanted({ channels })).toEqual([400, 'CHANNEL_ALREADY_EXISTS'])
  await api('POST /charts', rowDrawing())
})

test('what is read for a list does not grow with the events, and one season is two batches more', async () => {
  const { season, api, calls, must } = await openHall()
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  const readsOf = async (request: `GET /${string}`) => {
    await api(request)
    calls.clear()
    await api(request)
    return calls.count().reads
  }
  const alone = await readsOf('GET /events?limit=100')
  for (const key of ['s1', 's2', 's3']) {
    await season({ key, eventKeys: keysUpTo(20, key) })
    await must(`POST /seasons/${key}/partial-seasons`, { eventKeys: [`${key}1`, `${key}7`] })
  }
  const many = await readsOf('GET /events?limit=100')
  expect(many - alone).toBe(2)
  const chart = await readsOf('GET /charts/hall?expand=events')
  expect(chart).toBeLessThanOrEqual(many + 2)
  // Its head by key and by id; in a batch each its events, the chart and its partial seasons.
  expect(await readsOf('GET /events/s1')).toBeLessThanOrEqual(5)
})
