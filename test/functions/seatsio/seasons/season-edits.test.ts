import { expect, test } from 'vitest'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { readSeasons } from '../../../../lib/store/events/seasons.ts'
import { rosterOf } from '../../../../lib/rules/season/roster.ts'
import { keysOf, openHall, type Hall } from '../../../support/seasons.ts'

async function open() {
  const hall = await openHall()
  await hall.season({ eventKeys: ['e1', 'e2'] })
  await hall.must('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  await hall.must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  return hall
}

/** What the season itself knows of what belongs to it. */
async function rosterIn({ runtime }: Hall, key = 'season') {
  const head = await getEvent(runtime.store, 'one', key)
  const { eventId = '' } = head ?? {}
  return rosterOf((await readSeasons(runtime.store, [eventId])).get(eventId)?.details ?? {})
}

test('seasons, their parts and their events are renamed, and find each other by the new keys', async () => {
  const hall = await open()
  const { must, refused } = hall
  const before = await must('GET /events/season')
  for (const [from, to] of [
    ['season', 'season-2'],
    ['part', 'part-2'],
    ['e1', 'e1-2'],
  ] as const) {
    await must(`POST /events/${from}`, { eventKey: to, name: `Now ${to}` })
    expect((await refused(`GET /events/${from}`)).slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
  }
  const after = await must('GET /events/season-2')
  expect(after).toMatchObject({
    id: before.id,
    name: 'Now season-2',
    partialSeasonKeys: ['part-2'],
  })
  expect(keysOf(after.events)).toEqual(['e1-2', 'e2'])
  const event = await must('GET /events/e1-2')
  expect(event).toMatchObject({
    ...{ name: 'Now e1-2', topLevelSeasonKey: 'season-2', partialSeasonKeysForEvent: ['part-2'] },
  })
  expect(await must('GET /events/part-2')).toMatchObject({ topLevelSeasonKey: 'season-2' })
  const found = await refused('POST /seasons/season/actions/create-events', { numberOfEvents: 1 })
  expect(found.slice(0, 2)).toEqual([404, 'SEASON_NOT_FOUND'])
  await must('POST /seasons/season-2/actions/create-events', { eventKeys: ['e1'] })
})

test('what a season says of categories and tables holds in its events, and an event may say more', async () => {
  const { must } = await open()
  const vip = { key: 'vip', label: 'VIP', color: 'red', accessible: false }
  await must('POST /events/season', {
    ...{ categories: [vip], objectCategories: { 'A-1': 'vip' } },
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } },
  })
  const tables = { tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } } }
  for (const key of ['season', 'part', 'e1']) {
    const told = await must(`GET /events/${key}`)
    expect(told).toMatchObject({ ...tables, objectCategories: { 'A-1': 'vip' } })
    expect((told['categories'] as unknown[]).at(-1)).toEqual(vip)
  }
  const press = { key: 'press', label: 'Press', color: 'blue', accessible: false }
  await must('POST /events/e1', { categories: [press], objectCategories: { 'A-2': 'press' } })
  await must('POST /events/e1', { objectCategories: { 'A-2': 'press', 'A-3': 'vip' } })
  const own = await must('GET /events/e1')
  expect((own['categories'] as unknown[]).slice(-2)).toEqual([vip, press])
  expect(own['objectCategories']).toEqual({ 'A-1': 'vip', 'A-2': 'press', 'A-3': 'vip' })
  expect((await must('GET /events/e2'))['objectCategories']).toEqual({ 'A-1': 'vip' })
  await must('POST /events/part', { objectCategories: { 'A-4': 'vip' } })
  const part = await must('GET /events/part')
  expect(part['objectCategories']).toEqual({ 'A-1': 'vip', 'A-4': 'vip' })
})

test('what all of a season share is changed of all together, or not at all', async () => {
  const { must, refused, api } = await open()
  await api(
    'POST /system/public/charts/other',
    (await api('GET /charts/hall/version/published')).body,
  )
  const tables = { tableBookingConfig: { mode: 'ALL_BY_SEAT' } }
  for (const key of ['e1', 'part']) {
    const says = `${key} belongs to a season, which says how tables are sold: change the season`
    expect(await refused(`POST /events/${key}`, tables)).toEqual([400, 'GENERAL_ERROR', says])
  }
  for (const key of ['season', 'part', 'e1']) {
    const says = `${key} is a season or belongs to one: it stays on its chart`
    const moved = [400, 'GENERAL_ERROR', says]
    expect(await refused(`POST /events/${key}`, { chartKey: 'other' })).toEqual(moved)
    expect(await refused(`POST /events/${key}/actions/move-to-new-chart-copy`)).toEqual(moved)
    await must(`POST /events/${key}`, { chartKey: 'hall' })
  }
})

