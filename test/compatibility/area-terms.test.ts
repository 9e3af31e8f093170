import { EventObjectInfo } from 'seatsio'
import { describe, expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../support/drawings.ts'
import { failsWith, LAWN, openLawn, places, withLawn } from '../support/seatsio-lawn.ts'

const { BOOKED, FREE } = EventObjectInfo

describe('channels divide an area', () => {
  const channel = (key: string, count: number) => ({
    ...{ key, name: key, color: 'red', index: 1, objects: [] },
    areaPlaces: { [LAWN]: count },
  })

  /** With 30 places in channel `a` and 20 in `b`; 50 are in none. */
  async function divided() {
    const scene = await openLawn()
    await scene.events.channels.replace('gala', [channel('a', 30), channel('b', 20)])
    const channels = (await scene.events.retrieve('gala')).channels ?? []
    const partition = (at: number) => channels[at]?.areaPartitionLabel(LAWN) ?? ''
    const { events } = scene
    const book = (quantity: number, keys: string[] | null, ignore: boolean | null = null) =>
      events.book('gala', places(quantity), null, null, null, ignore, keys)
    const release = (quantity: number, keys: string[] | null, ignore: boolean | null = null) =>
      events.release('gala', places(quantity), null, null, null, ignore, keys)
    return { ...scene, partition, book, release }
  }

  const short = failsWith('NOT_ENOUGH_PLACES')

  test('and each request draws from what it opens', async () => {
    const { book, counts } = await divided()
    await expect(book(51, null)).rejects.toMatchObject(short)
    await book(50, null)
    await expect(book(1, null)).rejects.toMatchObject(short)
    await expect(book(31, ['a'])).rejects.toMatchObject(short)
    await book(30, ['a'])
    await expect(book(1, ['a', 'NO_CHANNEL'])).rejects.toMatchObject(short)
    await book(5, ['a', 'b'])
    await expect(book(16, null, true)).rejects.toMatchObject(short)
    await book(15, null, true)
    expect(await counts()).toEqual([100, 0, 0])
  })

  test('whose places are named by their own label, and come back to where they came from', async () => {
    const { events, partition, book, release, counts } = await divided()
    const { objects } = await events.book('gala', places(20, partition(1)))
    expect(Object.values(objects).map(({ label, numBooked }) => [label, numBooked])).toEqual([
      [LAWN, 20],
    ])
    await expect(events.book('gala', places(1, partition(1)))).rejects.toMatchObject(short)
    await expect(book(1, ['b'])).rejects.toMatchObject(short)
    // What is booked of `b` is not given back by whoever opens no channel, or another.
    await book(1, null)
    await expect(release(2, null)).rejects.toMatchObject(short)
    await release(2, ['b'])
    await book(2, ['b'])
    await events.release('gala', places(20, partition(1)))
    await expect(events.release('gala', places(1, 'Lawn##chn_0'))).rejects.toMatchObject(
      failsWith('OBJECT_NOT_FOUND'),
    )
    expect(await counts()).toEqual([1, 0, 99])
  })

  test('anew while places of it are sold: what was sold stays sold', async () => {
    const { events, book, counts } = await divided()
    await book(30, ['a'])
    await book(40, null)
    // Fewer than are sold in it; those in no channel become more by that.
    await events.channels.update('gala', 'a', undefined, undefined, undefined, { [LAWN]: 10 })
    expect(await counts()).toEqual([70, 0, 30])
    await expect(book(1, ['a'])).rejects.toMatchObject(short)
    await book(20, ['b'])
    await book(10, null)
    expect(await counts()).toEqual([100, 0, 0])
    await events.channels.replace('gala', [])
    await events.release('gala', places(100))
    await book(100, null)
  })
})

describe('sale rules withhold places', () => {
  test('from those of no channel first; none is sold of them', async () => {
    const { events, lawn } = await openLawn()
    const { forSaleConfig } = await events.editForSaleConfig('gala', null, [
      { object: LAWN, quantity: 20 },
    ])
    expect(forSaleConfig.areaPlaces).toEqual({ [LAWN]: 20 })
    expect(await lawn()).toMatchObject({ numNotForSale: 20, numFree: 100, forSale: true })
    await events.book('gala', places(80))
    expect(await lawn()).toMatchObject({
      ...{ numFree: 20, status: FREE },
      ...{ isAvailable: false, availabilityReason: 'not_for_sale' },
    })
    await expect(events.book('gala', places(1))).rejects.toMatchObject({ status: 400 })
    await events.editForSaleConfig('gala', [{ object: LAWN, quantity: 5 }])
    await events.book('gala', places(5))
    await expect(events.book('gala', places(1))).rejects.toMatchObject({ status: 400 })
    await events.markEverythingAsForSale('gala')
    await events.book('gala', places(15))
  })

  test('or the whole area, of which what is sold is given back all the same', async () => {
    const { events, lawn } = await openLawn()
    await events.book('gala', places(3))
    await events.markAsNotForSale('gala', [LAWN])
    expect(await lawn()).toMatchObject({ forSale: false, numNotForSale: 100, isAvailable: false })
    await expect(events.book('gala', places(1))).rejects.toMatchObject(
      failsWith('OBJECT_NOT_FOR_SALE'),
    )
    await events.release('gala', places(2))
    await events.markAsForSale('gala', null, { [LAWN]: 5 })
    expect(await lawn()).toMatchObject({ forSale: true, numNotForSale: 95, numBooked: 1 })
    await events.book('gala', places(4))
    await expect(events.book('gala', places(1))).rejects.toMatchObject({ status: 400 })
  })
})

describe('a chart that changes', () => {
  test('gives an area more places, which are sold, or fewer than are sold', async () => {
    const { events, counts, importChart } = await openLawn(100)
    await events.book('gala', places(90))
    await importChart('hall', withLawn(150))
    expect(await counts()).toEqual([90, 0, 60])
    await events.book('gala', places(60))
    await expect(events.book('gala', places(1))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    await importChart('hall', withLawn(120))
    expect(await counts()).toEqual([150, 0, 0])
    await expect(events.book('gala', places(1))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    await events.release('gala', places(40))
    expect(await counts()).toEqual([110, 0, 10])
    await expect(events.book('gala', places(11))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
    await events.book('gala', places(10))
    expect(await counts()).toEqual([120, 0, 0])
  })

  test('brings an area to an event that began without it', async () => {
    const { events, importChart } = await openLawn()
    await importChart('hall', withLawn(100, [drawArea('Beach', 8)]))
    const beach = async () => {
      const { numBooked, numFree } = await events.retrieveObjectInfo('gala', 'Beach')
      return [numBooked, numFree]
    }
    expect(await beach()).toEqual([0, 8])
    await events.book('gala', places(6, 'Beach'))
    expect(await beach()).toEqual([6, 2])
    await expect(events.book('gala', places(3, 'Beach'))).rejects.toMatchObject(
      failsWith('NOT_ENOUGH_PLACES'),
    )
  })

  test('takes one away and brings it back: what was sold of it is sold still', async () => {
    const { events, importChart, counts, log } = await openLawn()
    await events.book('gala', places(2))
    await importChart('hall', rowDrawing())
    await expect(events.book('gala', places(1))).rejects.toMatchObject(
      failsWith('OBJECT_NOT_FOUND'),
    )
    const { items } = await events.statusChanges('gala').firstPage()
    expect(items[0]).toMatchObject({ isPresentOnChart: false, quantity: 2, status: BOOKED })
    await importChart('hall', withLawn(100))
    expect(await counts()).toEqual([2, 0, 98])
    await events.release('gala', places(2))
    expect(await log()).toEqual([
      [FREE, 2],
      [BOOKED, 2],
    ])
  })
})
