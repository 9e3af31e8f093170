import { describe, expect, test } from 'vitest'
import { openAreas, places, type AreaScene } from '../../../support/area-scene.ts'
import { verdictOf } from '../../../support/seatsio-scene.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { purgeEvent } from '../../../../lib/store/events/purge-event.ts'
import { readEventRows } from '../../../../lib/store/seats/read-event.ts'
import { openTold, type Told } from '../../../support/told.ts'

async function open(): Promise<AreaScene & { told: Told }> {
  const scene = await openAreas()
  const told = await openTold(scene)
  await told.relay()
  told.forget()
  return { ...scene, told }
}

/** What the bus told of areas: type, label, block, version and places of each. */
function toldOf(told: Told) {
  return told.notices().map((notice) => {
    const { type, objectLabel, block, version, quantity, holdToken } = notice
    return { type, objectLabel, block, version, quantity, holdToken }
  })
}

describe('places that a token holds', () => {
  test('are free at the millisecond of its deadline, and not before', async () => {
    const { hold, book, counts, token, clock } = await open()
    await hold([places('Lawn', 10)], await token(1))
    clock.advance(59_999)
    expect(verdictOf(await book(['Lawn']))).toBe('400 NOT_ENOUGH_PLACES')
    clock.advance(1)
    expect(await counts()).toEqual([0, 0, 10])
    expect(verdictOf(await book([places('Lawn', 10)]))).toBe('200')
  })

  test('end by themselves: in the log, and as a notice of each block', async () => {
    const { hold, counts, token, clock, told, lines } = await open()
    const ada = await token(1)
    await hold([places('Field', 90), 'A-1'], ada)
    await told.relay()
    told.forget()
    clock.advance(60_000)
    await told.fire()
    await told.relay()
    const ended = toldOf(told).filter(({ objectLabel }) => objectLabel === 'Field')
    const expired = ended.filter(({ type, holdToken }) => {
      return type === 'seat.hold_expired' && holdToken === ada
    })
    expect(expired).toEqual(ended)
    expect(ended.reduce((sum, { quantity = 0 }) => sum + quantity, 0)).toBe(90)
    expect(new Set(ended.map(({ block }) => block)).size).toBe(ended.length)
    expect(await counts('Field')).toEqual([0, 0, 130])
    clock.advance(1)
    const log = (await lines()).filter(
      ({ origin }) => (origin as { type: string }).type !== 'API_CALL',
    )
    expect(new Set(log.map(({ status }) => status))).toEqual(new Set(['free']))
    const ofField = log.filter(({ objectLabel }) => objectLabel === 'Field')
    expect(ofField.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(90)
  })

  test('that lapsed are ended by whoever takes places next, each token as a change of its own', async () => {
    const { hold, book, token, clock, told, lines } = await open()
    const [ada, bob] = [await token(1), await token(2)]
    await hold([places('Lawn', 3)], ada)
    await hold([places('Lawn', 4)], bob)
    clock.advance(120_000)
    await book([places('Lawn', 10)], { orderId: 'o-1' })
    await told.relay()
    const common = { objectLabel: 'Lawn', block: 0 }
    expect(toldOf(told)).toEqual([
      { ...common, type: 'seat.held', version: 1, quantity: 3, holdToken: ada },
      { ...common, type: 'seat.held', version: 2, quantity: 4, holdToken: bob },
      { ...common, type: 'seat.hold_expired', version: 3, quantity: 3, holdToken: ada },
      { ...common, type: 'seat.hold_expired', version: 4, quantity: 4, holdToken: bob },
      { ...common, type: 'seat.booked', version: 5, quantity: 10, holdToken: undefined },
    ])
    expect(new Set(told.notices().map(({ id }) => id)).size).toBe(5)
    expect(told.notices()[4]?.id).toMatch(/^[0-9A-Z]{26}:Lawn\/0:5$/)
    told.forget()
    await told.fire()
    await told.relay()
    expect(toldOf(told)).toEqual([])
    clock.advance(1)
    const log = (await lines()).map(({ status, quantity }) => [status, quantity])
    expect(log).toEqual([
      ['booked', 10],
      ['free', 4],
      ['free', 3],
      ['reservedByToken', 4],
      ['reservedByToken', 3],
    ])
  })

  test('move with its deadline, later and sooner, and end with it now', async () => {
    const { api, hold, counts, token, clock } = await open()
    const ada = await token(1)
    const move = (expiresInMinutes: number) => api(`POST /hold-tokens/${ada}`, { expiresInMinutes })
    await hold([places('Field', 90)], ada)
    await move(3)
    clock.advance(179_999)
    expect(await counts('Field')).toEqual([0, 90, 40])
    await move(1)
    clock.advance(60_000)
    expect(await counts('Field')).toEqual([0, 0, 130])
    const bob = await token(5)
    await hold([places('Field', 60)], bob)
    await api(`POST /hold-tokens/${bob}`, { expiresInMinutes: 0 })
    expect(await counts('Field')).toEqual([0, 0, 130])
  })

  test('are told once for each step of a batch that changes them', async () => {
    const { batch, told } = await open()
    const step = (quantity: number) => {
      return { event: 'gala', status: 'booked', objects: [places('Lawn', quantity)] }
    }
    await batch(step(1), step(2), { ...step(1), status: undefined, type: 'RELEASE' })
    await told.relay()
    expect(toldOf(told)).toMatchObject([
      { type: 'seat.booked', version: 1, quantity: 1 },
      { type: 'seat.booked', version: 2, quantity: 2 },
      { type: 'seat.released', version: 3, quantity: 1 },
    ])
  })

  test('of an area that is planned again keep their versions rising, and nothing is told of the planning', async () => {
    const { hold, book, channels, token, told } = await open()
    const ada = await token()
    await hold([places('Lawn', 2)], ada)
    await channels({ sponsors: 3 })
    await book([places('Lawn', 1)])
    await told.relay()
    expect(toldOf(told)).toMatchObject([
      { type: 'seat.held', version: 1, quantity: 2 },
      { type: 'seat.booked', version: 3, quantity: 1 },
    ])
  })
})

test('deleting an event asks whether places are booked, and takes its blocks and plans along', async () => {
  const { native, book, channels, runtime } = await open()
  await channels({ sponsors: 3 })
  await book([places('Lawn', 3), places('Field', 2)])
  const event = await getEvent(runtime.store, 'one', 'gala')
  if (event === undefined) throw new Error('no event')
  const refused = await native('DELETE /api/v1/events/gala?ifUnbooked=true')
  expect(refused.status).toBe(409)
  expect((await native('DELETE /api/v1/events/gala')).status).toBe(200)
  expect((await readEventRows(runtime.store, event)).blocks.length).toBeGreaterThan(1)
  await purgeEvent(runtime.store, event)
  expect(await readEventRows(runtime.store, event)).toEqual({ seats: [], blocks: [] })
})
