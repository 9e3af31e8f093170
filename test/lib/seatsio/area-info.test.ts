import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../lib/clock.ts'
import type { EventDetails } from '../../../lib/records/records.ts'
import type { AreaSums } from '../../../lib/rules/area/sums.ts'
import { writeExtraData } from '../../../lib/rules/extra-data.ts'
import { toObjectInfo } from '../../../lib/seatsio/objects/object-info.ts'
import { objectReply, objectsReply, toObject } from '../../../lib/seatsio/objects/object-shapes.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'
import { inventoryOf, offerOf, termsOf } from '../../../lib/venue/terms.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'

const inventory = inventoryOf(
  readChart(rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 100)] } })),
)

const nothing: AreaSums = { booked: 0, held: 0, pools: new Map(), holds: [], lastTaken: 'booked' }
const until = 0 as Instant

/** As it is shown once such areas are sold. */
function infoOf(sums: Partial<AreaSums>, details: EventDetails = {}) {
  const offer = offerOf(termsOf(inventory, {}, details), 'Lawn')
  if (offer === undefined) throw new Error('No lawn')
  const isForSale = offer.notForSale !== 100
  const shown = {
    label: 'Lawn',
    offer: { ...offer, isSold: true, isForSale },
    area: { ...nothing, ...sums },
  }
  const info = toObjectInfo(shown)
  expect(objectsReply.safeParse({ Lawn: info }).error?.issues).toBeUndefined()
  return { info, older: objectReply.parse(toObject(shown)) }
}

const withheld = (isListForSale: boolean, areaPlaces: Record<string, number>): EventDetails => ({
  saleRules: { isListForSale, objects: [], areaPlaces, categories: [] },
})

test('an area tells its places, whose they are, and nothing that seats have', () => {
  const holds = [
    { holdToken: 'k3J', places: 2, until },
    { holdToken: 'k3J', ticketType: 'child', places: 1, until },
    { holdToken: 'k3J', places: 1, until: 9 as Instant },
    { holdToken: '__proto__', ticketType: '__proto__', places: 1, until },
  ]
  const extraData = writeExtraData({ gate: 2 })
  const sums = { booked: 11, held: 5, holds, orderId: 'o-1', extraData }
  const { info } = infoOf(sums, withheld(false, { Lawn: 20 }))
  const { holds: shownHolds, ...others } = info
  expect(JSON.stringify(shownHolds)).toBe(
    '{"k3J":{"NO_TICKET_TYPE":3,"child":1},"__proto__":{"__proto__":1}}',
  )
  expect(others).toEqual({
    label: 'Lawn',
    labels: { own: { label: 'Lawn', type: 'generalAdmission' } },
    ids: { own: 'Lawn' },
    objectType: 'generalAdmission',
    areaType: 'generalAdmission',
    status: 'free',
    categoryKey: '1',
    categoryLabel: 'Standard',
    forSale: true,
    isAvailable: true,
    availabilityReason: 'available',
    capacity: 100,
    numBooked: 11,
    numHeld: 5,
    numFree: 84,
    numNotForSale: 20,
    orderId: 'o-1',
    extraData: { gate: 2 },
    bookAsAWhole: false,
    variableOccupancy: false,
    minOccupancy: 1,
    distanceToFocalPoint: others.distanceToFocalPoint,
    seasonStatusOverriddenQuantity: 0,
    seasonStatusOverriddenQuantities: {},
  })
})

describe('an area is free while a place is, and then what took the last; it is available while a free place is for sale', () => {
  const places20 = withheld(false, { Lawn: 20 })
  test.each<
    [Partial<AreaSums>, EventDetails, [string, boolean, boolean, string], [number, number]]
  >([
    [{}, {}, ['free', true, true, 'available'], [100, 0]],
    [{ booked: 99 }, {}, ['free', true, true, 'available'], [1, 0]],
    [{ booked: 100 }, {}, ['booked', true, false, 'booked'], [0, 0]],
    [
      { booked: 60, held: 40, lastTaken: 'held' },
      {},
      ['reservedByToken', true, false, 'reservedByToken'],
      [0, 0],
    ],
    [{ booked: 100, lastTaken: '=vip' }, {}, ['vip', true, false, 'vip'], [0, 0]],
    [{ booked: 79 }, places20, ['free', true, true, 'available'], [21, 20]],
    [{ booked: 80 }, places20, ['free', true, false, 'not_for_sale'], [20, 20]],
    [{ booked: 100 }, places20, ['booked', true, false, 'booked'], [0, 20]],
    // As many as the list of what is sold leaves.
    [{ booked: 4 }, withheld(true, { Lawn: 5 }), ['free', true, true, 'available'], [96, 95]],
    [{ booked: 5 }, withheld(true, { Lawn: 5 }), ['free', true, false, 'not_for_sale'], [95, 95]],
    [{}, withheld(true, {}), ['free', false, false, 'not_for_sale'], [100, 100]],
    // The chart has fewer places than were sold.
    [{ booked: 120 }, {}, ['booked', true, false, 'booked'], [0, 0]],
  ])('%j with %j: %j', (sums, details, [status, forSale, isAvailable, reason], [free, out]) => {
    const { info } = infoOf(sums, details)
    expect(info).toMatchObject({ status, forSale, isAvailable, availabilityReason: reason })
    expect(info).toMatchObject({ numFree: free, numNotForSale: out, capacity: 100 })
  })
})

test('older libraries are told how many places are taken, of areas alone', () => {
  const { older } = infoOf({ booked: 3, held: 2 })
  expect(older).toEqual({ status: 'free', forSale: true, quantity: 5 })
  const seat = { label: 'A-1', offer: offerOf(termsOf(inventory, {}), 'A-1') }
  expect(toObject({ ...seat, state: { status: 'free' } })).toEqual({
    status: 'free',
    forSale: true,
  })
})

test('of an area that the chart lost there is what was taken, and that it has gone', () => {
  const area = { ...nothing, booked: 3, orderId: 'o-1' }
  expect(toObjectInfo({ label: 'Gone', offer: undefined, area })).toMatchObject({
    ...{ label: 'Gone', status: 'booked', availabilityReason: 'booked' },
    ...{ isPresentOnChart: false, isAvailable: false, forSale: false, orderId: 'o-1' },
  })
})

test('an area in a channel as a whole says so', () => {
  const channel = { id: 'chn_1', key: 'k', name: 'K', objects: ['Lawn'], areaPlaces: {} }
  expect(infoOf({}, { channels: [channel] }).info.channel).toBe('k')
  const divided = { ...channel, objects: [], areaPlaces: { Lawn: 5 } }
  expect(infoOf({}, { channels: [divided] }).info.channel).toBeUndefined()
})
