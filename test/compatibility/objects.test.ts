import { CreateEventParams, TableBookingConfig, UpdateEventParams } from 'seatsio'
import { expect, test } from 'vitest'
import { quaysideDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('quay', quaysideDrawing())
  const { events } = server.client
  await events.create('quay', new CreateEventParams().withKey('gala/1'))
  return { ...server, events }
}

test('a seat in a section reads as the client wants it', async () => {
  const { events } = await open()
  const info = await events.retrieveObjectInfo('gala/1', 'East-C-1')
  expect(info).toMatchObject({
    label: 'East-C-1',
    labels: {
      own: { label: '1', type: 'seat' },
      parent: { label: 'C', type: 'row' },
      section: 'East',
    },
    ids: { own: '1', parent: 'C', section: 'East' },
    objectType: 'seat',
    status: 'free',
    categoryKey: '1',
    categoryLabel: 'Standard',
    entrance: 'Gate 2',
    forSale: true,
    isAvailable: true,
    rightNeighbour: 'East-C-2',
    leftNeighbour: undefined,
    numBooked: undefined,
    bookAsAWhole: undefined,
  })
})

test('seats of a row, of a table and booths are told in one answer, by label', async () => {
  const { events } = await open()
  const infos = await events.retrieveObjectInfos('gala/1', ['A-3', 'T2-1', 'B1', 'nowhere'])
  expect(Object.keys(infos).sort()).toEqual(['A-3', 'B1', 'T2-1'])
  expect(infos['A-3']).toMatchObject({ isAccessible: true, labels: { parent: { label: 'Front' } } })
  expect(infos['T2-1']).toMatchObject({ ids: { own: '1', parent: 'T2', section: null } })
  expect(infos['B1']).toMatchObject({ objectType: 'booth', isAccessible: undefined })
})

test('extra data is set for one object and for several', async () => {
  const { events } = await open()
  await events.updateExtraData('gala/1', 'A-1', { guest: 'g-1', deep: { list: [1] } })
  expect((await events.retrieveObjectInfo('gala/1', 'A-1')).extraData).toEqual({
    guest: 'g-1',
    deep: { list: [1] },
  })
  await events.updateExtraDatas('gala/1', { 'A-1': { n: 1 }, B1: { n: 2 } })
  const infos = await events.retrieveObjectInfos('gala/1', ['A-1', 'B1'])
  expect([infos['A-1']?.extraData, infos['B1']?.extraData]).toEqual([{ n: 1 }, { n: 2 }])
  await expect(events.updateExtraDatas('gala/1', { nowhere: {} })).rejects.toMatchObject({
    status: 404,
    errors: [{ code: 'OBJECT_NOT_FOUND' }],
  })
})

test('a table that is sold as a whole is held, booked and read like an object of its own', async () => {
  const { client, events } = await open()
  const { holdToken } = await client.holdTokens.create()
  await events.hold('gala/1', ['T1'], holdToken)
  const booked = await events.book('gala/1', ['T1'], holdToken, 'order-1')
  expect(booked.objects['T1']).toMatchObject({ status: 'booked', orderId: 'order-1' })
  expect(await events.retrieveObjectInfo('gala/1', 'T1')).toMatchObject({
    objectType: 'table',
    labels: { own: { label: 'T1', type: 'table' } },
    numSeats: 2,
    bookAsAWhole: true,
    variableOccupancy: false,
    minOccupancy: 1,
    maxOccupancy: undefined,
    isAccessible: undefined,
    capacity: undefined,
  })
  const allBySeat = new UpdateEventParams().withTableBookingConfig(TableBookingConfig.allBySeat())
  await events.update('gala/1', allBySeat)
  expect(await events.retrieveObjectInfo('gala/1', 'T1-2')).toMatchObject({
    status: 'booked',
    isAvailable: false,
    availabilityReason: 'booked',
  })
  await expect(events.book('gala/1', ['T1-2'])).rejects.toMatchObject({
    errors: [{ code: 'ILLEGAL_STATUS_CHANGE' }],
  })
  await events.release('gala/1', ['T1'])
  expect((await events.book('gala/1', ['T1-2'])).objects['T1-2']?.status).toBe('booked')
  const [, released] = (await events.statusChanges('gala/1').firstPage()).items
  expect(released).toMatchObject({
    objectLabel: 'T1',
    isPresentOnChart: false,
    notPresentOnChartReason: 'SWITCHED_TO_BOOK_BY_SEAT',
  })
})
