import { CreateEventParams, StatusChangeRequest } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing())
  const { events } = server.client
  const event = await events.create('hall', new CreateEventParams().withKey('gala'))
  const channels = async () => (await events.retrieve('gala')).channels ?? []
  return { ...server, events, event, channels }
}

const sponsors = {
  key: 'sponsors',
  name: 'Sponsors',
  color: '#2266AA',
  index: 1,
  objects: ['A-1', 'A-2'],
  areaPlaces: { Lawn: 3 },
}

test('every call for channels is made by the published client', async () => {
  const { events, channels } = await open()
  const { key, name, color, index, objects, areaPlaces } = sponsors
  await events.channels.add('gala', key, name, color, index, objects, areaPlaces)
  const [made] = await channels()
  expect(made).toMatchObject(sponsors)
  expect(made?.areaPartitionLabel('Lawn')).toBe(`Lawn##${made?.id}`)
  await events.channels.addMultiple('gala', [
    { key: 'b', name: 'B', color: 'red', index: 2, objects: ['A-3'] },
    { key: 'c', name: 'C', color: 'blue', index: 3 },
  ])
  expect((await channels()).map((it) => it.key)).toEqual(['sponsors', 'b', 'c'])
  await events.channels.update('gala', 'b', 'Bee', 'green', ['A-4'], { Lawn: 1 })
  expect((await channels())[1]).toMatchObject({ name: 'Bee', color: 'green', objects: ['A-4'] })
  await events.channels.addObjects('gala', 'b', ['A-1'], { Lawn: 1 })
  expect((await channels())[1]).toMatchObject({ objects: ['A-4', 'A-1'], areaPlaces: { Lawn: 2 } })
  await events.channels.removeObjects('gala', 'b', ['A-4'], { Lawn: 2 })
  expect((await channels())[1]).toMatchObject({ objects: ['A-1'], areaPlaces: {} })
  await events.channels.remove('gala', 'c')
  expect((await channels()).map((it) => it.key)).toEqual(['sponsors', 'b'])
  await events.channels.replace('gala', [sponsors])
  expect(await channels()).toEqual([made])
})

test('an event is created with channels', async () => {
  const { events } = await open()
  const params = new CreateEventParams().withChannels([sponsors])
  expect((await events.create('hall', params)).channels).toMatchObject([sponsors])
})

test('objects are sold to whoever opens their channel', async () => {
  const { events, client } = await open()
  await events.channels.replace('gala', [sponsors])
  const inChannel = { errors: [{ code: 'OBJECT_IN_CHANNEL' }] }
  const opened = (keys: string[]) => [null, null, null, null, keys] as const
  await expect(events.book('gala', ['A-1'])).rejects.toMatchObject(inChannel)
  await expect(events.book('gala', ['A-3'], ...opened(['sponsors']))).rejects.toMatchObject(
    inChannel,
  )
  const booked = await events.book('gala', ['A-1'], ...opened(['sponsors']))
  expect(booked.objects['A-1']).toMatchObject({ status: 'booked', channel: 'sponsors' })
  await events.book('gala', ['A-2', 'A-3'], null, null, null, true)
  await expect(events.release('gala', ['A-2'])).rejects.toMatchObject(inChannel)
  await events.release('gala', ['A-2'], null, null, null, null, ['sponsors'])
  const { holdToken } = await client.holdTokens.create()
  await expect(events.hold('gala', ['A-2'], holdToken)).rejects.toMatchObject(inChannel)
  await events.hold('gala', ['A-2'], holdToken, null, null, null, ['sponsors'])
  await events.changeObjectStatusInBatch([
    new StatusChangeRequest()
      .withEventKey('gala')
      .withObjects(['A-2'])
      .withStatus('guest')
      .withChannelKeys(['sponsors']),
  ])
  expect(await events.retrieveObjectInfo('gala', 'A-2')).toMatchObject({ status: 'guest' })
  expect(await events.retrieveObjectInfo('gala', 'A-2')).toMatchObject({ channel: 'sponsors' })
})
