import { describe, expect, test } from 'vitest'
import { hallWith, openAreas, places, type AreaScene } from '../../../support/area-scene.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

const sponsors = { channelKeys: ['sponsors'] }
const both = { channelKeys: ['sponsors', 'NO_CHANNEL'] }

/** How many of the areas's places are left for whoever opens that, by what a refusal tells. */
async function left({ book }: AreaScene, opened: object = {}): Promise<unknown> {
  const answer = await book([places('Lawn', 1_000)], opened)
  expect(verdictOf(answer)).toBe('400 NOT_ENOUGH_PLACES')
  return (errorOf(answer)['data'] as Record<string, unknown>)['placesLeft']
}

/** Publishes the hall with an area of another size. */
async function publish({ api }: AreaScene, lawn: number): Promise<void> {
  await api('POST /charts/hall', hallWith(lawn))
  await api('POST /system/public/charts/hall', hallWith(lawn))
}

describe('places in channels', () => {
  test('are for whoever opens the channel, and the others for whoever opens none', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4, press: 1 })
    expect(await left(scene)).toBe(5)
    expect(await left(scene, sponsors)).toBe(4)
    expect(await left(scene, both)).toBe(9)
    expect(await left(scene, { ignoreChannels: true })).toBe(10)
    const other = await scene.book([places('Lawn', 1)], { channelKeys: ['other'] })
    expect(verdictOf(other)).toBe('400 OBJECT_IN_CHANNEL')
  })

  test('are drawn from in the order of the request, or no channel first where all are opened', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4, press: 2 })
    await scene.book([places('Lawn', 5)], both)
    expect([await left(scene, sponsors), await left(scene)]).toEqual([0, 3])
    await scene.book([places('Lawn', 4)], { ignoreChannels: true })
    expect([await left(scene, { channelKeys: ['press'] }), await left(scene)]).toEqual([1, 0])
  })

  test('are named by the label of the area and the id of the channel, which opens it', async () => {
    const scene = await openAreas()
    const { sponsors: id } = await scene.channels({ sponsors: 4 })
    const part = `Lawn##${id}`
    expect(verdictOf(await scene.book([places(part, 3)]))).toBe('200')
    expect([await left(scene, sponsors), await left(scene)]).toEqual([1, 6])
    expect(verdictOf(await scene.book([places(part, 2)]))).toBe('400 NOT_ENOUGH_PLACES')
    expect(verdictOf(await scene.book([places('Lawn##none', 1)]))).toBe('404 OBJECT_NOT_FOUND')
    expect(verdictOf(await scene.release([places(part, 3)]))).toBe('200')
    expect(await left(scene, sponsors)).toBe(4)
  })

  test('go back to where they came from, and only to whoever opens that', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4 })
    await scene.book([places('Lawn', 4)], sponsors)
    const closed = await scene.release([places('Lawn', 1)])
    expect(verdictOf(closed)).toBe('400 OBJECT_IN_CHANNEL')
    expect(verdictOf(await scene.release([places('Lawn', 1)], sponsors))).toBe('200')
    expect([await left(scene, sponsors), await left(scene)]).toEqual([1, 6])
  })

  test('stay held and are booked by whoever opens the channel still', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4 })
    const holdToken = await scene.token()
    await scene.hold([places('Lawn', 3)], holdToken, sponsors)
    const closed = await scene.book([places('Lawn', 1)], { holdToken })
    expect(verdictOf(closed)).toBe('400 OBJECT_IN_CHANNEL')
    expect(verdictOf(await scene.book([places('Lawn', 3)], { holdToken, ...sponsors }))).toBe('200')
    expect(await scene.counts()).toEqual([3, 0, 7])
  })

  test('of an area that is in a channel as a whole are for whoever opens that', async () => {
    const scene = await openAreas()
    const channel = { key: 'sponsors', name: 'x', color: '#123', objects: ['Lawn'], areaPlaces: {} }
    await scene.api('POST /events/gala/channels/replace', { channels: [{ ...channel, index: 0 }] })
    expect(verdictOf(await scene.book([places('Lawn', 2)]))).toBe('400 OBJECT_IN_CHANNEL')
    expect(verdictOf(await scene.book([places('Lawn', 2)], sponsors))).toBe('200')
    expect(await left(scene, sponsors)).toBe(8)
  })
})

