import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { errorOf, openSeatsioScene } from '../../../support/seatsio-scene.ts'

// What an event sells under: its chart's categories and its own.

const IMPORT = 'POST /system/public/charts/hall'
const own = { key: 'own', label: 'Own', color: '#123456', accessible: false }
const pit = { key: 'pit', label: 'Pit', color: '#654321', accessible: false }

const listed = (body: unknown) =>
  (body as { categories: { key: unknown; label: string }[] }).categories.map((it) => [
    it.key,
    it.label,
  ])

describe('an object gets no category that neither the event nor its chart has', () => {
  const objectCategories = { 'A-1': 1, 'A/2': 'nowhere' }
  const place = 'neither the event nor its chart has a category with the key nowhere'

  test.each([
    ['POST /events', { chartKey: 'hall', objectCategories }, '#/objectCategories/A~12'],
    [
      'POST /events/actions/create-multiple',
      { chartKey: 'hall', events: [{}, { objectCategories }] },
      '#/events/1/objectCategories/A~12',
    ],
    ['POST /events/gala', { objectCategories, categories: [own] }, '#/objectCategories/A~12'],
    // The chart that it goes to counts.
    [
      'POST /events/gala',
      { objectCategories: { 'A-1': 'pit', 'A/2': 'nowhere' }, chartKey: 'park' },
      '#/objectCategories/A~12',
    ],
  ] as const)('%s %j', async (call, body, pointer) => {
    const { api } = await openSeatsioScene()
    await api('POST /system/public/charts/park', rowDrawing({ categories: [pit] }))
    const before = (await api('GET /events')).body
    const refused = await api(call, body)
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({
      code: 'GENERAL_ERROR',
      message: `${pointer}: ${place}`,
    })
    expect((await api('GET /events')).body).toEqual(before)
  })

  test('one that comes with the same request is there, and keys are compared as they read', async () => {
    const { api } = await openSeatsioScene()
    const sent = {
      categories: [own],
      objectCategories: { 'A-1': 'own', 'A-2': '1', 'A-3': 'lounge' },
    }
    expect((await api('POST /events', { chartKey: 'hall', ...sent })).status).toBe(200)
    expect((await api('POST /events/gala', sent)).status).toBe(204)
    expect((await api('GET /events/gala')).body).toMatchObject({
      objectCategories: sent.objectCategories,
    })
  })
})

test('a category of the event with the key of one of the chart stands for it, and is listed once', async () => {
  const { api, info } = await openSeatsioScene()
  const former = listed((await api('GET /events/gala')).body)
  await api('POST /events/gala', { categories: [own, { ...own, key: '1', label: 'Gold' }] })
  const { body } = await api('GET /events/gala')
  expect(listed(body)).toEqual([...former.slice(1), ['own', 'Own'], ['1', 'Gold']])
  expect(await info('A-1')).toMatchObject({ categoryKey: '1', categoryLabel: 'Gold' })
  expect(await info('A-1', 'ball')).toMatchObject({ categoryKey: '1', categoryLabel: 'Standard' })
})

test('two categories of an event that read the same are refused', async () => {
  const { api } = await openSeatsioScene()
  const categories = [
    { ...own, key: 7 },
    { ...own, key: '7' },
  ]
  const create = { chartKey: 'hall', categories }
  for (const [call, sent] of [
    ['POST /events', create],
    ['POST /events/gala', { categories }],
  ] as const) {
    expect((await api(call, sent)).body).toMatchObject({
      messages: ['#/categories: Duplicate category keys are not allowed'],
    })
  }
})

test('who takes a category from the event takes it from its objects, and nothing brings it back', async () => {
  const { api, info } = await openSeatsioScene()
  await api('POST /events/gala', {
    categories: [own],
    objectCategories: { 'A-1': 'own', 'A-2': 'lounge' },
  })
  await api('POST /events/gala', { categories: null })
  await api('POST /events/gala', { categories: [own] })
  expect((await api('GET /events/gala')).body?.['objectCategories']).toEqual({ 'A-2': 'lounge' })
  expect(await info('A-1')).toMatchObject({ categoryKey: '1' })
})

test('an event that goes to another chart leaves behind what that does not have', async () => {
  const { api, info } = await openSeatsioScene()
  await api('POST /system/public/charts/park', rowDrawing({ categories: [pit] }))
  await api('POST /events/gala', {
    categories: [own],
    objectCategories: { 'A-1': 'own', 'A-2': 'lounge' },
    tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } },
  })
  await api('POST /events/gala', { chartKey: 'park' })
  await api('POST /events/gala', { chartKey: 'hall' })
  expect((await api('GET /events/gala')).body).toMatchObject({
    objectCategories: { 'A-1': 'own' },
    tableBookingConfig: { tables: { T1: 'BY_TABLE' } },
  })
  expect(await info('A-2')).toMatchObject({ categoryKey: '1' })
})

test('what names a category that its chart dropped is not told and counts for nothing, until the chart has it again', async () => {
  const { api, info, native } = await openSeatsioScene()
  await api('POST /events/gala', { objectCategories: { 'A-1': 'lounge' } })
  const told = (await api('GET /events/gala')).body
  expect(told).toMatchObject({ objectCategories: { 'A-1': 'lounge' } })
  await api('POST /events/gala/actions/book', { objects: ['A-1'] })
  const list = [{ key: 1, label: 'Standard', color: '#888888', accessible: false }]
  await api(IMPORT, rowDrawing({ seatsPerRow: 10, categories: list }))
  const without = (await api('GET /events/gala')).body
  expect(without).not.toHaveProperty('objectCategories')
  expect(listed(without)).toEqual([[1, 'Standard']])
  expect(await info('A-1')).toMatchObject({ categoryKey: '1', categoryLabel: 'Standard' })
  expect((await native('GET /api/v1/events/gala/status')).body).toMatchObject({
    objects: [{ objectLabel: 'A-1', categoryKey: '1' }],
  })
  await api(IMPORT, rowDrawing({ seatsPerRow: 10 }))
  expect((await api('GET /events/gala')).body).toEqual(told)
  expect(await info('A-1')).toMatchObject({ categoryKey: 'lounge' })
})

describe('what belongs to seasons is refused on plain events, by its name', () => {
  const fields = {
    eventKeys: ['a'],
    numberOfEvents: 2,
    forSalePropagated: false,
    key: 'autumn',
  }
  // Seasons get events by calls of their own: of a change that is said to all.
  const elsewhere = ['eventKeys', 'numberOfEvents']
  const changed = 'is changed by calls of its own: leave it out'

  test.each(Object.entries(fields))('%s', async (field, value) => {
    const { api } = await openSeatsioScene()
    const sent = { [field]: value }
    const refused = [
      await api('POST /events', { chartKey: 'hall', ...sent }),
      await api('POST /events/actions/create-multiple', { chartKey: 'hall', events: [sent] }),
      ...(field === 'key' ? [] : [await api('POST /events/gala', sent)]),
    ]
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400))
    expect(refused.map((it) => errorOf(it)['message'])).toEqual(
      [
        `#/${field}: only seasons have this field`,
        `#/events/0/${field}: only seasons have this field`,
        `#/${field}: ${elsewhere.includes(field) ? changed : 'only seasons have this field'}`,
      ].slice(0, refused.length),
    )
  })

  test('nothing says nothing', async () => {
    const { api } = await openSeatsioScene()
    const sent = Object.fromEntries(Object.keys(fields).map((field) => [field, null]))
    expect((await api('POST /events', { chartKey: 'hall', ...sent })).status).toBe(200)
    expect((await api('POST /events/gala', sent)).status).toBe(204)
  })
})
