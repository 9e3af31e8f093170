import {
  Category,
  Channel,
  CreateSeasonParams,
  Event,
  ForSaleConfig,
  Season,
  TableBookingConfig,
  UpdateEventParams,
  UpdateSeasonParams,
} from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio, type SeatsioServer } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  return server
}

/** Reads what the client takes for a season. */
async function readSeason({ client }: SeatsioServer, key = 'season') {
  const found = await client.seasons.retrieve(key)
  if (!(found instanceof Season)) throw new Error(`${key} is no season`)
  return found
}

const keysOf = (events: readonly { key: string }[]) => events.map(({ key }) => key)

test('a season is created with nothing, and with everything, and read again', async () => {
  const { client } = await open()
  const plain = await client.seasons.create('hall')
  expect(plain).toBeInstanceOf(Season)
  expect(plain).toMatchObject({
    ...{ isTopLevelSeason: true, isPartialSeason: false, isEventInSeason: false },
    ...{ topLevelSeasonKey: undefined, forSalePropagated: true, updatedOn: null, name: null },
    ...{ events: [], partialSeasonKeys: [], tableBookingConfig: { mode: 'INHERIT' } },
  })
  const params = new CreateSeasonParams()
    .key('season')
    .name('Home games')
    .eventKeys(['e1', 'e2'])
    .tableBookingConfig(TableBookingConfig.custom({ T1: 'BY_TABLE' }))
    .objectCategories({ 'A-1': 'vip' })
    .categories([new Category('vip', 'VIP', '#e8590c', false)])
    .channels([
      new Channel({ key: 'members', name: 'Members', color: 'red', index: 1, objects: ['A-2'] }),
    ])
    .forSaleConfig(new ForSaleConfig(false, ['A-3'], { Lawn: 3 }, ['1']))
    .forSalePropagated(false)
  const full = await client.seasons.create('hall', params)
  expect(full).toMatchObject({
    ...{ key: 'season', name: 'Home games', chartKey: 'hall', forSalePropagated: false },
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } },
    objectCategories: { 'A-1': 'vip' },
    channels: [{ key: 'members', objects: ['A-2'] }],
    forSaleConfig: { forSale: false, objects: ['A-3'], areaPlaces: { Lawn: 3 }, categories: ['1'] },
  })
  expect(keysOf(full.events ?? [])).toEqual(['e1', 'e2'])
  for (const event of full.events ?? []) {
    expect(event).toMatchObject({ isEventInSeason: true, topLevelSeasonKey: 'season' })
    expect(event.partialSeasonKeysForEvent).toEqual([])
  }
  expect(await client.seasons.retrieve('season')).toEqual(full)
  expect(await client.events.retrieve('season')).toBeInstanceOf(Season)
  expect(await client.events.retrieve('e1')).not.toBeInstanceOf(Season)
  const counted = await client.seasons.create('hall', new CreateSeasonParams().numberOfEvents(2))
  expect(counted.events).toHaveLength(2)
})

test('events come into a season, and are told newest first', async () => {
  const server = await open()
  const { client } = server
  await client.seasons.create('hall', new CreateSeasonParams().key('season').eventKeys(['e1']))
  const named = (await client.seasons.createEvents('season', null, ['e2', 'e3'])) as Event[]
  expect(keysOf(named)).toEqual(['e3', 'e2'])
  expect(named.every((event) => event instanceof Event && event.isEventInSeason)).toBe(true)
  const counted = (await client.seasons.createEvents('season', 2)) as Event[]
  const { events = [] } = await readSeason(server)
  expect(keysOf(events)).toEqual(['e1', 'e2', 'e3', ...keysOf(counted).reverse()])
})

test('partial seasons are made, get events and lose them', async () => {
  const server = await open()
  const { client } = server
  const params = new CreateSeasonParams().key('season').eventKeys(['e1', 'e2'])
  await client.seasons.create('hall', params)
  const empty = await client.seasons.createPartialSeason('season')
  expect(empty).toMatchObject({ isPartialSeason: true, topLevelSeasonKey: 'season', events: [] })
  const part = await client.seasons.createPartialSeason('season', 'part', 'Part', ['e1'])
  expect(part).toMatchObject({ key: 'part', name: 'Part', partialSeasonKeys: undefined })
  expect(part.events?.[0]?.partialSeasonKeysForEvent).toEqual(['part'])
  const more = await client.seasons.addEventsToPartialSeason('season', 'part', ['e2'])
  expect(keysOf(more.events ?? [])).toEqual(['e1', 'e2'])
  const less = await client.seasons.removeEventFromPartialSeason('season', 'part', 'e1')
  expect(keysOf(less.events ?? [])).toEqual(['e2'])
  const season = await readSeason(server)
  expect(season.partialSeasonKeys).toEqual([empty.key, 'part'])
  expect(season.events?.map((event) => event.partialSeasonKeysForEvent)).toEqual([[], ['part']])
  await expect(
    client.seasons.addEventsToPartialSeason('season', 'part', ['nowhere']),
  ).rejects.toMatchObject({ status: 400 })
  await expect(client.seasons.createPartialSeason('part')).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'SEASON_NOT_FOUND' }],
  })
})

test('seasons and their events are changed and deleted as events are', async () => {
  const server = await open()
  const { client } = server
  const params = new CreateSeasonParams().key('season').eventKeys(['e1', 'e2'])
  await client.seasons.create('hall', params)
  await client.seasons.update(
    'season',
    new UpdateSeasonParams()
      .withKey('other')
      .withName('Other')
      .withCategories([new Category('vip', 'VIP', 'red', true)])
      .withObjectCategories({ 'A-1': 'vip' })
      .withTableBookingConfig(TableBookingConfig.allBySeat())
      .withForSalePropagated(false),
  )
  const season = await client.seasons.retrieve('other')
  expect(season).toMatchObject({
    ...{ key: 'other', name: 'Other', forSalePropagated: false },
    ...{ objectCategories: { 'A-1': 'vip' }, tableBookingConfig: { mode: 'ALL_BY_SEAT' } },
  })
  expect(season.updatedOn).toBeInstanceOf(Date)
  await client.events.update('e1', new UpdateEventParams().withIsInThePast(true))
  expect(await client.events.retrieve('e1')).toMatchObject({
    ...{ isInThePast: true, topLevelSeasonKey: 'other' },
  })
  await client.events.delete('e2')
  expect(keysOf((await readSeason(server, 'other')).events ?? [])).toEqual(['e1'])
  await client.events.delete('other')
  for (const key of ['other', 'e1']) {
    await expect(client.events.retrieve(key)).rejects.toMatchObject({ status: 404 })
  }
})

test('lists have seasons and events, told apart by the client, and without what belongs to seasons', async () => {
  const { client } = await open()
  await client.seasons.create('hall', new CreateSeasonParams().key('season').eventKeys(['e1']))
  await client.seasons.createPartialSeason('season', 'part', null, ['e1'])
  const found: (Event | Season)[] = []
  for await (const item of client.events.listAll()) found.push(item as Event | Season)
  expect(keysOf(found)).toEqual(['part', 'e1', 'season'])
  expect(found.map((item) => item.isSeason())).toEqual([true, false, true])
  for (const item of found) {
    expect(item).not.toMatchObject({ events: expect.anything() as unknown })
    expect(item).not.toMatchObject({ partialSeasonKeys: expect.anything() as unknown })
  }
  expect(found[1]?.partialSeasonKeysForEvent).toEqual(['part'])
})
