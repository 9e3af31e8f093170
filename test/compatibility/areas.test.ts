import { CreateEventParams, EventObjectInfo, ObjectProperties, StatusChangeRequest } from 'seatsio'
import { describe, expect, test } from 'vitest'
import { failsWith, LAWN, openLawn, places } from '../support/seatsio-lawn.ts'

const { BOOKED, FREE, HELD } = EventObjectInfo

describe('places of an area', () => {
  test('are booked, changed and given back by their number', async () => {
    const { events, counts, lawn, log } = await openLawn()
    const { objects } = await events.book('gala', places(3), null, 'order-1')
    expect(objects[LAWN]).toMatchObject({ numBooked: 3, numFree: 97, status: FREE, capacity: 100 })
    expect(await lawn()).toMatchObject({ orderId: 'order-1', isAvailable: true, holds: {} })
    expect(await lawn()).toMatchObject({ areaType: 'generalAdmission', bookAsAWhole: false })
    // A label that is repeated is that many places.
    await events.book('gala', [LAWN, LAWN])
    await events.changeObjectStatus('gala', places(4), 'guest')
    expect(await counts()).toEqual([9, 0, 91])
    await events.release('gala', places(2))
    expect(await counts()).toEqual([7, 0, 93])
    await events.putUpForResale('gala', places(2), 'listing-1')
    expect(await counts()).toEqual([5, 0, 95])
    expect(await log()).toEqual([
      [FREE, 2],
      [FREE, 2],
      ['guest', 4],
      [BOOKED, 2],
      [BOOKED, 3],
    ])
  })

  test('are held by a token and ticket type, and booked and let go by their holder', async () => {
    const { events, lawn, counts, newToken } = await openLawn()
    const [ada, ben] = [await newToken(), await newToken()]
    await events.hold('gala', [places(3), places(2).setTicketType('child')], ada)
    await events.hold('gala', places(1), ben)
    expect(await lawn()).toMatchObject({
      ...{ numHeld: 6, numFree: 94, holdToken: undefined, ticketType: undefined },
      holds: { [ada]: { NO_TICKET_TYPE: 3, child: 2 }, [ben]: { NO_TICKET_TYPE: 1 } },
    })
    await events.book('gala', places(1).setTicketType('child'), ada)
    expect(await lawn()).toMatchObject({
      holds: { [ada]: { NO_TICKET_TYPE: 3, child: 1 }, [ben]: { NO_TICKET_TYPE: 1 } },
    })
    await expect(events.book('gala', places(2).setTicketType('child'), ada)).rejects.toMatchObject(
      failsWith('NOT_HELD_BY_TOKEN'),
    )
    await expect(events.release('gala', places(5), ada)).rejects.toMatchObject(
      failsWith('NOT_HELD_BY_TOKEN'),
    )
    await events.release('gala', places(4), ada)
    expect(await counts()).toEqual([1, 1, 98])
    // Who names no token leaves alone what is held.
    await expect(events.book('gala', places(99))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    await expect(events.release('gala', places(2))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    expect(await counts()).toEqual([1, 1, 98])
  })

  test('are free again when their token ends, and that is told', async () => {
    const { events, holdTokens, counts, newToken } = await openLawn()
    const token = await newToken()
    await events.hold('gala', places(5), token)
    expect(await counts()).toEqual([0, 5, 95])
    await holdTokens.expiresInMinutes(token, 0)
    expect(await counts()).toEqual([0, 0, 100])
    await events.book('gala', places(100))
  })

  test('give the area the status of the change that took the last, until one is free', async () => {
    const { events, lawn, newToken } = await openLawn(60)
    await events.book('gala', places(59))
    expect((await lawn()).status).toBe(FREE)
    const token = await newToken()
    await events.hold('gala', places(1), token)
    expect(await lawn()).toMatchObject({ status: HELD, isAvailable: false, numFree: 0 })
    expect((await lawn()).availabilityReason).toBe(HELD)
    await events.release('gala', places(1), token)
    expect(await lawn()).toMatchObject({ status: FREE, availabilityReason: 'available' })
    await events.changeObjectStatus('gala', places(1), 'guest')
    expect((await lawn()).status).toBe('guest')
  })

  test('are sold in thousands over all parts of a large area, all or none, as one line of the log', async () => {
    const { events, counts, log } = await openLawn(4_000)
    await events.book('gala', places(2_500))
    await expect(events.book('gala', places(1_501))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    await events.book('gala', places(1_500))
    expect(await counts()).toEqual([4_000, 0, 0])
    await events.release('gala', places(3_999))
    expect(await log()).toEqual([
      [FREE, 3_999],
      [BOOKED, 1_500],
      [BOOKED, 2_500],
    ])
  })

  test('are changed with seats, in several events and in batches, all or none', async () => {
    const { events, counts } = await openLawn(10)
    await events.create('hall', new CreateEventParams().withKey('ball'))
    await events.book('ball', places(8))
    const both = ['gala', 'ball']
    await expect(events.book(both, [new ObjectProperties('A-1'), places(3)])).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    expect((await events.retrieveObjectInfo('gala', 'A-1')).status).toBe(FREE)
    await events.book(both, [new ObjectProperties('A-1'), places(2)])
    expect(await counts()).toEqual([2, 0, 8])
    const request = (quantity: number) =>
      new StatusChangeRequest()
        .withEventKey('gala')
        .withObjects([places(quantity)])
        .withStatus(BOOKED)
    const results = (await events.changeObjectStatusInBatch([request(3), request(5)])) as {
      objects: Record<string, EventObjectInfo>
    }[]
    // Each as it was right after its entry.
    expect(results.map(({ objects }) => objects[LAWN]?.numBooked)).toEqual([5, 10])
  })

  test('are counted for seats too, which take no quantity', async () => {
    const { events } = await openLawn()
    await expect(events.book('gala', places(2, 'A-1'))).rejects.toMatchObject({ status: 400 })
    await events.book('gala', places(1, 'A-1'))
    expect((await events.retrieveObjectInfo('gala', 'A-1')).numBooked).toBeUndefined()
  })

  test('keep one extra data for the whole area', async () => {
    const { events, lawn, clock } = await openLawn()
    await events.book('gala', places(1).setExtraData({ gate: 1 }))
    clock.advance(1)
    await events.updateExtraData('gala', LAWN, { gate: 2 })
    expect((await lawn()).extraData).toEqual({ gate: 2 })
    clock.advance(1)
    await events.book('gala', places(1), null, null, true)
    expect((await lawn()).extraData).toEqual({ gate: 2 })
    clock.advance(1)
    await events.book('gala', places(1))
    expect((await lawn()).extraData).toBeUndefined()
  })
})
