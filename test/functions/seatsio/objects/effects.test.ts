import { describe, expect, test } from 'vitest'
import {
  objectsOf,
  openSeatsioScene,
  verdictOf,
  type Info,
} from '../../../support/seatsio-scene.ts'

const everything = {
  objects: [{ objectId: 'A-1', ticketType: 'adult', extraData: { guest: 'g-1' } }],
  orderId: 'order-1',
}
const noted = { ticketType: 'adult', extraData: { guest: 'g-1' }, orderId: 'order-1' }

/** What goes with an object besides its status. */
function notesOf({ ticketType, extraData, orderId, holdToken, resaleListingId }: Info): object {
  const notes = { ticketType, extraData, orderId, holdToken, resaleListingId }
  return Object.fromEntries(Object.entries(notes).filter(([, value]) => value !== undefined))
}

describe('what goes with a change replaces what went with the one before', () => {
  test.each(['booked', 'resale', 'checkedIn'])('for a change to %s', async (status) => {
    const { change, info } = await openSeatsioScene()
    await change({ ...everything, status })
    expect(notesOf(await info('A-1'))).toEqual(noted)
    await change({ objects: ['A-1'], status: 'other' })
    expect(notesOf(await info('A-1'))).toEqual({})
  })

  test('for a hold, and for the same hold again', async () => {
    const { change, info, token } = await openSeatsioScene()
    const holdToken = await token()
    const hold = { status: 'reservedByToken', holdToken }
    await change({ ...everything, ...hold })
    expect(notesOf(await info('A-1'))).toEqual({ ...noted, holdToken })
    const refreshed = { objectId: 'A-1', ticketType: 'child', extraData: { guest: 'g-2' } }
    await change({ objects: [refreshed], orderId: 'order-2', ...hold })
    const { objectId, ...rest } = refreshed
    expect(objectId).toBe('A-1')
    expect(notesOf(await info('A-1'))).toEqual({ ...rest, orderId: 'order-2', holdToken })
    await change({ objects: ['A-1'], ...hold })
    expect(notesOf(await info('A-1'))).toEqual({ holdToken })
    await change({ objects: ['A-1'], status: 'booked', holdToken })
    expect(notesOf(await info('A-1'))).toEqual({})
  })

  test.each([{ type: 'RELEASE' }, { status: 'free' }])('for %j', async (target) => {
    const { change, info } = await openSeatsioScene()
    await change({ ...everything, status: 'booked' })
    await change({ objects: ['A-1'], ...target })
    expect(notesOf(await info('A-1'))).toEqual({})
    const released = {
      objects: [{ objectId: 'A-1', extraData: { why: 'refund' }, ticketType: 'child' }],
    }
    await change({ ...released, orderId: 'refund-1', ...target })
    expect(notesOf(await info('A-1'))).toEqual({
      extraData: { why: 'refund' },
      orderId: 'refund-1',
      ticketType: 'child',
    })
  })
})

test('extra data is kept where it is to be kept, and nothing else; new extra data wins', async () => {
  const { change, info } = await openSeatsioScene()
  await change({ ...everything, status: 'booked' })
  for (const target of [{ status: 'checkedIn' }, { type: 'RELEASE' }, { status: 'resale' }]) {
    await change({ objects: ['A-1'], keepExtraData: true, ...target })
    expect(notesOf(await info('A-1'))).toEqual({ extraData: { guest: 'g-1' } })
  }
  const next = { objectId: 'A-1', extraData: { guest: 'g-2' } }
  await change({ objects: [next], status: 'booked', keepExtraData: true })
  expect(notesOf(await info('A-1'))).toEqual({ extraData: { guest: 'g-2' } })
  await change({ objects: ['A-1'], status: 'checkedIn', keepExtraData: false })
  expect(notesOf(await info('A-1'))).toEqual({})
})

test('extra data is stored as it is: fields named like anything, deep, and the empty one', async () => {
  const { api, info } = await openSeatsioScene()
  const extraData = '{"__proto__":{"a":1},"z":1.5,"a":[{"b":[]},"é🎭",true],"":{},"1":-0.1}'
  const send = (objectId: string, text: string) =>
    api('POST /events/gala/actions/book', undefined, {
      raw: `{"objects":[{"objectId":"${objectId}","extraData":${text}}]}`,
    })
  await send('A-1', extraData)
  const stored = (await info('A-1'))['extraData']
  expect(Object.entries(stored as object).sort()).toEqual(
    Object.entries(JSON.parse(extraData) as object).sort(),
  )
  // One language cannot tell an empty map from an empty list.
  for (const [label, text] of [
    ['A-2', '{}'],
    ['A-3', '[]'],
  ] as const) {
    await send(label, text)
    expect(await info(label)).toMatchObject({ extraData: {} })
  }
})

