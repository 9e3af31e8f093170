import {
  type ChangeObjectStatusResult,
  CreateSeasonParams,
  EventObjectInfo,
  StatusChangeRequest,
  UpdateEventParams,
} from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { failsWith } from '../support/seatsio-lawn.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

// What becomes of season tickets, told by the published client.

const { BOOKED, FREE, HELD, RESALE } = EventObjectInfo
const { TYPE_OVERRIDE_SEASON_STATUS, TYPE_USE_SEASON_STATUS } = StatusChangeRequest
const taken = failsWith('ILLEGAL_STATUS_CHANGE')

/** A season of three matches, of which spring has the first two and autumn the last two. */
async function openSeason() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  const { events, seasons, holdTokens } = server.client
  const matches = ['match-1', 'match-2', 'match-3']
  await seasons.create('hall', new CreateSeasonParams().key('season').eventKeys(matches))
  await seasons.createPartialSeason('season', 'spring', 'Spring', matches.slice(0, 2))
  await seasons.createPartialSeason('season', 'autumn', 'Autumn', matches.slice(1))
  const info = (label: string, key: string) => events.retrieveObjectInfo(key, label)
  /** Of one object, in the season, its parts and its matches. */
  const statuses = async (label: string, keys = ['season', 'spring', 'autumn', ...matches]) => {
    const infos = await Promise.all(keys.map((key) => info(label, key)))
    return infos.map(({ status }) => status)
  }
  const change = (type: string, eventKey: string, labels: string[]) =>
    new StatusChangeRequest().withType(type).withEventKey(eventKey).withObjects(labels)
  return { ...server, events, seasons, holdTokens, info, statuses, change }
}

test('a season ticket takes its seat in all matches, with those that are added, until it is given back', async () => {
  const { events, seasons, info, statuses } = await openSeason()
  const { objects } = await events.book('season', ['A-1'], null, 'ticket-of-ada')
  expect(objects['A-1']).toMatchObject({ status: BOOKED, orderId: 'ticket-of-ada' })
  expect(await statuses('A-1')).toEqual([BOOKED, BOOKED, BOOKED, BOOKED, BOOKED, BOOKED])
  expect(await info('A-1', 'match-2')).toMatchObject({
    orderId: 'ticket-of-ada',
    isAvailable: false,
  })
  await seasons.createEvents('season', null, ['match-4'])
  expect(await statuses('A-1', ['match-4'])).toEqual([BOOKED])
  for (const key of ['match-1', 'match-4', 'spring']) {
    await expect(events.book(key, ['A-1'])).rejects.toMatchObject(taken)
    // What is only inherited is not theirs to give back.
    await expect(events.release(key, ['A-1'])).rejects.toMatchObject(taken)
  }
  await events.release('season', ['A-1'])
  expect(await statuses('A-1')).toEqual([FREE, FREE, FREE, FREE, FREE, FREE])
  expect((await events.statusChanges('match-1').firstPage()).items).toEqual([])
  const { items } = await events.statusChanges('season').firstPage()
  expect(items.map(({ status }) => status)).toEqual([FREE, BOOKED])
})

test('whoever skips a match has the seat sold there to somebody else, in one step, and has it back afterwards', async () => {
  const { events, info, statuses, change } = await openSeason()
  await events.book('season', ['A-1'], null, 'ticket-of-ada')
  const results = (await events.changeObjectStatusInBatch([
    change(TYPE_OVERRIDE_SEASON_STATUS, 'match-2', ['A-1']),
    new StatusChangeRequest()
      .withEventKey('match-2')
      .withObjects(['A-1'])
      .withStatus(RESALE)
      .withResaleListingId('listing-1'),
  ])) as ChangeObjectStatusResult[]
  expect(results[1]?.objects['A-1']).toMatchObject({
    ...{ status: RESALE, resaleListingId: 'listing-1' },
  })
  expect(await info('A-1', 'match-2')).toMatchObject({
    ...{ isAvailable: true, seasonStatusOverriddenQuantity: 1 },
  })
  expect(await statuses('A-1')).toEqual([BOOKED, BOOKED, BOOKED, BOOKED, RESALE, BOOKED])
  await events.book('match-2', ['A-1'], null, 'ticket-of-ben')
  await expect(events.useSeasonObjectStatus('match-2', ['A-1'])).rejects.toMatchObject(taken)
  // Ben cannot come: his seat goes back to where it was offered, and from there to its owner.
  await events.release('match-2', ['A-1'])
  await events.release('match-2', ['A-1'])
  await events.changeObjectStatusInBatch([change(TYPE_USE_SEASON_STATUS, 'match-2', ['A-1'])])
  expect(await info('A-1', 'match-2')).toMatchObject({
    ...{ status: BOOKED, orderId: 'ticket-of-ada', seasonStatusOverriddenQuantity: 0 },
  })
})

test('of two halves that share a match only one is sold, and the season only where neither is', async () => {
  const { events, statuses, info } = await openSeason()
  await events.book('spring', ['A-1'])
  expect(await statuses('A-1')).toEqual([BOOKED, BOOKED, BOOKED, BOOKED, BOOKED, FREE])
  await expect(events.book('autumn', ['A-1'])).rejects.toMatchObject(taken)
  await expect(events.book('season', ['A-1'])).rejects.toMatchObject(taken)
  await events.book('match-3', ['A-1'])
  await expect(
    events.overrideSeasonObjectStatus('match-3', ['A-1'], 'spring'),
  ).rejects.toMatchObject(failsWith('EVENT_NOT_IN_SEASON'))
  // The only season that takes it is meant, though nobody names it.
  await events.overrideSeasonObjectStatus('match-1', ['A-1'])
  expect((await info('A-1', 'match-1')).seasonStatusOverriddenQuantity).toBe(1)
  expect(await statuses('A-1', ['match-1', 'match-2'])).toEqual([FREE, BOOKED])
})

test('a match that is sold keeps its seat from the season, until it is over', async () => {
  const { events, statuses } = await openSeason()
  await events.book('match-1', ['A-1'])
  expect(await statuses('A-1')).toEqual([BOOKED, BOOKED, FREE, BOOKED, FREE, FREE])
  await expect(events.book(['season'], ['A-1'])).rejects.toMatchObject(taken)
  await events.update('match-1', new UpdateEventParams().withIsInThePast(true))
  expect(await statuses('A-1', ['season', 'spring', 'match-1'])).toEqual([FREE, FREE, BOOKED])
  await events.book('season', ['A-1'])
  expect(await statuses('A-1')).toEqual([BOOKED, BOOKED, BOOKED, BOOKED, BOOKED, BOOKED])
})

test('a basket with season tickets and single seats is held by one token, and ends with it', async () => {
  const { events, holdTokens, info, statuses, clock } = await openSeason()
  const { holdToken } = await holdTokens.create(1)
  await events.hold('spring', ['A-1'], holdToken)
  await events.hold('match-3', ['A-1', 'A-2'], holdToken)
  expect(await info('A-1', 'match-1')).toMatchObject({ status: HELD, holdToken })
  expect(await statuses('A-1')).toEqual([HELD, HELD, HELD, HELD, HELD, HELD])
  await holdTokens.expiresInMinutes(holdToken, 5)
  clock.advance(5 * 60_000 - 1)
  expect(await statuses('A-1')).toEqual([HELD, HELD, HELD, HELD, HELD, HELD])
  clock.advance(1)
  expect(await statuses('A-1')).toEqual([FREE, FREE, FREE, FREE, FREE, FREE])
  await events.book('season', ['A-1'])
})
