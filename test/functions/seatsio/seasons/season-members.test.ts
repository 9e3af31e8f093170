import { describe, expect, test } from 'vitest'
import {
  EVENTS_MAX,
  PARTIAL_SEASONS_MAX,
  SEASON_EVENTS_MAX,
} from '../../../../lib/limits/limits.ts'
import { keysOf, keysUpTo, openHall } from '../../../support/seasons.ts'

const CREATE = 'POST /seasons/season/actions/create-events'
const PARTIALS = 'POST /seasons/season/partial-seasons'
const ADD = 'POST /seasons/season/partial-seasons/part/actions/add-events'
const REMOVE = 'DELETE /seasons/season/partial-seasons/part/events'

test('events that come into a season are answered newest first, and are behind the others in it', async () => {
  const { must, season } = await openHall()
  await season({ eventKeys: ['e1'] })
  const made = await must(CREATE, { eventKeys: ['e2', 'e3'] })
  expect(keysOf(made.events)).toEqual(['e3', 'e2'])
  for (const event of made.events ?? [])
    expect(await must(`GET /events/${event.key}`)).toEqual(event)
  const more = await must(CREATE, { numberOfEvents: 2 })
  expect(keysOf(more.events)?.map(({ length }) => length)).toEqual([36, 36])
  const { events, updatedOn } = await must('GET /events/season')
  expect(keysOf(events)).toEqual(['e1', 'e2', 'e3', ...(keysOf(more.events) ?? []).reverse()])
  expect(updatedOn).toBeDefined()
})

