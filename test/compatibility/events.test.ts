import {
  Category,
  CreateEventParams,
  type Event,
  LocalDate,
  TableBookingConfig,
  UpdateEventParams,
} from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  return server
}

test('an event is created with nothing, and with everything, and read again', async () => {
  const { client } = await open()
  const plain = await client.events.create('hall')
  expect(plain.tableBookingConfig).toEqual({ mode: 'INHERIT' })
  expect(plain).toMatchObject({ isInThePast: false, updatedOn: null, name: null, channels: null })
  const params = new CreateEventParams()
    .withKey('gala 31/ü')
    .withName('Spring gala')
    .withDate(new LocalDate(2031, 5, 17))
    .withTableBookingConfig(TableBookingConfig.custom({ T1: 'BY_TABLE' }))
    .withObjectCategories({ 'A-1': 'vip', 'A-2': 9 })
    .withCategories([
      new Category('vip', 'VIP', '#e8590c', false),
      new Category(9, 'Nine', 'blue', true),
    ])
  const full = await client.events.create('hall', params)
  expect(full).toMatchObject({
    key: 'gala 31/ü',
    chartKey: 'hall',
    name: 'Spring gala',
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } },
    objectCategories: { 'A-1': 'vip', 'A-2': 9 },
  })
  expect(full.date).toEqual(new LocalDate(2031, 5, 17))
  expect(full.categories?.slice(-2)).toEqual(params.categories)
  expect(full.id).toBeGreaterThan(plain.id)
  expect(await client.events.retrieve('gala 31/ü')).toEqual(full)
})

test('several events are created at once, or none', async () => {
  const { client } = await open()
  const named = (key: string) => new CreateEventParams().withKey(key)
  const made = await client.events.createMultiple('hall', [named('a'), new CreateEventParams()])
  expect(made.map(({ key }) => key)).toEqual(['a', made[1]?.key])
  const many = Array.from({ length: 100 }, (_, index) => named(`m${index}`))
  expect(await client.events.createMultiple('hall', many)).toHaveLength(100)
  await expect(
    client.events.createMultiple('hall', [named('b'), named('a')]),
  ).rejects.toMatchObject({ errors: [{ code: 'EVENT_KEY_ALREADY_EXISTS' }] })
  await expect(client.events.retrieve('b')).rejects.toMatchObject({ status: 404 })
  await expect(
    client.events.createMultiple('hall', [named('c'), named('c')]),
  ).rejects.toMatchObject({ messages: ['#/events: Duplicate event keys are not allowed'] })
  await expect(client.events.createMultiple('hall', [])).rejects.toMatchObject({
    messages: ['#/events: expected minimum item count: 1, found: 0'],
  })
})

test('an event is changed, renamed and deleted', async () => {
  const { client } = await open()
  const params = new CreateEventParams().withKey('old').withObjectCategories({ 'A-1': 1 })
  const event = await client.events.create('hall', params)
  await client.events.update(
    'old',
    new UpdateEventParams()
      .withKey('new')
      .withName('Autumn gala')
      .withIsInThePast(true)
      .withObjectCategories({}),
  )
  const changed = await client.events.retrieve('new')
  expect(changed).toMatchObject({ id: event.id, name: 'Autumn gala', isInThePast: true })
  expect(changed.objectCategories).toBeUndefined()
  expect(changed.updatedOn).toBeInstanceOf(Date)
  await expect(client.events.retrieve('old')).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'EVENT_NOT_FOUND' }],
  })
  await client.events.delete('new')
  await expect(client.events.retrieve('new')).rejects.toMatchObject({ status: 404 })
})

test('all events are listed, page by page, in both directions', async () => {
  const { client } = await open()
  const params = Array.from({ length: 25 }, (_, index) =>
    new CreateEventParams().withKey(`${index}`),
  )
  const made = await client.events.createMultiple('hall', params)
  const newestFirst = made.map(({ key }) => key).reverse()
  const all: string[] = []
  for await (const event of client.events.listAll()) all.push((event as Event).key)
  expect(all).toEqual(newestFirst)
  const first = await client.events.listFirstPage(10)
  expect(first.items.map(({ key }) => key)).toEqual(newestFirst.slice(0, 10))
  // A text, as the contract has it, whatever the client's types say.
  expect(first.nextPageStartsAfter).toBe(String(made[15]?.id))
  expect(first.previousPageEndsBefore).toBeNull()
  const second = await client.events.listPageAfter(made[15]?.id ?? 0, 10)
  expect(second.items.map(({ key }) => key)).toEqual(newestFirst.slice(10, 20))
  const back = await client.events.listPageBefore(made[14]?.id ?? 0, 10)
  expect(back.items.map(({ key }) => key)).toEqual(newestFirst.slice(0, 10))
})
