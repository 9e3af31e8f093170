import { describe, expect, test } from 'vitest'
import { quaysideDrawing } from '../../../support/drawings.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'

interface Shown {
  readonly id: string
  readonly key: string
  readonly objects: readonly string[]
}

const CHANNELS = '/events/gala/channels'

const channelsOf = async ({ api }: SeatsioScene, event = 'gala') =>
  (await api(`GET /events/${event}`)).body?.['channels'] as Shown[] | undefined

const contents = async (scene: SeatsioScene) =>
  Object.fromEntries(((await channelsOf(scene)) ?? []).map(({ key, objects }) => [key, objects]))

/** A scene whose event has the channels `a` with, and `b` with B-1. */
async function openWithChannels() {
  const scene = await openSeatsioScene()
  await scene.api(`POST ${CHANNELS}`, [
    { key: 'a', name: 'A', objects: ['A-1', 'A-2'] },
    { key: 'b', name: 'B', objects: ['B-1'] },
  ])
  return scene
}

describe('an event tells its channels', () => {
  test('none where there never were any; then all that was given, in order, with ids', async () => {
    const scene = await openSeatsioScene()
    expect(await channelsOf(scene)).toBeUndefined()
    const sponsors = {
      key: 'sponsors',
      name: 'Sponsors',
      color: '#2266AA',
      index: 2,
      objects: ['A-1', 'nowhere', '__proto__'],
      areaPlaces: { Lawn: 30 },
    }
    expect((await scene.api(`POST ${CHANNELS}`, sponsors)).status).toBe(204)
    expect((await scene.api(`POST ${CHANNELS}`, [{ key: 'k', name: 'K' }])).status).toBe(204)
    const id = expect.stringMatching(/^chn_[0-9a-f]{16}$/) as string
    expect(await channelsOf(scene)).toEqual([
      { id, ...sponsors },
      { id, key: 'k', name: 'K', objects: [], areaPlaces: {} },
    ])
    for (const key of ['k', 'sponsors']) await scene.api(`DELETE ${CHANNELS}/${key}`)
    expect(await channelsOf(scene)).toEqual([])
  })

  test('those that it was created with, alone or with others', async () => {
    const scene = await openSeatsioScene()
    const channels = [{ key: 'k', name: 'K', objects: ['A-1'] }]
    const made = await scene.api('POST /events', { chartKey: 'hall', eventKey: 'x', channels })
    expect(made.body).toMatchObject({ channels })
    expect(await channelsOf(scene, 'x')).toEqual(made.body?.['channels'])
    const both = await scene.api('POST /events/actions/create-multiple', {
      chartKey: 'hall',
      events: [{ eventKey: 'y', channels }, { channels: [] }],
    })
    const [first, second] = both.body?.['events'] as Record<string, unknown>[]
    expect(first).toMatchObject({ channels })
    expect(second).not.toHaveProperty('channels')
    expect(await scene.info('A-1', 'y')).toMatchObject({ channel: 'k' })
    const twice = [...channels, { key: 'k', name: 'Other' }]
    const refused = await scene.api('POST /events', { chartKey: 'hall', channels: twice })
    expect(verdictOf(refused)).toBe('400 CHANNEL_ALREADY_EXISTS')
  })

  test('and keeps them whatever else of it is changed', async () => {
    const scene = await openWithChannels()
    const before = await channelsOf(scene)
    await scene.api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['A-3'] })
    await scene.api('POST /events/gala', { name: 'Gala', objectCategories: { 'A-1': 1 } })
    await scene.api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } })
    await scene.api('POST /events/gala/actions/move-to-new-chart-copy')
    expect(await channelsOf(scene)).toEqual(before)
    const { body } = await scene.api('GET /events/gala')
    expect(body).toMatchObject({ forSaleConfig: { objects: ['A-3'] } })
  })
})