describe('an object in resale', () => {
  const listing = { status: 'resale', resaleListingId: 'listing-1' }

  test('shows its listing, and shows it again after it was held or sold and let go', async () => {
    const { change, info, token } = await openSeatsioScene()
    const holdToken = await token()
    const objects = ['A-1']
    await change({ objects, status: 'booked' })
    await change({ objects, ...listing })
    const shown = { status: 'resale', resaleListingId: 'listing-1', isAvailable: true }
    expect(await info('A-1')).toMatchObject({ ...shown, availabilityReason: 'available' })
    for (const taken of [{ status: 'reservedByToken', holdToken }, { status: 'x' }]) {
      await change({ objects, ...taken })
      await change({ objects, status: 'booked' })
      await change({ objects, type: 'RELEASE' })
      expect(await info('A-1')).toMatchObject(shown)
    }
  })

  test('returns to resale without a listing when it had none', async () => {
    const { change, info } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'resale' })
    await change({ objects: ['A-1'], status: 'booked', resaleListingId: 'ignored' })
    await change({ objects: ['A-1'], type: 'RELEASE' })
    const { status, resaleListingId } = await info('A-1')
    expect([status, resaleListingId]).toEqual(['resale', undefined])
  })

  test('gets another listing by being listed again, and loses it when it becomes free', async () => {
    const { change, info } = await openSeatsioScene()
    const objects = ['A-1']
    await change({ objects, ...listing })
    await change({ objects, ...listing, resaleListingId: 'listing-2' })
    expect((await info('A-1'))['resaleListingId']).toBe('listing-2')
    await change({ objects, status: 'booked' })
    await change({ objects, status: 'free' })
    await change({ objects, status: 'booked' })
    await change({ objects, type: 'RELEASE' })
    expect(notesOf(await info('A-1'))).toEqual({})
    await change({ objects, ...listing })
    await change({ objects, type: 'RELEASE' })
    const { status, ...released } = await info('A-1')
    expect([status, notesOf(released)]).toEqual(['free', {}])
  })
})

describe('the end of a hold token', () => {
  const noon = { status: 'reservedByToken', keepExtraData: true }

  /** A-1 is held from free, A-2 from resale, both with everything that may go with a hold. */
  async function openHeld(minutes = 10) {
    const scene = await openSeatsioScene()
    const objects = ['A-1', 'A-2'].map((objectId) => ({ ...everything.objects[0], objectId }))
    await scene.change({ objects: ['A-2'], status: 'resale', resaleListingId: 'listing-1' })
    const holdToken = await scene.token(minutes)
    await scene.change({ objects, orderId: 'order-1', ...noon, holdToken })
    return { ...scene, holdToken, ends: minutes * 60_000 }
  }

  test.each([
    ['one millisecond before', -1, ['reservedByToken', 'reservedByToken']],
    ['at', 0, ['free', 'resale']],
    ['one millisecond behind', 1, ['free', 'resale']],
  ])('objects read so %s the deadline', async (_, offset, statuses) => {
    const scene = await openHeld()
    scene.clock.advance(scene.ends + offset)
    expect(await scene.statuses(['A-1', 'A-2'])).toEqual(statuses)
    const older = await scene.api('GET /events/gala/objects/A-1')
    expect(older.body?.['status']).toBe(statuses[0])
    if (offset < 0) return
    expect(notesOf(await scene.info('A-1'))).toEqual({})
    expect(notesOf(await scene.info('A-2'))).toEqual({ resaleListingId: 'listing-1' })
  })

  test('lets others take what it held from that millisecond on, and not before', async () => {
    const { change, clock, ends, token, statuses } = await openHeld()
    const rival = { objects: ['A-1', 'A-2'], status: 'reservedByToken', holdToken: await token() }
    clock.advance(ends - 1)
    expect(verdictOf(await change(rival))).toBe('400 ILLEGAL_STATUS_CHANGE')
    clock.advance(1)
    expect(verdictOf(await change(rival))).toBe('200')
    await change({ objects: ['A-1', 'A-2'], type: 'RELEASE' })
    expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'resale'])
  })

  test('ends what it may do, to the millisecond', async () => {
    const { change, clock, ends, holdToken } = await openHeld()
    const book = (label: string) => change({ objects: [label], status: 'booked', holdToken })
    clock.advance(ends - 1)
    expect(verdictOf(await book('A-1'))).toBe('200')
    clock.advance(1)
    expect(verdictOf(await book('A-2'))).toBe('400 HOLD_TOKEN_NOT_FOUND')
    const hold = await change({ objects: ['A-3'], status: 'reservedByToken', holdToken })
    expect(verdictOf(hold)).toBe('400 HOLD_TOKEN_NOT_FOUND')
  })

  test('counts for the guards on previous statuses', async () => {
    const { change, clock, ends } = await openHeld()
    const guarded = { objects: ['A-2'], status: 'booked', allowedPreviousStatuses: ['resale'] }
    clock.advance(ends - 1)
    expect(verdictOf(await change(guarded))).toBe('400 ILLEGAL_STATUS_CHANGE')
    clock.advance(1)
    const { extraData } = objectsOf(await change({ ...guarded, keepExtraData: true }))['A-2'] ?? {}
    expect(extraData).toBeUndefined()
  })
})
