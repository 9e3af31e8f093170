import { describe, expect, test } from 'vitest'
import { changeRoster, openSeason } from '../../../support/season-scene.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

describe('what is sold in a season', () => {
  test('is taken in all of its events and parts, with all that goes with it', async () => {
    const { season, info } = await openSeason()
    const { book, everywhere: of } = season
    const objects = [{ objectId: 'A-1', ticketType: 'adult', extraData: { guest: 'g-19' } }]
    expect(verdictOf(await book('season', objects, { orderId: 'o-1' }))).toBe('200')
    expect(await of('A-1')).toBe('booked booked booked booked booked booked')
    expect(await of('A-2')).toBe('free free free free free free')
    expect(await info('A-1', 'match-2')).toMatchObject({
      status: 'booked',
      orderId: 'o-1',
      ticketType: 'adult',
      extraData: { guest: 'g-19' },
      isAvailable: false,
      availabilityReason: 'booked',
    })
  })

  test('of a partial season is taken in its events, and in what has one in common with it', async () => {
    const { season } = await openSeason()
    await season.book('spring', ['A-1'])
    // Autumn has the second match in common with spring.
    expect(await season.everywhere('A-1')).toBe('booked booked booked booked booked free')
  })

  test('cannot be sold, let go, held or offered in its events, nor in what overlaps with it', async () => {
    const { season, token } = await openSeason()
    await season.book('spring', ['A-1'])
    const holdToken = await token()
    for (const event of ['season', 'autumn', 'match-1', 'match-2']) {
      for (const [action, more] of [
        [season.book, {}],
        [season.release, {}],
        [season.hold, { holdToken }],
        [season.resale, {}],
        [season.change, { status: 'checkedIn' }],
        [season.change, { status: 'free' }],
      ] as const) {
        expect(verdictOf(await action(event, ['A-1'], more))).toBe('400 ILLEGAL_STATUS_CHANGE')
      }
    }
    expect(verdictOf(await season.book('match-3', ['A-1']))).toBe('200')
    expect(await season.everywhere('A-1')).toBe('booked booked booked booked booked booked')
  })

  test('is free again everywhere once it is let go', async () => {
    const { season } = await openSeason()
    for (const key of ['season', 'spring']) {
      await season.book(key, ['A-1'])
      expect(verdictOf(await season.release(key, ['A-1']))).toBe('200')
      expect(await season.everywhere('A-1')).toBe('free free free free free free')
    }
    expect(verdictOf(await season.book('match-1', ['A-1']))).toBe('200')
  })

  test('is held there until its deadline, and its events tell who holds it', async () => {
    const { season, token, clock, info, statuses } = await openSeason()
    const holdToken = await token(10)
    expect(verdictOf(await season.hold('season', ['A-1'], { holdToken }))).toBe('200')
    expect(await info('A-1', 'match-3')).toMatchObject({ status: 'reservedByToken', holdToken })
    expect(verdictOf(await season.book('match-3', ['A-1'], { holdToken }))).toMatch(/^400/)
    clock.advance(10 * 60_000)
    expect(await statuses(['A-1'], 'match-3')).toEqual(['free'])
    expect(verdictOf(await season.book('match-3', ['A-1']))).toBe('200')
    expect(verdictOf(await season.book('season', ['A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await season.book('season', ['A-2']))).toBe('200')
  })

  test('may be offered again, and is bought in the season: its events show it, and do not sell it', async () => {
    const { season, info } = await openSeason()
    await season.book('season', ['A-1'])
    await season.resale('season', ['A-1'], { resaleListingId: 'offer-1' })
    expect(await season.everywhere('A-1')).toBe('resale resale resale resale resale resale')
    expect(await info('A-1', 'match-1')).toMatchObject({
      isAvailable: false,
      availabilityReason: 'resale',
      resaleListingId: 'offer-1',
    })
    expect(await info('A-1', 'season')).toMatchObject({ isAvailable: true })
    expect(verdictOf(await season.book('match-1', ['A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await season.book('season', ['A-1']))).toBe('200')
  })

  test('can be withdrawn from resale also while a match of it is sold to somebody else, and not bought', async () => {
    const { season } = await openSeason()
    await season.book('season', ['A-1'])
    await season.override('match-1', ['A-1'])
    await season.book('match-1', ['A-1'])
    await season.resale('season', ['A-1'])
    expect(await season.everywhere('A-1')).toBe('resale resale resale booked resale resale')
    const guarded = { allowedPreviousStatuses: ['resale'] }
    expect(verdictOf(await season.book('season', ['A-1'], guarded))).toBe(
      '400 ILLEGAL_STATUS_CHANGE',
    )
    expect(verdictOf(await season.resale('season', ['A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    const listed = { resaleListingId: 'listing-2' }
    expect(verdictOf(await season.resale('season', ['A-1'], listed))).toBe('200')
    expect(verdictOf(await season.release('season', ['A-1'], guarded))).toBe('200')
    expect(await season.everywhere('A-1')).toBe('booked booked free booked free free')
  })

  test('under a label that is no object any more is told where it was sold, and nowhere else', async () => {
    const { api, native, season, infos } = await openSeason()
    await season.book('season', ['T1-1'])
    await api('POST /events/season', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } })
    expect(Object.keys(await infos(['T1', 'T1-1', 'T1-2'], 'season'))).toEqual(['T1', 'T1-1'])
    expect(Object.keys(await infos(['T1', 'T1-1', 'T1-2'], 'match-1'))).toEqual(['T1'])
    const { body } = await native('GET /api/v1/events/match-1/status')
    expect(body).toMatchObject({ objects: [{ objectLabel: 'T1', status: 'booked' }] })
  })

  test('has the extra data that it is given, in a season, a part of one and an event', async () => {
    const { season, api, info } = await openSeason()
    await season.book('season', ['A-1'])
    await season.book('match-1', ['A-2'])
    for (const [key, label] of [
      ['season', 'A-1'],
      ['spring', 'A-3'],
      ['match-1', 'A-2'],
    ] as const) {
      const path = `POST /events/${key}/objects/${label}/actions/update-extra-data` as const
      expect((await api(path, { extraData: { of: key } })).status).toBe(204)
      expect(await info(label, key)).toMatchObject({ extraData: { of: key } })
    }
    expect(await info('A-1', 'match-2')).toMatchObject({ extraData: { of: 'season' } })
  })
})

describe('what is sold in an event', () => {
  test('cannot be had with the season, nor with a part that has the event, and is shown there as what it is', async () => {
    const { season, api } = await openSeason()
    await season.change('match-1', ['A-1'], { status: 'checkedIn' })
    expect(await season.everywhere('A-1')).toBe('checkedIn checkedIn free checkedIn free free')
    for (const key of ['season', 'spring']) {
      const answer = await api(`POST /events/${key}/actions/book`, { objects: ['A-2', 'A-1'] })
      expect(answer.status).toBe(400)
      expect(errorOf(answer)).toMatchObject({
        code: 'ILLEGAL_STATUS_CHANGE',
        data: { object: 'A-1', event: key },
      })
    }
    expect(await season.everywhere('A-2')).toBe('free free free free free free')
    expect(verdictOf(await season.book('autumn', ['A-1']))).toBe('200')
    // Seasons are told before events.
    expect(await season.everywhere('A-1')).toBe('booked booked booked checkedIn booked booked')
  })

  test('does not count once the event is past, and still shows what the season sells', async () => {
    const scene = await openSeason()
    const { season } = scene
    await season.book('match-1', ['A-1'])
    await changeRoster(scene.context(), 'season', (roster) => ({
      ...roster,
      events: roster.events.map((it) => (it.number === 0 ? { ...it, isInThePast: true } : it)),
    }))
    expect(await season.everywhere('A-1')).toBe('free free free booked free free')
    expect(verdictOf(await season.book('season', ['A-1', 'A-2']))).toBe('200')
    expect(await season.everywhere('A-2')).toBe('booked booked booked booked booked booked')
  })

  test('that is only offered again is in the way of the season all the same', async () => {
    const { season } = await openSeason()
    await season.resale('match-1', ['A-1'])
    expect(await season.everywhere('A-1')).toBe('booked booked free resale free free')
    expect(verdictOf(await season.book('season', ['A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
  })
})

describe('a group and a batch', () => {
  test('change several events of one season together, or none of them', async () => {
    const { season, api } = await openSeason()
    const group = (objects: string[]) =>
      api('POST /events/groups/actions/book', {
        events: ['match-1', 'match-2', 'match-3'],
        objects,
      })
    expect((await group(['A-1', 'A-2'])).status).toBe(204)
    await season.book('match-3', ['A-3'])
    expect(verdictOf(await group(['A-4', 'A-3']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(await season.everywhere('A-4')).toBe('free free free free free free')
    const release = { events: ['match-1', 'match-2', 'match-3'], objects: ['A-1'] }
    expect((await api('POST /events/groups/actions/release', release)).status).toBe(204)
    expect(verdictOf(await season.book('season', ['A-1']))).toBe('200')
    expect(verdictOf(await season.book('season', ['A-2']))).toBe('400 ILLEGAL_STATUS_CHANGE')
  })

  test('see in the season what the steps before did in its events, and the other way round', async () => {
    const { season, batch } = await openSeason()
    const book = (event: string, label: string) => ({ event, status: 'booked', objects: [label] })
    const release = (event: string, label: string) => ({ event, type: 'RELEASE', objects: [label] })
    const refused = '400 ILLEGAL_STATUS_CHANGE'
    for (const [first, second] of [
      ['match-1', 'season'],
      ['season', 'match-1'],
      ['match-2', 'autumn'],
      ['spring', 'season'],
      ['spring', 'autumn'],
      ['match-1', 'match-1'],
    ] as const) {
      expect(verdictOf(await batch(book(first, 'A-1'), book(second, 'A-1')))).toBe(refused)
    }
    expect(await season.everywhere('A-1')).toBe('free free free free free free')
    const back = await batch(
      book('match-1', 'A-1'),
      release('match-1', 'A-1'),
      book('season', 'A-1'),
    )
    expect(verdictOf(back)).toBe('200')
    const moved = await batch(
      release('season', 'A-1'),
      book('match-3', 'A-1'),
      book('spring', 'A-1'),
    )
    expect(verdictOf(moved)).toBe('200')
    expect(await season.everywhere('A-1')).toBe('booked booked booked booked booked booked')
  })
})