describe('places that are taken off sale', () => {
  test('are sold to nobody, and come out of the places of no channel first', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4 })
    await scene.withhold(8)
    expect([await left(scene), await left(scene, both)]).toEqual([0, 2])
    await scene.withhold(3)
    expect([await left(scene), await left(scene, both)]).toEqual([3, 7])
  })

  test('beyond what is left let no place be sold until so many have come back', async () => {
    const scene = await openAreas()
    await scene.book([places('Lawn', 8)])
    await scene.withhold(5)
    expect(await left(scene)).toBe(0)
    await scene.release([places('Lawn', 3)])
    expect([await left(scene), await scene.counts()]).toEqual([0, [5, 0, 5]])
    await scene.release([places('Lawn', 2)])
    expect(await left(scene)).toBe(2)
  })

  test('as a whole area leave what is taken to be booked and given back', async () => {
    const scene = await openAreas()
    const holdToken = await scene.token()
    await scene.hold([places('Lawn', 2)], holdToken)
    await scene.api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['Lawn'] })
    expect(verdictOf(await scene.book([places('Lawn', 1)]))).toBe('400 OBJECT_NOT_FOR_SALE')
    expect(verdictOf(await scene.book([places('Lawn', 2)], { holdToken }))).toBe('200')
    expect(verdictOf(await scene.release([places('Lawn', 2)]))).toBe('200')
  })
})

describe('an area that is planned again', () => {
  test('sells what another capacity of the chart allows, once that is published', async () => {
    const scene = await openAreas()
    await scene.book([places('Lawn', 6)])
    await publish(scene, 200)
    expect(await left(scene)).toBe(194)
    await scene.book([places('Lawn', 100)])
    await publish(scene, 50)
    expect(await left(scene)).toBe(0)
    expect(verdictOf(await scene.release([places('Lawn', 57)]))).toBe('200')
    expect([await left(scene), await scene.counts()]).toEqual([1, [49, 0, 1]])
  })

  test('has what came to the chart after the event was created', async () => {
    const scene = await openAreas(10, 130)
    const { api } = scene
    await api('POST /system/public/charts/park', hallWith(7))
    const event = { event: 'open-air', status: 'booked', objects: [places('Lawn', 7)] }
    expect(verdictOf(await scene.batch(event))).toBe('200')
    expect(verdictOf(await scene.batch(event))).toBe('400 NOT_ENOUGH_PLACES')
    expect(await scene.counts('Lawn', 'open-air')).toEqual([7, 0, 0])
  })

  test('keeps its holds, and their tokens book them', async () => {
    const scene = await openAreas()
    const holdToken = await scene.token()
    await scene.hold([places('Lawn', 4)], holdToken)
    await scene.channels({ sponsors: 3 })
    expect(await left(scene)).toBe(3)
    expect(verdictOf(await scene.book([places('Lawn', 4)], { holdToken }))).toBe('200')
    expect(await scene.counts()).toEqual([4, 0, 6])
  })

  test('counts what was taken in a channel that is gone as taken in none', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 4 })
    await scene.book([places('Lawn', 4)], sponsors)
    await scene.channels({})
    expect(await left(scene)).toBe(6)
    expect(verdictOf(await scene.release([places('Lawn', 4)]))).toBe('200')
    expect(await left(scene)).toBe(10)
  })

  test('sells more to nobody where a channel has fewer places than are taken in it', async () => {
    const scene = await openAreas()
    await scene.channels({ sponsors: 6 })
    await scene.book([places('Lawn', 6)], sponsors)
    await scene.channels({ sponsors: 2 })
    expect([await left(scene), await left(scene, sponsors)]).toEqual([4, 0])
    await scene.book([places('Lawn', 4)])
    expect(await scene.counts()).toEqual([10, 0, 0])
  })
})
