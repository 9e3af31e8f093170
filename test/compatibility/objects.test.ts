import { CreateEventParams } from 'seatsio'
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
