import {
  type ChangeObjectStatusResult,
  CreateEventParams,
  EventObjectInfo,
  ObjectProperties,
  StatusChangeRequest,
} from 'seatsio'
import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio, type SeatsioServer } from '../support/seatsio-server.ts'

async function open(): Promise<
  SeatsioServer & Pick<SeatsioServer['client'], 'events' | 'holdTokens'>
> {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  await server.importChart('park', rowDrawing())
  const { events, holdTokens } = server.client
  const named = (key: string) => new CreateEventParams().withKey(key)
  await events.createMultiple('hall', [named(GALA), named('ball')])
  await events.create('park', named('open-air'))
  return { ...server, events, holdTokens }
}

const GALA = 'gala 31/ü'
const { BOOKED, FREE, HELD, RESALE } = EventObjectInfo

const statusOf = (objects: Record<string, EventObjectInfo> | undefined) =>
  Object.fromEntries(Object.entries(objects ?? {}).map(([label, { status }]) => [label, status]))

describe('the client', () => {
  test('holds, books, lists for resale and releases seats of one event', async () => {
    const { events, holdTokens } = await open()
    const { holdToken } = await holdTokens.create()
    const held = await events.hold(GALA, ['A-1', 'A-2'], holdToken)
    expect(statusOf(held.objects)).toEqual({ 'A-1': HELD, 'A-2': HELD })
    expect(held.objects['A-1']?.holdToken).toBe(holdToken)
    const booked = await events.book(GALA, ['A-1', 'A-2'], holdToken, 'order-1')
    expect(statusOf(booked.objects)).toEqual({ 'A-1': BOOKED, 'A-2': BOOKED })
    expect(booked.objects['A-1']).toMatchObject({ orderId: 'order-1', holdToken: undefined })
    const listed = await events.putUpForResale(GALA, 'A-1', 'listing-1')
    expect(listed.objects['A-1']).toMatchObject({ status: RESALE, resaleListingId: 'listing-1' })
    const released = await events.release(GALA, ['A-1', 'A-2'])
    expect(statusOf(released.objects)).toEqual({ 'A-1': FREE, 'A-2': FREE })
  })

  test('sends what goes with an object, and reads it back', async () => {
    const { events } = await open()
    const one = new ObjectProperties('A-1').setTicketType('adult').setExtraData({ guest: 'g-1' })
    const two = new ObjectProperties('A-2').setTicketType('child')
    await events.book(GALA, [one, two])
    const infos = await events.retrieveObjectInfos(GALA, ['A-1', 'A-2', 'A-3'])
    expect(infos['A-1']).toMatchObject({ ticketType: 'adult', extraData: { guest: 'g-1' } })
    expect(infos['A-2']).toMatchObject({ ticketType: 'child', extraData: undefined })
    expect(infos['A-3']).toMatchObject({ status: FREE, ticketType: undefined })
    const kept = await events.changeObjectStatus(GALA, 'A-1', 'checkedIn', null, null, true)
    expect(kept.objects['A-1']).toMatchObject({
      status: 'checkedIn',
      extraData: { guest: 'g-1' },
    })
    const dropped = await events.changeObjectStatus(GALA, 'A-1', 'lost', null, null, false)
    expect(dropped.objects['A-1']?.extraData).toBeUndefined()
  })

  test('changes several events of one chart at once, or none', async () => {
    const { events } = await open()
    const both = [GALA, 'ball']
    await events.book(both, ['A-1'])
    for (const key of both) {
      expect((await events.retrieveObjectInfo(key, 'A-1')).status).toBe(BOOKED)
    }
    await expect(events.book(both, ['A-2', 'A-1'])).rejects.toMatchObject({
      status: 400,
      errors: [{ code: 'ILLEGAL_STATUS_CHANGE', data: { object: 'A-1', event: GALA } }],
    })
    expect((await events.retrieveObjectInfo('ball', 'A-2')).status).toBe(FREE)
    await expect(events.book([GALA, 'open-air'], ['A-2'])).rejects.toMatchObject({ status: 400 })
    await expect(events.book([GALA, 'nowhere'], ['A-2'])).rejects.toMatchObject({
      errors: [{ code: 'EVENT_NOT_FOUND' }],
    })
    await events.release(both, ['A-1'])
    expect((await events.retrieveObjectInfo('ball', 'A-1')).status).toBe(FREE)
  })

  test('is told by the two guards exactly why', async () => {
    const { events } = await open()
    const change = (allowed: string[] | null, rejected: string[] | null) =>
      events.changeObjectStatus(GALA, 'A-1', 'x', null, null, null, null, null, allowed, rejected)
    const refused = async (lists: Promise<unknown>) => {
      const error = (await lists.then(
        () => ({}),
        (reason: unknown) => reason,
      )) as { errors: unknown[] }
      return error.errors
    }
    const message = 'Cannot change from [free] to [x]: free is'
    expect(await refused(change(['booked'], null))).toEqual([
      {
        code: 'ILLEGAL_STATUS_CHANGE',
        message: `${message} not in the list of allowed previous statuses`,
      },
    ])
    expect(await refused(change(null, ['free', 'booked']))).toEqual([
      {
        code: 'ILLEGAL_STATUS_CHANGE',
        message: `${message} in the list of rejected previous statuses`,
      },
    ])
    expect((await change(['free'], null)).objects['A-1']?.status).toBe('x')
  })

  test('runs batches over both charts, in order, and each entry is answered', async () => {
    const { events, holdTokens } = await open()
    const { holdToken } = await holdTokens.create()
    await events.book(GALA, 'A-1')
    const entry = (eventKey: string, label: string) =>
      new StatusChangeRequest().withEventKey(eventKey).withObjects(label)
    const results = (await events.changeObjectStatusInBatch([
      entry(GALA, 'A-1').withType('RELEASE'),
      entry(GALA, 'A-1').withStatus(HELD).withHoldToken(holdToken),
      entry('open-air', 'A-1').withStatus(BOOKED).withOrderId('order-2'),
      entry('ball', 'A-1').withStatus(RESALE).withResaleListingId('listing-1'),
    ])) as ChangeObjectStatusResult[]
    expect(results.map(({ objects }) => objects['A-1']?.status)).toEqual([
      FREE,
      HELD,
      BOOKED,
      RESALE,
    ])
    expect((await events.retrieveObjectInfo('open-air', 'A-1')).orderId).toBe('order-2')
  })

  test('is left with nothing by a batch that fails at its last entry', async () => {
    const { events, holdTokens } = await open()
    const { holdToken } = await holdTokens.create()
    await events.book('open-air', 'A-1')
    const entry = (eventKey: string) =>
      new StatusChangeRequest().withEventKey(eventKey).withObjects(['A-1', 'A-2'])
    const batch = events.changeObjectStatusInBatch([
      entry(GALA).withStatus(BOOKED),
      entry('ball').withStatus(HELD).withHoldToken(holdToken),
      entry('open-air').withStatus(BOOKED),
    ])
    await expect(batch).rejects.toMatchObject({
      status: 400,
      errors: [{ code: 'ILLEGAL_STATUS_CHANGE', data: { index: 2 } }],
      requestId: expect.any(String) as string,
    })
    for (const key of [GALA, 'ball']) {
      const infos = await events.retrieveObjectInfos(key, ['A-1', 'A-2'])
      expect(statusOf(infos)).toEqual({ 'A-1': FREE, 'A-2': FREE })
      expect((await events.statusChanges(key).firstPage()).items).toEqual([])
    }
  })

  test('races another client for the same seats: one of them wins, time after time', async () => {
    const { events, clientWith, workspace } = await open()
    const rival = clientWith(workspace.secretKey).events
    for (let round = 0; round < 10; round += 1) {
      const outcomes = await Promise.allSettled([
        events.book([GALA, 'ball'], ['A-1', 'A-2'], null, 'ada'),
        rival.book(['ball', GALA], ['A-2', 'A-1'], null, 'ben'),
      ])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const winner = outcomes[0].status === 'fulfilled' ? 'ada' : 'ben'
      for (const key of [GALA, 'ball']) {
        const infos = await events.retrieveObjectInfos(key, ['A-1', 'A-2'])
        expect(Object.values(infos).map(({ orderId }) => orderId)).toEqual([winner, winner])
      }
      await events.release([GALA, 'ball'], ['A-1', 'A-2'])
    }
  })

  test('is told clearly that an event is in no season', async () => {
    const { events } = await open()
    const override = new StatusChangeRequest()
      .withType('OVERRIDE_SEASON_STATUS')
      .withEventKey('ball')
      .withObjects('A-1')
    await expect(events.changeObjectStatusInBatch([override])).rejects.toMatchObject({
      status: 400,
      errors: [{ code: 'EVENT_NOT_IN_SEASON' }],
    })
  })
})
