import { describe, expect, test } from 'vitest'
import { errorOf, objectsOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const events = ['gala', 'ball']
const prefixes = ['/events/groups/actions', '/seasons/actions'] as const

describe.each(prefixes)('a group under %s', (prefix) => {
  test('is held, booked, changed and released in all its events by one request each', async () => {
    const { api, statuses, info, token } = await openSeatsioScene()
    const holdToken = await token()
    const objects = ['A-1', { objectId: 'A-2', ticketType: 'adult' }]
    const everywhere = async () => [
      await statuses(['A-1', 'A-2'], 'gala'),
      await statuses(['A-1', 'A-2'], 'ball'),
    ]
    const steps = [
      ['hold', { holdToken }, 'reservedByToken'],
      ['book', { holdToken, orderId: 'o-1' }, 'booked'],
      ['change-object-status', { status: 'checkedIn' }, 'checkedIn'],
      ['release', {}, 'free'],
    ] as const
    for (const [action, body, status] of steps) {
      const answer = await api(`POST ${prefix}/${action}`, { events, objects, ...body })
      expect([action, answer.status]).toEqual([action, 204])
      const both = [status, status]
      expect(await everywhere()).toEqual([both, both])
      expect((await info('A-2', 'ball'))['ticketType']).toBe('adult')
    }
  })

  test('shows the objects of the first event that it names', async () => {
    const { api, change, infos } = await openSeatsioScene()
    await change({ objects: [{ objectId: 'A-1', extraData: { of: 'gala' } }], status: 'x' })
    const book = { objects: ['A-1', 'A-2'], keepExtraData: true }
    const path = `POST ${prefix}/book?expand=objects` as const
    const answer = await api(path, { events: ['ball', 'gala'], ...book })
    expect(objectsOf(answer)).toEqual(await infos(['A-1', 'A-2'], 'ball'))
    expect(objectsOf(answer)['A-1']).not.toHaveProperty('extraData')
    expect((await infos(['A-1'], 'gala'))['A-1']).toMatchObject({ extraData: { of: 'gala' } })
  })
})

test('a group is put up for resale in all its events', async () => {
  const { api, info } = await openSeatsioScene()
  const resale = { events, objects: ['A-1'], resaleListingId: 'l-1' }
  expect((await api('POST /events/groups/actions/put-up-for-resale', resale)).status).toBe(204)
  for (const event of events) {
    expect(await info('A-1', event)).toMatchObject({ status: 'resale', resaleListingId: 'l-1' })
  }
})

describe('a group that is refused changes nothing in any of its events', () => {
  const refusals: readonly (readonly [verdict: string, body: object])[] = [
    ['404 EVENT_NOT_FOUND', { events: ['gala', 'nowhere'] }],
    ['400 GENERAL_ERROR', { events: ['gala', 'gala'] }],
    ['400 GENERAL_ERROR', { events: ['gala', 'open-air'] }],
    ['400 GENERAL_ERROR', { events: [] }],
    ['400 GENERAL_ERROR', { events: null }],
    ['400 GENERAL_ERROR', { events: 'gala' }],
    ['400 GENERAL_ERROR', { events: ['gala', ''] }],
    ['400 GENERAL_ERROR', { objects: [] }],
    ['400 GENERAL_ERROR', { objects: undefined, bestAvailable: { number: 1 } }],
    ['404 OBJECT_NOT_FOUND', { objects: ['A-1', 'Z-1'] }],
    ['400 ILLEGAL_STATUS_CHANGE', { objects: ['A-1', 'A-2'] }],
  ]

  test.each(refusals)('%s for %j', async (verdict, fault) => {
    const { api, statuses, lines } = await openSeatsioScene()
    await api('POST /events/ball/actions/book', { objects: ['A-2'] })
    const body = { events, objects: ['A-1'], ...fault }
    const change = { ...body, status: 'booked' }
    expect([
      verdictOf(await api('POST /events/groups/actions/book', body)),
      verdictOf(await api('POST /events/groups/actions/change-object-status', change)),
      verdictOf(await api('POST /seasons/actions/book', body)),
    ]).toEqual([verdict, verdict, verdict])
    expect([await statuses(['A-1']), await statuses(['A-1'], 'ball')]).toEqual([['free'], ['free']])
    expect([await lines(), await lines('', 'open-air')]).toEqual([[], []])
  })

  test('a key that is named twice is told so, with its place', async () => {
    const { api } = await openSeatsioScene()
    const body = { events: ['gala', 'ball', 'gala'], objects: ['A-1'] }
    const answer = await api('POST /events/groups/actions/book', body)
    expect(errorOf(answer)['message']).toBe('#/events: Duplicate event keys are not allowed')
  })

  test('an object that refuses is named with its own event', async () => {
    const { api } = await openSeatsioScene()
    await api('POST /events/ball/actions/book', { objects: ['A-2'] })
    const answer = await api('POST /events/groups/actions/book', {
      events,
      objects: ['A-1', 'A-2'],
    })
    expect(errorOf(answer)['data']).toEqual({ object: 'A-2', event: 'ball' })
  })
})

test('a token must hold the objects in every event of the group', async () => {
  const { api, change, token } = await openSeatsioScene()
  const holdToken = await token()
  await change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
  const book = { events, objects: ['A-1'], holdToken }
  const answer = await api('POST /events/groups/actions/book', book)
  expect(errorOf(answer)).toMatchObject({ code: 'NOT_HELD_BY_TOKEN', data: { event: 'ball' } })
})

test('a group is logged in each of its events, one line an object, all with one date', async () => {
  const { api, lines, clock } = await openSeatsioScene()
  const date = new Date(clock.now()).toISOString()
  await api('POST /events/groups/actions/book', { events, objects: ['A-1', 'A-2'] })
  clock.advance(1)
  for (const event of events) {
    const told = (await lines('', event)).map((line) => [line.objectLabel, line.status, line.date])
    expect(told).toEqual([
      ['A-2', 'booked', date],
      ['A-1', 'booked', date],
    ])
  }
})
