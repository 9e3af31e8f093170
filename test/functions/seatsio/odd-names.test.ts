import { expect, test } from 'vitest'
import { drawChart, drawRow, drawSeat } from '../../support/drawings.ts'
import { openSeatsioScene, type SeatsioScene } from '../../support/seatsio-scene.ts'

// Names that JavaScript's objects have already: in JSON they are names like any other, and so they are in every map of this API.

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

/** A seat of that label, in a row without one. */
const hallWith = (name: string) =>
  drawChart({
    rows: [drawRow('A', [drawSeat('1'), drawSeat('2')]), drawRow(null, [drawSeat(name)])],
  })

/** A map with the name, as JSON has it. */
const mapOf = (name: string, value: unknown) => Object.fromEntries([[name, value]])

/** Where an event has a map, how it is changed there, and what is read then. */
interface MapCase {
  readonly calls: (name: string) => readonly (readonly [`${string} /${string}`, object])[]
  readonly read: (event: Record<string, unknown>) => unknown
  readonly value: unknown
}

const channels = (event: Record<string, unknown>) =>
  (event['channels'] as { areaPlaces: unknown }[])[0]?.areaPlaces
const sale = (event: Record<string, unknown>) =>
  (event['forSaleConfig'] as { areaPlaces: unknown }).areaPlaces
const channel = (areaPlaces: object) => ({ key: 'k', name: 'K', areaPlaces })

const maps: [string, MapCase][] = [
  [
    'objectCategories of an event that is changed',
    {
      calls: (name) => [['POST /events/gala', { objectCategories: mapOf(name, 1) }]],
      read: (event) => event['objectCategories'],
      value: 1,
    },
  ],
  [
    'objectCategories of an event that is created',
    {
      calls: (name) => [
        ['DELETE /events/gala', {}],
        ['POST /events', { chartKey: 'hall', eventKey: 'gala', objectCategories: mapOf(name, 1) }],
      ],
      read: (event) => event['objectCategories'],
      value: 1,
    },
  ],
  [
    'tables of an event',
    {
      calls: (name) => [
        [
          'POST /events/gala',
          { tableBookingConfig: { mode: 'CUSTOM', tables: mapOf(name, 'BY_SEAT') } },
        ],
      ],
      read: (event) => (event['tableBookingConfig'] as { tables: unknown }).tables,
      value: 'BY_SEAT',
    },
  ],
  [
    'places of a new channel',
    {
      calls: (name) => [['POST /events/gala/channels', channel(mapOf(name, 2))]],
      read: channels,
      value: 2,
    },
  ],
  [
    'places of a channel that is changed',
    {
      calls: (name) => [
        ['POST /events/gala/channels', [channel({})]],
        ['POST /events/gala/channels/k', { areaPlaces: mapOf(name, 2) }],
      ],
      read: channels,
      value: 2,
    },
  ],
  [
    'places that a channel gets, and loses',
    {
      calls: (name) => [
        ['POST /events/gala/channels', channel({})],
        ['POST /events/gala/channels/k/objects', { areaPlaces: mapOf(name, 3) }],
        ['DELETE /events/gala/channels/k/objects', { areaPlaces: mapOf(name, 1) }],
      ],
      read: channels,
      value: 2,
    },
  ],
  [
    'places off sale',
    {
      calls: (name) => [
        ['POST /events/gala/actions/mark-as-not-for-sale', { areaPlaces: mapOf(name, 2) }],
      ],
      read: sale,
      value: 2,
    },
  ],
  [
    'places off sale by an edit',
    {
      calls: (name) => [
        [
          'POST /events/gala/actions/edit-for-sale-config',
          { notForSale: [{ object: name, quantity: 2 }] },
        ],
      ],
      read: sale,
      value: 2,
    },
  ],
]

const openWith = (name: string): Promise<SeatsioScene> => openSeatsioScene(hallWith(name))

test.each(maps.flatMap(([what, it]) => NAMES.map((name) => [what, name, it] as const)))(
  '%s: %s is a name like any other',
  async (_, name, { calls, read, value }) => {
    const { api } = await openWith(name)
    for (const [call, body] of calls(name)) expect((await api(call, body)).status).toBeLessThan(205)
    const found = read((await api('GET /events/gala')).body ?? {})
    expect(JSON.stringify(found)).toBe(JSON.stringify(mapOf(name, value)))
  },
)

test.each(NAMES)('an event called %s is one of a map of events', async (name) => {
  const { api } = await openSeatsioScene()
  await api('POST /events', { chartKey: 'hall', eventKey: name })
  const { status, body } = await api('POST /events/actions/edit-for-sale-config', {
    events: mapOf(name, { notForSale: [{ object: 'A-1' }] }),
  })
  expect([status, Object.keys(body ?? {})]).toEqual([200, [name]])
})

test.each(NAMES)('a seat called %s has extra data and a category of its own', async (name) => {
  const { api, infos } = await openWith(name)
  const label = Object.keys(await infos([name, `-${name}`]))[0] ?? ''
  expect(label).toContain(name)
  const extraData = mapOf(label, { n: 1 })
  expect((await api('POST /events/gala/actions/update-extra-data', { extraData })).status).toBe(204)
  await api('POST /events/gala', { objectCategories: mapOf(label, 'lounge') })
  expect(new Map(Object.entries(await infos([label]))).get(label)).toMatchObject({
    extraData: { n: 1 },
    categoryKey: 'lounge',
  })
})
