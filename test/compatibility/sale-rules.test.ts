import { CreateEventParams, ForSaleConfig, ForSaleConfigParams } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  const { events } = server.client
  await events.create('hall', new CreateEventParams().withKey('gala'))
  const config = async () => (await events.retrieve('gala')).forSaleConfig
  return { ...server, events, config }
}

test('every call for what is for sale is made by the published client', async () => {
  const { events, config } = await open()
  expect(await config()).toBeNull()
  await events.replaceForSaleConfig('gala', false, ['A-1'], { Lawn: 2 }, ['Standard'])
  expect(await config()).toEqual(new ForSaleConfig(false, ['A-1'], { Lawn: 2 }, ['Standard']))
  await events.markAsForSale('gala', ['A-1'])
  expect(await config()).toEqual(new ForSaleConfig(true, ['A-1'], {}, []))
  await events.markAsNotForSale('gala', null, null, ['Standard'])
  expect(await config()).toEqual(new ForSaleConfig(false, [], {}, ['Standard']))
  await events.markEverythingAsNotForSale('gala')
  expect(await config()).toEqual(new ForSaleConfig(true, [], {}, []))
  await events.markEverythingAsForSale('gala')
  expect(await config()).toBeNull()
  const edited = await events.editForSaleConfig('gala', null, [{ object: 'A-1' }])
  expect(edited.forSaleConfig).toEqual(new ForSaleConfig(false, ['A-1'], {}, []))
  expect(edited.rateLimitInfo.rateLimitRemainingCalls).toBe(5)
  expect(edited.rateLimitInfo.rateLimitResetDate).toBeInstanceOf(Date)
  await events.create('hall', new CreateEventParams().withKey('ball'))
  const params = new ForSaleConfigParams()
    .withForSale([{ object: 'A-1' }])
    .withNotForSale([{ object: 'Lawn', quantity: 4 }])
  const both = await events.editForSaleConfigForEvents({ gala: params, ball: params })
  const after = new ForSaleConfig(false, [], { Lawn: 4 }, [])
  expect([both['gala']?.forSaleConfig, both['ball']?.forSaleConfig]).toEqual([after, after])
  expect(await config()).toEqual(after)
})

test('an event is created with what is for sale, and only that is', async () => {
  const { events } = await open()
  const forSaleConfig = new ForSaleConfig(true, ['A-1'], {}, [])
  const params = new CreateEventParams().withKey('ball').withForSaleConfig(forSaleConfig)
  expect((await events.create('hall', params)).forSaleConfig).toEqual(forSaleConfig)
  await expect(events.book('ball', ['A-2'])).rejects.toMatchObject({
    errors: [{ code: 'OBJECT_NOT_FOR_SALE' }],
  })
  const booked = await events.book('ball', ['A-1'])
  expect(booked.objects['A-1']).toMatchObject({ status: 'booked', forSale: true })
  const info = await events.retrieveObjectInfo('ball', 'A-2')
  expect(info).toMatchObject({
    forSale: false,
    isAvailable: false,
    availabilityReason: 'not_for_sale',
  })
})