test('whether sale rules count in the events is changed of seasons, and of nothing else', async () => {
  const { must, refused, season } = await openHall()
  const forSaleConfig = { forSale: false, objects: ['A-1'], areaPlaces: {}, categories: [] }
  await season({ eventKeys: ['e1'], forSaleConfig })
  await must('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  for (const [isPropagated, shown] of [
    [false, {}],
    [true, { forSaleConfig }],
  ] as const) {
    await must('POST /events/season', { forSalePropagated: isPropagated })
    expect(await must('GET /events/season')).toMatchObject({
      ...{ forSalePropagated: isPropagated, forSaleConfig },
    })
    expect((await must('GET /events/e1'))['season']).toEqual(shown)
  }
  await must('POST /events/part', { forSalePropagated: false })
  expect(await must('GET /events/part')).toMatchObject({ forSalePropagated: false })
  expect((await must('GET /events/e1'))['season']).toEqual({ forSaleConfig })
  const says = '#/forSalePropagated: only seasons have this field'
  for (const key of ['e1', 'plain']) {
    const answer = await refused(`POST /events/${key}`, { forSalePropagated: true })
    expect(answer).toEqual([400, 'GENERAL_ERROR', says])
  }
  for (const field of ['eventKeys', 'numberOfEvents']) {
    const answer = await refused('POST /events/season', { [field]: 1 })
    const elsewhere = `#/${field}: is changed by calls of its own: leave it out`
    expect(answer).toEqual([400, 'GENERAL_ERROR', elsewhere])
  }
})

test('a season knows which of its events are in the past, whatever else is changed with that', async () => {
  const hall = await open()
  const { must, refused } = hall
  const past = async () => (await rosterIn(hall)).events.map((it) => it.isInThePast ?? false)
  expect(await past()).toEqual([false, false])
  await must('POST /events/e1', { isInThePast: true, eventKey: 'first', name: 'First' })
  expect([await past(), (await must('GET /events/first'))['isInThePast']]).toEqual([
    [true, false],
    true,
  ])
  expect((await must('GET /events/season')).events?.[0]).toMatchObject({ isInThePast: true })
  await must('POST /events/first', { objectCategories: { 'A-1': 1 } })
  expect(await past()).toEqual([true, false])
  await must('POST /events/first', { isInThePast: false })
  expect(await past()).toEqual([false, false])
  // Its season would be written under the key that it is to have.
  const taken = await refused('POST /events/first', { isInThePast: true, eventKey: 'season' })
  expect(taken.slice(0, 2)).toEqual([400, 'EVENT_KEY_ALREADY_EXISTS'])
  // On others it is kept, and has no effect.
  for (const key of ['season', 'part', 'plain']) {
    await must(`POST /events/${key}`, { isInThePast: true })
    expect((await must(`GET /events/${key}`))['isInThePast']).toBe(true)
  }
  expect(await past()).toEqual([false, false])
})

test('a season knows the texts of its events and parts that its own sale depends on, also after they are replaced', async () => {
  const hall = await open()
  const { must, runtime } = hall
  const named = async () => {
    const { events, partials } = await rosterIn(hall)
    return [...events, ...partials].map(({ terms }) => terms?.textId)
  }
  const textOf = async (key: string) => (await getEvent(runtime.store, 'one', key))?.details?.textId
  expect(await named()).toEqual([undefined, undefined, undefined])
  for (const objectCategories of [{ 'A-1': 1 }, { 'A-2': 1 }]) {
    await must('POST /events/e2', { objectCategories })
    await must('POST /events/part', { objectCategories })
    expect(await named()).toEqual([undefined, await textOf('e2'), await textOf('part')])
  }
  await must('POST /events/e2', { objectCategories: null, isInThePast: true })
  await must('POST /events/part', { objectCategories: null, name: 'Part' })
  expect(await named()).toEqual([undefined, undefined, undefined])
})

test('the older surface reads and renames seasons and their events as events', async () => {
  const { native, must } = await open()
  const list = await native('GET /api/v1/events')
  expect((list.body['items'] as { eventKey: string }[]).map(({ eventKey }) => eventKey)).toEqual([
    ...['plain', 'part', 'e2', 'e1', 'season'],
  ])
  for (const key of ['season', 'part', 'e1']) {
    const renamed = await native(`PATCH /api/v1/events/${key}`, { name: `Now ${key}` })
    expect([renamed.status, (await native(`GET /api/v1/events/${key}`)).body]).toMatchObject([
      200,
      { eventKey: key, name: `Now ${key}`, chartKey: 'hall', chartPublishedVersion: 1 },
    ])
    expect((await must(`GET /events/${key}`))['name']).toBe(`Now ${key}`)
  }
})