describe('channels are changed', () => {
  test('by putting objects in, from other channels too, and by taking them out', async () => {
    const scene = await openWithChannels()
    await scene.api(`POST ${CHANNELS}/b/objects`, {
      objects: ['A-2', 'Z'],
      areaPlaces: { Lawn: 3 },
    })
    expect(await contents(scene)).toEqual({ a: ['A-1'], b: ['B-1', 'A-2', 'Z'] })
    await scene.api(`DELETE ${CHANNELS}/b/objects`, { objects: ['B-1', 'A-1'] })
    expect(await contents(scene)).toEqual({ a: ['A-1'], b: ['A-2', 'Z'] })
    await scene.api(`DELETE ${CHANNELS}/b/objects`, { areaPlaces: { Lawn: 2, Beach: 1 } })
    expect(await channelsOf(scene)).toMatchObject([{ areaPlaces: {} }, { areaPlaces: { Lawn: 1 } }])
  })

  test('by name, colour and lists; by a new list of channels, which keep their ids', async () => {
    const scene = await openWithChannels()
    const [a] = (await channelsOf(scene)) ?? []
    await scene.api(`POST ${CHANNELS}/a`, { name: 'New', color: 'red', objects: null })
    expect((await channelsOf(scene))?.[0]).toEqual({ ...a, name: 'New', color: 'red' })
    await scene.api(`POST ${CHANNELS}/a`, { objects: ['B-1'], areaPlaces: [] })
    expect(await contents(scene)).toEqual({ a: ['B-1'], b: [] })
    const channels = [
      { key: 'c', name: 'C', objects: ['A-1'] },
      { key: 'a', name: 'A' },
    ]
    await scene.api(`POST ${CHANNELS}/replace`, { channels })
    expect(await contents(scene)).toEqual({ c: ['A-1'], a: [] })
    expect((await channelsOf(scene))?.[1]?.id).toBe(a?.id)
    await scene.api(`POST ${CHANNELS}/replace`, { channels: [] })
    expect(await channelsOf(scene)).toEqual([])
    await scene.api(`POST ${CHANNELS}`, { key: 'a', name: 'A' })
    expect((await channelsOf(scene))?.[0]?.id).not.toBe(a?.id)
  })
})

const twoOf = (more: object) => [{ key: 'x', name: 'X' }, { ...more }]