test('new events have what the season has by then', async () => {
  const { must, season } = await openHall()
  await season({ categories: [{ key: 'vip', label: 'VIP' }] })
  await must('POST /events/season', { tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
  const { events = [] } = await must(CREATE, { numberOfEvents: 1 })
  const { categories } = await must('GET /events/season')
  expect(events[0]).toMatchObject({ tableBookingConfig: { mode: 'ALL_BY_SEAT' }, categories })
})

test('a partial season has events of its season, which name it; it may have none', async () => {
  const { must, season } = await openHall()
  await season({ eventKeys: ['e1', 'e2', 'e3'] })
  const made = await must(PARTIALS, { key: 'part', name: 'Part', eventKeys: ['e3', 'e1'] })
  expect(made).toMatchObject({
    ...{ key: 'part', name: 'Part', chartKey: 'hall', topLevelSeasonKey: 'season' },
    ...{ isSeason: true, isTopLevelSeason: false, isPartialSeason: true, isEventInSeason: false },
    forSalePropagated: true,
  })
  expect(keysOf(made.events)).toEqual(['e1', 'e3'])
  expect(made.events?.map((it) => it.partialSeasonKeysForEvent)).toEqual([['part'], ['part']])
  expect(made).not.toHaveProperty('partialSeasonKeys')
  expect(await must('GET /events/part')).toEqual(made)
  const empty = await must(PARTIALS)
  expect([empty.key.length, empty.events]).toEqual([36, []])
  await must(PARTIALS, { key: 'both', eventKeys: ['e1', 'e2'] })
  const whole = await must('GET /events/season')
  expect(whole.partialSeasonKeys).toEqual(['part', empty.key, 'both'])
  expect(whole.events?.map((it) => it.partialSeasonKeysForEvent)).toEqual([
    ['part', 'both'],
    ['both'],
    ['part'],
  ])
})

test('events come into a partial season and out of it; what is so already is answered as it is', async () => {
  const { must, season } = await openHall()
  await season({ eventKeys: ['e1', 'e2', 'e3'] })
  await must(PARTIALS, { key: 'part' })
  for (let times = 0; times < 2; times += 1) {
    const added = await must(ADD, { eventKeys: ['e2', 'e1', 'e2'] })
    expect(keysOf(added.events)).toEqual(['e1', 'e2'])
    expect(await must('GET /events/part')).toEqual(added)
  }
  for (let times = 0; times < 2; times += 1) {
    const left = await must(`${REMOVE}/e1`)
    expect(keysOf(left.events)).toEqual(['e2'])
    expect(await must('GET /events/part')).toEqual(left)
  }
  expect((await must('GET /events/e1')).partialSeasonKeysForEvent).toEqual([])
  expect(keysOf((await must('GET /events/season')).events)).toEqual(['e1', 'e2', 'e3'])
  expect(keysOf((await must(`${REMOVE}/e3`)).events)).toEqual(['e2'])
  expect(keysOf((await must(ADD, { eventKeys: [] })).events)).toEqual(['e2'])
})

test('what is no season is told by its key, wherever a path names one', async () => {
  const { must, refused, season } = await openHall()
  await season({ eventKeys: ['e1'] })
  await season({ key: 'other', eventKeys: ['o1'] })
  await must(PARTIALS, { key: 'part', eventKeys: ['e1'] })
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  const unknown = (key: string) => [
    404,
    'SEASON_NOT_FOUND',
    `Season not found: ${key} was not found in workspace 11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa`,
  ]
  for (const key of ['nowhere', 'plain', 'e1', 'part']) {
    const create = { numberOfEvents: 1 }
    expect(await refused(`POST /seasons/${key}/actions/create-events`, create)).toEqual(
      unknown(key),
    )
    expect(await refused(`POST /seasons/${key}/partial-seasons`)).toEqual(unknown(key))
    const path = `/seasons/${key}/partial-seasons/part` as const
    const add = await refused(`POST ${path}/actions/add-events`, { eventKeys: ['e1'] })
    expect(add).toEqual(unknown(key))
    expect(await refused(`DELETE ${path}/events/e1`)).toEqual(unknown(key))
  }
  // No part of that season, whatever it is.
  for (const [season, key] of [
    ['season', 'nowhere'],
    ['season', 'plain'],
    ['season', 'season'],
    ['season', 'e1'],
    ['other', 'part'],
  ] as const) {
    const path = `/seasons/${season}/partial-seasons/${key}` as const
    const add = await refused(`POST ${path}/actions/add-events`, { eventKeys: ['e1'] })
    expect(add).toEqual(unknown(key))
    expect(await refused(`DELETE ${path}/events/e1`)).toEqual(unknown(key))
  }
})

test('no partial season has events that its season does not have', async () => {
  const { must, refused, season } = await openHall()
  await season({ eventKeys: ['e1'] })
  await season({ key: 'other', eventKeys: ['o1'] })
  await must(PARTIALS, { key: 'part', eventKeys: ['e1'] })
  await must('POST /events', { chartKey: 'hall', eventKey: 'plain' })
  for (const key of ['nowhere', 'plain', 'o1', 'part', 'season']) {
    const strange = [400, 'GENERAL_ERROR', `${key} is not an event of the season season`]
    expect(await refused(ADD, { eventKeys: ['e1', key] })).toEqual(strange)
    expect(await refused(PARTIALS, { eventKeys: ['e1', key] })).toEqual(strange)
    const removed = await refused(`${REMOVE}/${key}`)
    if (key === 'nowhere') expect(removed.slice(0, 2)).toEqual([404, 'EVENT_NOT_FOUND'])
    else expect(removed).toEqual(strange)
  }
  expect(keysOf((await must('GET /events/part')).events)).toEqual(['e1'])
})

describe('what is wrong with a request is said with its place', () => {
  test.each([
    [CREATE, {}, '#/eventKeys: give eventKeys or numberOfEvents'],
    [CREATE, { eventKeys: [] }, '#/eventKeys: expected minimum item count: 1, found: 0'],
    [CREATE, { eventKeys: ['a'], numberOfEvents: 1 }, 'not both'],
    [CREATE, { numberOfEvents: 0 }, '#/numberOfEvents: 0 is not greater or equal to 1'],
    [CREATE, { numberOfEvents: EVENTS_MAX + 1 }, '#/numberOfEvents: '],
    [CREATE, { eventKeys: ['a', 'a'] }, '#/eventKeys: Duplicate event keys are not allowed'],
    [CREATE, { eventKeys: ['groups'] }, '#/eventKeys/0: this key is used by the API itself'],
    [PARTIALS, { key: 'actions' }, '#/key: this key is used by the API itself'],
    [PARTIALS, { eventKey: 'part' }, "#/eventKey: a season's key is given as `key`"],
    [PARTIALS, { eventKeys: 'e1' }, '#/eventKeys: expected type: JSONArray, found: String'],
    [ADD, {}, '#: required key [eventKeys] not found'],
  ] as const)('%s %j', async (request, body, message) => {
    const { api, season } = await openHall()
    await season()
    const answer = await api(request, body)
    expect([answer.status, String(answer.body?.['messages'])]).toEqual([
      400,
      expect.stringContaining(message) as string,
    ])
  })
})

test('a season has so many events at a time, and no more', async () => {
  const { must, refused, season } = await openHall()
  await season({ numberOfEvents: EVENTS_MAX })
  for (let events = EVENTS_MAX; events < SEASON_EVENTS_MAX - EVENTS_MAX; events += EVENTS_MAX) {
    await must(CREATE, { numberOfEvents: EVENTS_MAX })
  }
  await must(CREATE, { numberOfEvents: EVENTS_MAX - 1 })
  const full = [400, 'GENERAL_ERROR', `The season season has at most ${SEASON_EVENTS_MAX} events`]
  expect(await refused(CREATE, { numberOfEvents: 2 })).toEqual(full)
  await must(CREATE, { eventKeys: ['last'] })
  expect(await refused(CREATE, { numberOfEvents: 1 })).toEqual(full)
  expect((await must('GET /events/season')).events).toHaveLength(SEASON_EVENTS_MAX)
  await must('DELETE /events/last')
  await must(CREATE, { eventKeys: ['last'] })
}, 120_000)

test('a season has so many partial seasons at a time, and no more', async () => {
  const { must, refused, season } = await openHall()
  await season({ eventKeys: ['e1'] })
  for (const key of keysUpTo(PARTIAL_SEASONS_MAX, 'p'))
    await must(PARTIALS, { key, eventKeys: ['e1'] })
  const full = `The season season has at most ${PARTIAL_SEASONS_MAX} partial seasons`
  expect(await refused(PARTIALS, { key: 'more' })).toEqual([400, 'GENERAL_ERROR', full])
  const named = (await must('GET /events/e1')).partialSeasonKeysForEvent
  expect(named).toEqual(keysUpTo(PARTIAL_SEASONS_MAX, 'p'))
  await must('DELETE /events/p7')
  await must(PARTIALS, { key: 'more' })
}, 120_000)
