import { describe, expect, test } from 'vitest'
import { errorOf, openSeatsioScene, verdictOf } from '../../support/seatsio-scene.ts'

const ok = { objects: ['A-1'], status: 'booked' }

describe('what is wrong with a change is said with its place, and nothing is changed', () => {
  const faults: readonly (readonly [fault: object, message: string | RegExp])[] = [
    [{ objects: undefined }, '#: required key [objects] not found'],
    [{ objects: null }, '#: required key [objects] not found'],
    [{ objects: [] }, '#/objects: expected minimum item count: 1, found: 0'],
    [{ objects: 'A-1' }, '#/objects: expected type: JSONArray, found: String'],
    [{ objects: { 'A-1': 1 } }, '#/objects: expected type: JSONArray, found: JSONObject'],
    [{ objects: [5] }, /^#\/objects\/0: expected type: JSONObject/],
    [{ objects: ['A-1', null] }, /^#\/objects\/1: expected type: JSONObject, found: Null/],
    [{ objects: ['A-1', ''] }, /^#\/objects\/1/],
    [{ objects: [{}] }, '#/objects/0: required key [objectId] not found'],
    [{ objects: [{ objectId: null }] }, '#/objects/0: required key [objectId] not found'],
    [{ objects: [{ objectId: 5 }] }, '#/objects/0/objectId: expected type: String, found: Integer'],
    [{ objects: [{ objectId: 'x'.repeat(201) }] }, /^#\/objects\/0\/objectId: .*200/],
    [
      { objects: [{ objectId: 'A-1', quantity: 2 }] },
      'A-1 is no area whose places are sold one by one: its quantity is 1',
    ],
    [{ objects: [{ objectId: 'A-1', quantity: 0 }] }, /^#\/objects\/0\/quantity: /],
    [{ objects: [{ objectId: 'A-1', quantity: 1.5 }] }, /^#\/objects\/0\/quantity: /],
    [{ objects: [{ objectId: 'A-1', ticketType: 5 }] }, /^#\/objects\/0\/ticketType: /],
    [{ objects: [{ objectId: 'A-1', ticketType: 'x'.repeat(256) }] }, /^#\/objects\/0\/ticketType/],
    [{ objects: [{ objectId: 'A-1', extraData: 'x' }] }, /^#\/objects\/0\/extraData: /],
    [{ status: undefined }, /^#\/status: /],
    [{ status: null }, /^#\/status: /],
    [{ status: '' }, /^#\/status: /],
    [{ status: 5 }, '#/status: expected type: String, found: Integer'],
    [{ status: 'x'.repeat(256) }, /^#\/status: /],
    [{ type: 'RELEASE' }, /^#\/status: /],
    [{ type: 'release', status: undefined }, /^#\/type: /],
    [{ type: 'BOOK' }, /^#\/type: /],
    [{ type: 5 }, /^#\/type: /],
    [{ holdToken: 5 }, /^#\/holdToken: /],
    [{ holdToken: 'x'.repeat(256) }, /^#\/holdToken: /],
    [{ orderId: 5 }, /^#\/orderId: /],
    [{ orderId: 'x'.repeat(256) }, /^#\/orderId: /],
    [{ orderId: '\ud83d' }, /^#\/orderId: /],
    [{ keepExtraData: 'yes' }, /^#\/keepExtraData: expected type: Boolean/],
    [{ ignoreChannels: 1 }, /^#\/ignoreChannels: /],
    [{ channelKeys: 'k' }, /^#\/channelKeys: /],
    [{ channelKeys: ['NO_CHANNEL'], ignoreChannels: true }, /^#\/ignoreChannels: /],
    [{ allowedPreviousStatuses: 'free' }, /^#\/allowedPreviousStatuses: /],
    [{ allowedPreviousStatuses: [5] }, /^#\/allowedPreviousStatuses\/0: /],
    [{ allowedPreviousStatuses: ['free'], rejectedPreviousStatuses: ['x'] }, /together/],
    [{ resaleListingId: 5 }, /^#\/resaleListingId: /],
  ]

  test.each(faults)('%j: %s', async (fault, message) => {
    const { api, change, batch, lines } = await openSeatsioScene()
    const body = { ...ok, ...fault }
    const one = await change(body)
    const many = { events: ['gala'], ...body }
    const group = await api('POST /events/groups/actions/change-object-status', many)
    const entry = await batch(
      { event: 'gala', ...ok, objects: ['A-2'] },
      { event: 'gala', ...body },
    )
    for (const answer of [one, group, entry]) expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    const told = String(errorOf(one)['message'])
    if (typeof message === 'string') expect(told).toBe(message)
    else expect(told).toMatch(message)
    expect(errorOf(group)['message']).toBe(told)
    // A batch has more types.
    const words = String(errorOf(entry)['message']).replace(/, OVERRIDE_.*/, '')
    expect(words).toBe(told.replace('#', '#/statusChanges/1'))
    expect(await lines()).toEqual([])
  })

  test.each([
    [{ type: 'OVERRIDE_SEASON_STATUS', status: undefined }, /^#\/type: OVERRIDE_SEASON_STATUS is/],
    [{ type: 'USE_SEASON_STATUS', status: undefined }, /^#\/type: USE_SEASON_STATUS is/],
  ])('%j, which only a batch has: %s', async (fault, message) => {
    const { api, change, lines } = await openSeatsioScene()
    const body = { ...ok, ...fault }
    const many = { events: ['gala'], ...body }
    const group = await api('POST /events/groups/actions/change-object-status', many)
    for (const answer of [await change(body), group]) {
      expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
      expect(errorOf(answer)['message']).toMatch(message)
    }
    expect(await lines()).toEqual([])
  })
})

describe('a batch without a change', () => {
  test.each([
    undefined,
    null,
    {},
    [],
    { statusChanges: null },
    { statusChanges: [] },
    { statusChanges: {} },
  ])('is refused: %j', async (body) => {
    const { api } = await openSeatsioScene()
    const answer = await api('POST /events/actions/change-object-status', body)
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
  })

  test.each([{}, null, { event: null }, { event: '' }])('for an entry %j too', async (entry) => {
    const { api } = await openSeatsioScene()
    const statusChanges = [entry === null ? null : { ...ok, ...entry }]
    const answer = await api('POST /events/actions/change-object-status', { statusChanges })
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
  })
})

describe('what counts as not given, or says nothing', () => {
  const nothings: readonly object[] = [
    { type: null, holdToken: null, orderId: null, keepExtraData: null, resaleListingId: null },
    { channelKeys: null, ignoreChannels: null, bestAvailable: null },
    { allowedPreviousStatuses: null, rejectedPreviousStatuses: null },
    { allowedPreviousStatuses: [], rejectedPreviousStatuses: [] },
    { allowedPreviousStatuses: ['free'], rejectedPreviousStatuses: [] },
    { allowedPreviousStatuses: ['free'], rejectedPreviousStatuses: null },
    { objects: [{ objectId: 'A-1', quantity: null, ticketType: null, extraData: null }] },
    { objects: [{ objectId: 'A-1', quantity: 1 }] },
    { channelKeys: [], ignoreChannels: true },
    { channelKeys: ['NO_CHANNEL', 'unknown'] },
    { ignoreChannels: true },
    { unknown: { deep: [null] }, objects: [{ objectId: 'A-1', uuid: 7, labels: [] }] },
    { resaleListingId: 'ignored' },
    { season: 'ignored' },
  ]

  test.each(nothings)('%j', async (more) => {
    const { change, info } = await openSeatsioScene()
    expect(verdictOf(await change({ ...ok, ...more }))).toBe('200')
    const { status, orderId, ticketType, extraData, resaleListingId } = await info('A-1')
    expect([status, orderId, ticketType, extraData]).toEqual([
      'booked',
      undefined,
      undefined,
      undefined,
    ])
    expect(resaleListingId).toBeUndefined()
  })

  test('a release with a status of null is a release', async () => {
    const { change, batch, statuses } = await openSeatsioScene()
    await change(ok)
    expect(verdictOf(await change({ objects: ['A-1'], type: 'RELEASE', status: null }))).toBe('200')
    expect(await statuses(['A-1'])).toEqual(['free'])
    const release = { event: 'gala', objects: ['A-1'], type: 'RELEASE', status: null, season: null }
    expect(verdictOf(await batch(release))).toBe('200')
  })
})

test('objects may be named as texts and as objects in one list', async () => {
  const { change, infos } = await openSeatsioScene()
  const objects = ['A-1', { objectId: 'A-2', ticketType: 't' }, { objectId: 'A-3' }, 'B-1']
  expect(verdictOf(await change({ ...ok, objects }))).toBe('200')
  expect(await infos(['A-1', 'A-2', 'A-3', 'B-1'])).toMatchObject({
    'A-1': { status: 'booked' },
    'A-2': { status: 'booked', ticketType: 't' },
    'A-3': { status: 'booked' },
    'B-1': { status: 'booked' },
  })
})

test('a seat that one list names twice fails like a second booking of it', async () => {
  const { change, statuses } = await openSeatsioScene()
  const answer = await change({ ...ok, objects: ['A-2', 'A-1', { objectId: 'A-1' }] })
  expect(errorOf(answer)).toEqual({
    code: 'ILLEGAL_STATUS_CHANGE',
    message: 'Cannot change from [booked] to [booked]: A-1 is not free',
    data: { object: 'A-1', event: 'gala' },
  })
  expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
})

test('texts as long as they may be, of any characters, come back as they went', async () => {
  const { change, info, token } = await openSeatsioScene()
  const long = `${'é'.repeat(253)}🎭`
  const objects = [{ objectId: 'A-1', ticketType: long }]
  await change({ objects, status: 'reservedByToken', orderId: long, holdToken: await token() })
  expect(await info('A-1')).toMatchObject({ orderId: long, ticketType: long })
  await change({ objects, status: long })
  expect(await info('A-1')).toMatchObject({ status: long, availabilityReason: long })
  await change({ objects, status: 'resale', resaleListingId: long })
  expect(await info('A-1')).toMatchObject({ resaleListingId: long })
})

test.each(['book', 'hold', 'release', 'put-up-for-resale'])(
  'the named action %s refuses what it cannot do, and ignores a status and a type',
  async (action) => {
    const { api, token, statuses } = await openSeatsioScene()
    const path = `POST /events/gala/actions/${action}` as const
    const holdToken = action === 'hold' ? { holdToken: await token() } : {}
    const asked = (more: object) => api(path, { objects: ['A-1'], ...holdToken, ...more })
    expect(verdictOf(await asked({ bestAvailable: { number: 1 } }))).toBe('400 GENERAL_ERROR')
    expect(verdictOf(await asked({ objects: [] }))).toBe('400 GENERAL_ERROR')
    expect(verdictOf(await asked({ status: 'x', type: 'whatever' }))).toBe('204')
    expect(await statuses(['A-1'])).not.toEqual(['x'])
  },
)
