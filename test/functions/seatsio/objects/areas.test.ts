import { describe, expect, test } from 'vitest'
import { openAreas as open, places } from '../../../support/area-scene.ts'
import { errorOf, objectsOf, verdictOf } from '../../../support/seatsio-scene.ts'

describe('places of an area', () => {
  test('are booked by their number, by the label as often, and both in one request', async () => {
    const { book, counts } = await open()
    expect(verdictOf(await book([places('Lawn', 3)]))).toBe('200')
    expect(verdictOf(await book(['Lawn', 'Lawn', places('Lawn', 2)]))).toBe('200')
    expect(await counts()).toEqual([7, 0, 3])
  })

  test('are sold to the last one and no further, and a refusal tells how many are left', async () => {
    const { book, counts, info } = await open()
    expect(verdictOf(await book([places('Lawn', 8)]))).toBe('200')
    const refused = await book([places('Lawn', 3)])
    expect(verdictOf(refused)).toBe('400 NOT_ENOUGH_PLACES')
    expect(errorOf(refused)).toMatchObject({
      message: 'Not enough places in Lawn: 2 left',
      data: { object: 'Lawn', event: 'gala', placesLeft: 2 },
    })
    expect(await counts()).toEqual([8, 0, 2])
    expect(verdictOf(await book([places('Lawn', 2)]))).toBe('200')
    expect(await info('Lawn')).toMatchObject({ status: 'booked', isAvailable: false })
    expect(errorOf(await book(['Lawn']))).toMatchObject({ data: { placesLeft: 0 } })
  })

  test('are one commit with seats, or nothing is done', async () => {
    const { book, counts, statuses } = await open()
    expect(verdictOf(await book(['A-1', places('Lawn', 11)]))).toBe('400 NOT_ENOUGH_PLACES')
    expect(await statuses(['A-1'])).toEqual(['free'])
    expect(verdictOf(await book(['A-1', places('Lawn', 4), 'A-2']))).toBe('200')
    expect(verdictOf(await book([places('Lawn', 1), 'A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await counts()).toEqual([4, 0, 6])
  })

  test('are held under a token by ticket type, and booked from what it holds, of one type or of any', async () => {
    const { hold, book, counts, info, token } = await open()
    const ada = await token()
    const answer = await hold([places('Lawn', 3), places('Lawn', 2, { ticketType: 'child' })], ada)
    expect(objectsOf(answer)['Lawn']).toMatchObject({
      numHeld: 5,
      holds: { [ada]: { NO_TICKET_TYPE: 3, child: 2 } },
    })
    const tooMany = [places('Lawn', 3, { ticketType: 'child' })]
    expect(verdictOf(await book(tooMany, { holdToken: ada }))).toBe('400 NOT_HELD_BY_TOKEN')
    const child = [places('Lawn', 1, { ticketType: 'child' })]
    expect(verdictOf(await book(child, { holdToken: ada }))).toBe('200')
    expect((await info('Lawn'))['holds']).toEqual({ [ada]: { NO_TICKET_TYPE: 3, child: 1 } })
    expect(verdictOf(await book([places('Lawn', 4)], { holdToken: ada }))).toBe('200')
    expect(await counts()).toEqual([5, 0, 5])
  })

  test('that are held are left alone by whoever names no token', async () => {
    const { hold, book, release, counts, token } = await open()
    await hold([places('Lawn', 6)], await token())
    expect(verdictOf(await book([places('Lawn', 5)]))).toBe('400 NOT_ENOUGH_PLACES')
    expect(verdictOf(await book([places('Lawn', 1)]))).toBe('200')
    expect(verdictOf(await release([places('Lawn', 2)]))).toBe('400 NOT_ENOUGH_PLACES')
    expect(await counts()).toEqual([1, 6, 3])
  })

  test('of another token are not booked or let go, and of none is none held', async () => {
    const { hold, book, release, token } = await open()
    const [ada, eve] = [await token(), await token()]
    await hold([places('Lawn', 2)], ada)
    const stolen = { holdToken: eve }
    expect(verdictOf(await book([places('Lawn', 1)], stolen))).toBe('400 NOT_HELD_BY_TOKEN')
    expect(verdictOf(await release([places('Lawn', 1)], stolen))).toBe('400 NOT_HELD_BY_TOKEN')
    expect(verdictOf(await release([places('Lawn', 3)], { holdToken: ada }))).toBe(
      '400 NOT_HELD_BY_TOKEN',
    )
    expect(verdictOf(await hold([places('Lawn', 1)], 'no-such-token'))).toBe(
      '400 HOLD_TOKEN_NOT_FOUND',
    )
  })

  test('go back by a release: with a token those it holds, without one booked ones, and nothing of nothing', async () => {
    const { hold, book, release, counts, token } = await open()
    const ada = await token()
    expect(verdictOf(await release([places('Lawn', 3)]))).toBe('200')
    await book([places('Lawn', 4)])
    await hold([places('Lawn', 3)], ada)
    expect(verdictOf(await release([places('Lawn', 2)], { holdToken: ada }))).toBe('200')
    expect(verdictOf(await release([places('Lawn', 3)]))).toBe('200')
    expect(await counts()).toEqual([1, 1, 8])
    expect(verdictOf(await release([places('Lawn', 2)]))).toBe('400 NOT_ENOUGH_PLACES')
  })

  test('in a status of their own count as booked, and a full area has the status that filled it', async () => {
    const { change, book, release, info } = await open()
    await book([places('Lawn', 6)])
    await change({ objects: [places('Lawn', 4)], status: 'checkedIn' })
    expect(await info('Lawn')).toMatchObject({ status: 'checkedIn', numBooked: 10 })
    await release([places('Lawn', 1)])
    expect(await info('Lawn')).toMatchObject({ status: 'free', numBooked: 9, isAvailable: true })
  })

  test('that are put up for resale are free, and nothing marks them', async () => {
    const { book, change, counts, info } = await open()
    await book([places('Lawn', 4)])
    const resold = { objects: [places('Lawn', 3)], status: 'resale', resaleListingId: 'l-1' }
    expect(verdictOf(await change(resold))).toBe('200')
    expect(await counts()).toEqual([1, 0, 9])
    expect(await info('Lawn')).not.toHaveProperty('resaleListingId')
  })

  test('are free, held or booked to those who ask for what they were before', async () => {
    const { book, hold, release, token } = await open()
    const ada = await token()
    const lawn = [places('Lawn', 1)]
    const allow = (...allowedPreviousStatuses: string[]) => ({ allowedPreviousStatuses })
    const reject = (...rejectedPreviousStatuses: string[]) => ({ rejectedPreviousStatuses })
    expect(verdictOf(await book(lawn, allow('booked')))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await book(lawn, allow('free')))).toBe('200')
    expect(verdictOf(await hold(lawn, ada, reject('free')))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await hold(lawn, ada, reject('booked')))).toBe('200')
    const mine = { holdToken: ada }
    expect(verdictOf(await book(lawn, { ...mine, ...allow('free') }))).toBe(
      '400 ILLEGAL_STATUS_CHANGE',
    )
    expect(verdictOf(await book(lawn, { ...mine, ...allow('reservedByToken') }))).toBe('200')
    expect(verdictOf(await release(lawn, allow('booked')))).toBe('200')
  })

  test('are asked for by a number from 1 up, and of other objects there is one', async () => {
    const { book } = await open()
    for (const quantity of [0, -1, 1.5, '2']) {
      expect(verdictOf(await book([{ objectId: 'Lawn', quantity }]))).toBe('400 GENERAL_ERROR')
    }
    const refused = await book([places('A-1', 2)])
    expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
    expect(errorOf(refused)['message']).toContain('its quantity is 1')
    expect(verdictOf(await book([places('A-1', 1)]))).toBe('200')
    expect(verdictOf(await book([places('Z-9', 2)]))).toBe('404 OBJECT_NOT_FOUND')
  })

  test('are one object of a request, however many they are', async () => {
    const { book, counts } = await open(10, 3_000)
    expect(verdictOf(await book([places('Field', 1_500)]))).toBe('200')
    const repeated = Array.from({ length: 1_200 }, () => 'Field')
    expect(verdictOf(await book(repeated))).toBe('200')
    expect(await counts('Field')).toEqual([2_700, 0, 300])
  })

  test('keep the extra data of the area: what a change sets or takes away counts for all of it', async () => {
    const { book, api, info, clock } = await open()
    await book([places('Field', 60, { extraData: { a: 1 } })])
    clock.advance(1)
    await book([places('Field', 60)], { keepExtraData: true })
    expect((await info('Field'))['extraData']).toEqual({ a: 1 })
    clock.advance(1)
    const path = 'POST /events/gala/objects/Field/actions/update-extra-data' as const
    expect((await api(path, { extraData: { b: 2 } })).status).toBe(204)
    expect(await info('Field')).toMatchObject({ extraData: { b: 2 }, numBooked: 120 })
    clock.advance(1)
    await book([places('Field', 1)], { orderId: 'o-7' })
    expect(await info('Field')).not.toHaveProperty('extraData')
    expect(await info('Field')).toMatchObject({ orderId: 'o-7' })
  })
})

describe('an area of several blocks', () => {
  test('is sold whole, in orders of any size, and given back whole', async () => {
    const { book, release, counts } = await open()
    for (const quantity of [1, 7, 44, 50, 28]) {
      expect(verdictOf(await book([places('Field', quantity)]))).toBe('200')
    }
    expect(await counts('Field')).toEqual([130, 0, 0])
    expect(verdictOf(await book(['Field']))).toBe('400 NOT_ENOUGH_PLACES')
    expect(verdictOf(await release([places('Field', 130)]))).toBe('200')
    expect(await counts('Field')).toEqual([0, 0, 130])
  })

  test('gives a token what it asks for, and all of it back, from whatever blocks', async () => {
    const { hold, book, release, counts, token } = await open()
    const ada = await token()
    await hold([places('Field', 90)], ada)
    expect(verdictOf(await book([places('Field', 70)], { holdToken: ada }))).toBe('200')
    expect(verdictOf(await release([places('Field', 20)], { holdToken: ada }))).toBe('200')
    expect(await counts('Field')).toEqual([70, 0, 60])
  })

  test('has one line in the log for a change, with the number of its places', async () => {
    const { book, clock, lines } = await open()
    await book([places('Field', 120, { ticketType: 'adult' })], { orderId: 'o-1' })
    clock.advance(1)
    const found = await lines()
    expect(found).toMatchObject([
      { objectLabel: 'Field', status: 'booked', quantity: 120, orderId: 'o-1' },
    ])
  })
})

describe('a batch', () => {
  test('sees in each step what the ones before did with places', async () => {
    const { batch, counts } = await open()
    const step = (status: string, quantity: number) => {
      return { event: 'gala', objects: [places('Lawn', quantity)], status }
    }
    const release = { event: 'gala', objects: [places('Lawn', 9)], type: 'RELEASE' }
    const refused = await batch(step('booked', 9), step('booked', 2))
    expect(errorOf(refused)).toMatchObject({
      code: 'NOT_ENOUGH_PLACES',
      data: { index: 1, placesLeft: 1 },
    })
    const done = await batch(step('booked', 9), release, step('x', 10))
    expect(verdictOf(done)).toBe('200')
    const results = done.body?.['results'] as { objects: Record<string, unknown> }[]
    expect(results.map(({ objects }) => objects['Lawn'])).toMatchObject([
      { numBooked: 9, status: 'free' },
      { numBooked: 0, status: 'free' },
      { numBooked: 10, status: 'x' },
    ])
    expect(await counts()).toEqual([10, 0, 0])
  })

  test('over several events takes places in each or in none', async () => {
    const { api, book, counts } = await open()
    await book([places('Lawn', 9)])
    const path = 'POST /events/groups/actions/book' as const
    const group = { events: ['ball', 'gala'], objects: [places('Lawn', 2), 'A-1'] }
    const refused = await api(path, group)
    expect(errorOf(refused)).toMatchObject({
      code: 'NOT_ENOUGH_PLACES',
      data: { event: 'gala', placesLeft: 1 },
    })
    expect(await counts('Lawn', 'ball')).toEqual([0, 0, 10])
    expect((await api(path, { ...group, objects: ['Lawn'] })).status).toBe(204)
    expect([await counts('Lawn', 'ball'), await counts()]).toEqual([
      [1, 0, 9],
      [10, 0, 0],
    ])
  })
})
