import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const CHANNELS = '/events/gala/channels'

const withLawn = (capacity: number) =>
  rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', capacity)] } })

/** A scene whose event has the channel `a` with 60 of the 100 places of the lawn, and `b` with nothing. */
async function open() {
  const scene = await openSeatsioScene(withLawn(100))
  const made = await scene.api(`POST ${CHANNELS}`, [
    { key: 'a', name: 'A', areaPlaces: { Lawn: 60 } },
    { key: 'b', name: 'B' },
  ])
  expect(verdictOf(made)).toBe('204')
  scene.calls.clear()
  return scene
}

/** Every call that gives places to a channel, here so many of the lawn to one of them. */
const calls: [string, (places: number) => readonly [`/${string}`, object]][] = [
  [
    'a new channel',
    (Lawn) => [CHANNELS, { key: 'c', name: 'C', areaPlaces: { Lawn: Lawn - 60 } }] as const,
  ],
  [
    'channels in the place of all',
    (Lawn) => [
      `${CHANNELS}/replace`,
      { channels: [{ key: 'c', name: 'C', areaPlaces: { Lawn } }] },
    ],
  ],
  ['another channel edited', (Lawn) => [`${CHANNELS}/b`, { areaPlaces: { Lawn: Lawn - 60 } }]],
  ['places edited', (Lawn) => [`${CHANNELS}/a`, { areaPlaces: { Lawn } }]],
  ['places added', (Lawn) => [`${CHANNELS}/b/objects`, { areaPlaces: { Lawn: Lawn - 60 } }]],
  ['more added', (Lawn) => [`${CHANNELS}/a/objects`, { areaPlaces: { Lawn: Lawn - 60 } }]],
]

test.each(calls)('%s: all places that there are, and not one more', async (_name, call) => {
  const { api } = await open()
  const before = (await api('GET /events/gala')).body
  const [path, tooMany] = call(101)
  const refused = await api(`POST ${path}`, tooMany)
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect(errorOf(refused)['message']).toBe('Channels would have 101 places of Lawn, which has 100')
  expect((await api('GET /events/gala')).body).toEqual(before)
  expect(verdictOf(await api(`POST ${path}`, call(100)[1]))).toBe('204')
})

test('a whole area is not added to a channel while places of it are in one, nor the reverse', async () => {
  const { api } = await open()
  const message = 'Lawn is in a channel as a whole and by places: choose one of the two'
  const put = (key: string, body: object) => api(`POST ${CHANNELS}/${key}/objects`, body)
  const refused = await put('b', { objects: ['Lawn'] })
  expect([verdictOf(refused), errorOf(refused)['message']]).toEqual(['400 GENERAL_ERROR', message])
  expect(verdictOf(await api(`POST ${CHANNELS}/a`, { areaPlaces: {} }))).toBe('204')
  expect(verdictOf(await put('b', { objects: ['Lawn'] }))).toBe('204')
  const reverse = await put('a', { areaPlaces: { Lawn: 1 } })
  expect([verdictOf(reverse), errorOf(reverse)['message']]).toEqual(['400 GENERAL_ERROR', message])
})

test('an event is not created with more places in channels than there are, alone or among others', async () => {
  const { api } = await open()
  const channels = (Lawn: number) => [{ key: 'k', name: 'K', areaPlaces: { Lawn } }]
  const create = async (Lawn: number) =>
    verdictOf(await api('POST /events', { chartKey: 'hall', channels: channels(Lawn) }))
  expect([await create(101), await create(100)]).toEqual(['400 GENERAL_ERROR', '200'])
  const several = async (Lawn: number) => {
    const events = [{ eventKey: `x${Lawn}` }, { channels: channels(Lawn) }]
    return verdictOf(
      await api('POST /events/actions/create-multiple', { chartKey: 'hall', events }),
    )
  }
  expect([await several(101), await several(100)]).toEqual(['400 GENERAL_ERROR', '200'])
  expect(verdictOf(await api('GET /events/x101'))).toBe('404 EVENT_NOT_FOUND')
  const twice = [{ key: 'k', name: 'K', objects: ['Lawn'], areaPlaces: { Lawn: 1 } }]
  const both = await api('POST /events', { chartKey: 'hall', channels: twice })
  expect(verdictOf(both)).toBe('400 GENERAL_ERROR')
})

test('counted is what the chart has at the time of the change', async () => {
  const { api } = await open()
  const more = { areaPlaces: { Lawn: 60 } }
  expect(verdictOf(await api(`POST ${CHANNELS}/a/objects`, more))).toBe('400 GENERAL_ERROR')
  await api('POST /system/public/charts/hall', withLawn(120))
  expect(verdictOf(await api(`POST ${CHANNELS}/a/objects`, more))).toBe('204')
  // Less than is given away already: that stays, and can be taken back.
  await api('POST /system/public/charts/hall', withLawn(50))
  expect(verdictOf(await api(`POST ${CHANNELS}/a`, { color: 'red' }))).toBe('204')
  expect(verdictOf(await api(`DELETE ${CHANNELS}/a/objects`, { areaPlaces: { Lawn: 10 } }))).toBe(
    '204',
  )
  const one = { areaPlaces: { Lawn: 1 } }
  expect(verdictOf(await api(`POST ${CHANNELS}/a/objects`, one))).toBe('400 GENERAL_ERROR')
})

test('a change that gives no places to a channel does not read the chart; one that does reads its head', async () => {
  const { api, calls: counted } = await open()
  const readsOf = async (body: object) => {
    counted.clear()
    await api(`POST ${CHANNELS}/a/objects`, body)
    return counted.count().reads
  }
  const without = await readsOf({ objects: ['A-1'] })
  await readsOf({ areaPlaces: { Lawn: 1 } })
  expect(await readsOf({ objects: ['A-2'], areaPlaces: { Lawn: 1 } })).toBe(without + 1)
  expect(await readsOf({ objects: ['A-3'] })).toBe(without)
})