describe('what is wrong with a request is said, and nothing is done', () => {
  test.each<[string, unknown, string, RegExp]>([
    [`POST ${CHANNELS}`, { key: 'a', name: 'x' }, '400 CHANNEL_ALREADY_EXISTS', /the key a/],
    [`POST ${CHANNELS}`, { key: 'x', name: 'A' }, '400 CHANNEL_ALREADY_EXISTS', /the name A/],
    [`POST ${CHANNELS}`, twoOf({ key: 'x', name: 'Y' }), '400 CHANNEL_ALREADY_EXISTS', /key x/],
    [`POST ${CHANNELS}`, twoOf({ key: 'b', name: 'Y' }), '400 CHANNEL_ALREADY_EXISTS', /key b/],
    [`POST ${CHANNELS}`, { key: 'NO_CHANNEL', name: 'x' }, '400 GENERAL_ERROR', /^#\/key: /],
    [`POST ${CHANNELS}`, { key: 'replace', name: 'x' }, '400 GENERAL_ERROR', /^#\/key: /],
    [`POST ${CHANNELS}`, { key: 'x' }, '400 GENERAL_ERROR', /required key \[name\]/],
    [`POST ${CHANNELS}`, {}, '400 GENERAL_ERROR', /required key \[key\]/],
    [`POST ${CHANNELS}`, undefined, '400 GENERAL_ERROR', /required key \[key\]/],
    [
      `POST ${CHANNELS}`,
      [
        { key: 'x', name: 'X', objects: ['A-3'] },
        { key: 'y', name: 'Y', objects: ['B-2', 'A-3'] },
      ],
      '400 GENERAL_ERROR',
      /^#\/1\/objects\/1: A-3 is in another channel of this request/,
    ],
    [
      `POST ${CHANNELS}`,
      { key: 'x', name: 'X', areaPlaces: { Lawn: 0 } },
      '400 GENERAL_ERROR',
      /areaPlaces\/Lawn/,
    ],
    [
      `POST ${CHANNELS}`,
      { key: 'x', name: 'X', objects: [5] },
      '400 GENERAL_ERROR',
      /^#\/objects\/0: expected type: String/,
    ],
    [`POST ${CHANNELS}/replace`, {}, '400 GENERAL_ERROR', /required key \[channels\]/],
    [`POST ${CHANNELS}/nope`, { name: 'x' }, '404 CHANNEL_NOT_FOUND', /nope/],
    [`POST ${CHANNELS}/a`, { name: 'B' }, '400 CHANNEL_ALREADY_EXISTS', /the name B/],
    [`DELETE ${CHANNELS}/nope`, undefined, '404 CHANNEL_NOT_FOUND', /nope/],
    [`POST ${CHANNELS}/nope/objects`, { objects: [] }, '404 CHANNEL_NOT_FOUND', /nope/],
    [`DELETE ${CHANNELS}/nope/objects`, { objects: [] }, '404 CHANNEL_NOT_FOUND', /nope/],
    [`POST ${CHANNELS}/a/objects`, {}, '400 GENERAL_ERROR', /^#\/objects: /],
    ['POST /events/nope/channels', { key: 'x', name: 'X' }, '404 EVENT_NOT_FOUND', /nope/],
    ['POST /events/gala', { channels: [{}] }, '400 GENERAL_ERROR', /^#\/channels: is changed by/],
  ])('%s %j', async (call, body, verdict, message) => {
    const scene = await openWithChannels()
    const before = (await scene.api('GET /events/gala')).body
    const answer = await scene.api(call as `${string} /${string}`, body)
    expect(verdictOf(answer)).toBe(verdict)
    expect(String(errorOf(answer)['message'])).toMatch(message)
    expect((await scene.api('GET /events/gala')).body).toEqual(before)
  })
})

describe('to whom an object is sold', () => {
  const rule = [
    [{}, 'A-3', '204'],
    [{}, 'A-1', '400 OBJECT_IN_CHANNEL'],
    [{ channelKeys: ['a'] }, 'A-1', '204'],
    [{ channelKeys: ['a'] }, 'A-3', '400 OBJECT_IN_CHANNEL'],
    [{ channelKeys: ['b'] }, 'A-1', '400 OBJECT_IN_CHANNEL'],
    [{ channelKeys: ['NO_CHANNEL'] }, 'A-3', '204'],
    [{ channelKeys: ['NO_CHANNEL'] }, 'A-1', '400 OBJECT_IN_CHANNEL'],
    [{ channelKeys: ['a', 'NO_CHANNEL'] }, 'A-1', '204'],
    [{ channelKeys: [] }, 'A-1', '400 OBJECT_IN_CHANNEL'],
    [{ ignoreChannels: true }, 'A-1', '204'],
  ] as const

  test.each(rule)('%j of %s, by every call: %s', async (words, label, expected) => {
    const scene = await openWithChannels()
    const { api, batch } = scene
    const holdToken = await scene.token()
    const objects = [label]
    const one = async (action: string, more: object = {}) =>
      verdictOf(await api(`POST /events/gala/actions/${action}`, { objects, ...words, ...more }))
    const letGo = () => api('POST /events/gala/actions/release', { objects, ignoreChannels: true })
    expect(await one('book')).toBe(expected)
    if (expected !== '204')
      await api('POST /events/gala/actions/book', { objects, ignoreChannels: true })
    expect(await one('release')).toBe(expected)
    await letGo()
    expect(await one('hold', { holdToken })).toBe(expected)
    await letGo()
    expect(await one('change-object-status', { status: 'x' })).toBe(expected)
    await letGo()
    const entry = await batch({ event: 'gala', objects, status: 'booked', ...words })
    expect(verdictOf(entry).replace('200', '204')).toBe(expected)
    const told = { object: label, event: 'gala', index: 0 }
    if (expected !== '204') expect(errorOf(entry)['data']).toEqual(told)
  })

  test('in a group, only a request that ignores channels changes what its events put in different ones', async () => {
    const scene = await openWithChannels()
    const { api } = scene
    const book = (words: object) =>
      api('POST /events/groups/actions/book', {
        events: ['ball', 'gala'],
        objects: ['A-1'],
        ...words,
      })
    for (const words of [{}, { channelKeys: ['a'] }, { channelKeys: ['a', 'NO_CHANNEL'] }]) {
      const refused = await book(words)
      expect(verdictOf(refused)).toBe('400 OBJECT_IN_CHANNEL')
      expect(errorOf(refused)['data']).toEqual({ object: 'A-1', event: 'ball' })
    }
    expect(await scene.statuses(['A-1'], 'ball')).toEqual(['free'])
    expect(verdictOf(await book({ ignoreChannels: true }))).toBe('204')
  })

  test('in a group, a key opens what is in its channel in every event', async () => {
    const { api } = await openWithChannels()
    await api('POST /events/ball/channels', { key: 'a', name: 'A', objects: ['A-1'] })
    const events = ['ball', 'gala']
    const book = { events, objects: ['A-1'], channelKeys: ['a'] }
    expect(verdictOf(await api('POST /events/groups/actions/book', book))).toBe('204')
  })

  test('what is in resale is sold to anybody; what is in the way otherwise comes first', async () => {
    const scene = await openWithChannels()
    const { api, change } = scene
    const objects = ['A-1']
    await change({ objects, status: 'resale', ignoreChannels: true })
    expect(verdictOf(await api('POST /events/gala/actions/book', { objects }))).toBe('204')
    const again = await api('POST /events/gala/actions/book', { objects })
    expect(verdictOf(again)).toBe('400 ILLEGAL_STATUS_CHANGE')
    const guarded = await change({ objects, status: 'x', allowedPreviousStatuses: ['free'] })
    expect(verdictOf(guarded)).toBe('400 ILLEGAL_STATUS_CHANGE')
    const unknown = await change({ objects: ['Z'], status: 'x' })
    expect(verdictOf(unknown)).toBe('404 OBJECT_NOT_FOUND')
  })

  test('the object says its channel, in infos and in answers, until the channel goes', async () => {
    const scene = await openWithChannels()
    expect(await scene.info('A-1')).toMatchObject({
      channel: 'a',
      forSale: true,
      isAvailable: true,
    })
    expect(await scene.info('A-3')).not.toHaveProperty('channel')
    const booked = await scene.change({ objects: ['A-1'], status: 'booked', channelKeys: ['a'] })
    expect(booked.body).toMatchObject({ objects: { 'A-1': { channel: 'a', status: 'booked' } } })
    await scene.api(`DELETE ${CHANNELS}/a`)
    const after = await scene.info('A-1')
    expect([after['channel'], after['status']]).toEqual([undefined, 'booked'])
  })

  test('extra data and logs are no matter of channels', async () => {
    const { api, lines } = await openWithChannels()
    const body = { extraData: { guest: 1 } }
    const call = 'POST /events/gala/objects/A-1/actions/update-extra-data'
    expect((await api(call, body)).status).toBe(204)
    await api('POST /events/gala/actions/book', { objects: ['A-1'], ignoreChannels: true })
    expect(await lines()).toMatchObject([{ objectLabel: 'A-1', isPresentOnChart: true }])
  })

  test('a table and a seat of it are in channels by their own labels', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    await scene.api(`POST ${CHANNELS}`, { key: 'a', name: 'A', objects: ['T2', 'T2-1'] })
    expect(await scene.info('T2-1')).toMatchObject({ channel: 'a' })
    expect(await scene.info('T2-2')).not.toHaveProperty('channel')
  })
})
