import { describe, expect, test } from 'vitest'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSection,
  drawTable,
  rowDrawing,
} from '../../../support/drawings.ts'
import { openSeatsioScene, type Info } from '../../../support/seatsio-scene.ts'

const noTraits = {
  isAccessible: false,
  isCompanionSeat: false,
  hasRestrictedView: false,
  hasLiftUpArmrests: false,
  isHearingImpaired: false,
  isSemiAmbulatorySeat: false,
  hasSignLanguageInterpretation: false,
  isPlusSize: false,
}

/** What every free object has in every event of this slice. */
const always = {
  status: 'free',
  forSale: true,
  isAvailable: true,
  availabilityReason: 'available',
  seasonStatusOverriddenQuantity: 0,
  seasonStatusOverriddenQuantities: {},
}

const standard = { categoryKey: '1', categoryLabel: 'Standard' }

async function infosOf(drawing: object, labels: readonly string[]): Promise<Record<string, Info>> {
  return (await openSeatsioScene(drawing)).infos(labels)
}

/** Row C in section East on the upper of two floors; section and seats say most things themselves. */
function twoFloors(): object {
  const row = drawRow(
    'C',
    [
      drawSeat('1', { x: 20, y: 21, displayLabel: 'one', displayObjectType: 'Stool' }),
      drawSeat('2', { x: 28, y: 21, categoryKey: null, entrance: 'Door 9' }),
      drawSeat('3', { x: 72, y: 21, categoryKey: 'nowhere' }),
    ],
    { displayLabel: 'Third', displayObjectType: 'Bench' },
  )
  const fields = { categoryKey: 'lounge', entrance: 'Door 3', zone: 'north', displayLabel: 'E' }
  const section = drawSection('East', { rows: [row] }, fields)
  const floors = [
    { focalPoint: { x: 0, y: 0 } },
    { sections: [section], focalPoint: { x: 300, y: 120 }, floorDisplayName: 'Upper' },
  ]
  return drawFloors(floors)
}

test('seats in sections on floors with zones, displayed names and entrances have every field, and no other', async () => {
  const infos = await infosOf(twoFloors(), ['East-C-1', 'East-C-2', 'East-C-3'])
  const shared = {
    ...always,
    ...noTraits,
    objectType: 'seat',
    parentDisplayedObjectType: 'Bench',
    section: 'East',
    zone: 'north',
    floor: { name: '2', displayName: 'Upper' },
  }
  const labelsOf = (own: string, entrance: string) => ({
    own: { label: own, type: 'seat' },
    parent: { label: 'Third', type: 'row' },
    section: 'E',
    entrance: { label: entrance },
  })
  expect(infos).toEqual({
    'East-C-1': {
      ...shared,
      ...standard,
      label: 'East-C-1',
      labels: labelsOf('one', 'Door 3'),
      ids: { own: '1', parent: 'C', section: 'East' },
      displayedObjectType: 'Stool',
      entrance: 'Door 3',
      rightNeighbour: 'East-C-2',
      distanceToFocalPoint: 29,
    },
    'East-C-2': {
      ...shared,
      categoryKey: 'lounge',
      categoryLabel: 'Lounge',
      label: 'East-C-2',
      labels: labelsOf('2', 'Door 9'),
      ids: { own: '2', parent: 'C', section: 'East' },
      entrance: 'Door 9',
      leftNeighbour: 'East-C-1',
      rightNeighbour: 'East-C-3',
      distanceToFocalPoint: 35,
    },
    'East-C-3': {
      ...shared,
      label: 'East-C-3',
      labels: labelsOf('3', 'Door 3'),
      ids: { own: '3', parent: 'C', section: 'East' },
      entrance: 'Door 3',
      leftNeighbour: 'East-C-2',
      distanceToFocalPoint: 75,
    },
  })
})

test('a lone seat without anything has only what seats always have', async () => {
  const drawing = drawChart({ rows: [drawRow('A', [drawSeat('1', { categoryKey: null })])] })
  expect(await infosOf(drawing, ['A-1'])).toEqual({
    'A-1': {
      ...always,
      ...noTraits,
      label: 'A-1',
      labels: { own: { label: '1', type: 'seat' }, parent: { label: 'A', type: 'row' } },
      ids: { own: '1', parent: 'A' },
      objectType: 'seat',
    },
  })
})

test('every property that a seat is drawn with is told, each by its own field', async () => {
  const drawn = {
    accessible: 'isAccessible',
    companionSeat: 'isCompanionSeat',
    restrictedView: 'hasRestrictedView',
    liftUpArmrests: 'hasLiftUpArmrests',
    hearingImpaired: 'isHearingImpaired',
    semiAmbulatorySeat: 'isSemiAmbulatorySeat',
    signLanguageInterpretation: 'hasSignLanguageInterpretation',
    plusSize: 'isPlusSize',
  }
  const names = Object.entries(drawn)
  const seats = names.map(([name], place) =>
    drawSeat(String(place), { x: 21 * place, [name]: true }),
  )
  const infos = await infosOf(
    drawChart({ rows: [drawRow('A', seats)] }),
    names.map((_, place) => `A-${place}`),
  )
  for (const [place, [, field]] of names.entries()) {
    expect(infos[`A-${place}`]).toMatchObject({ ...noTraits, [field]: true })
  }
})

test('seats at a table that is sold by seat have the table for a parent, and sit around it', async () => {
  const table = drawTable('T1', 3, { displayLabel: 'Table one', entrance: 'Terrace' })
  const drawing = rowDrawing({ plane: { tables: [table] }, focalPoint: { x: 60, y: 150 } })
  const infos = await infosOf(drawing, ['T1-1', 'T1-3'])
  expect(infos['T1-1']).toEqual({
    ...always,
    ...noTraits,
    ...standard,
    label: 'T1-1',
    labels: {
      own: { label: '1', type: 'seat' },
      parent: { label: 'Table one', type: 'table' },
      entrance: { label: 'Terrace' },
    },
    ids: { own: '1', parent: 'T1' },
    objectType: 'seat',
    entrance: 'Terrace',
    leftNeighbour: 'T1-3',
    rightNeighbour: 'T1-2',
    distanceToFocalPoint: expect.closeTo(25, 1) as number,
  })
  expect(infos['T1-3']).toMatchObject({ leftNeighbour: 'T1-2', rightNeighbour: 'T1-1' })
})

test('a booth has no parent, no neighbours and no properties of seats', async () => {
  const booth = drawBooth('B1', { displayObjectType: 'Stand', entrance: 'Gate', zone: 'north' })
  const section = drawSection('Fair', { booths: [{ ...booth, center: { x: 3, y: 4 } }] })
  const drawing = drawChart({ sections: [section], focalPoint: { x: 300, y: 120 } })
  expect(await infosOf(drawing, ['Fair-B1'])).toEqual({
    'Fair-B1': {
      ...always,
      ...standard,
      label: 'Fair-B1',
      labels: {
        own: { label: 'B1', type: 'booth' },
        section: 'Fair',
        entrance: { label: 'Gate' },
      },
      ids: { own: 'B1', section: 'Fair' },
      objectType: 'booth',
      displayedObjectType: 'Stand',
      section: 'Fair',
      entrance: 'Gate',
      zone: 'north',
      distanceToFocalPoint: 5,
    },
  })
})

test('distances in a zone with a focal point are measured from there', async () => {
  const zones = { list: [{ key: 'north', label: 'North', focalPoint: { x: 300, y: 120 } }] }
  const row = drawRow('A', [drawSeat('1', { x: 3, y: 4 })])
  const section = drawSection('S', { rows: [row] }, { zone: 'north' })
  const drawing = drawChart(
    { sections: [section], focalPoint: { x: 0, y: 0 } },
    { venueType: 'ZONES', zones },
  )
  const { zone, distanceToFocalPoint } = (await infosOf(drawing, ['S-A-1']))['S-A-1'] ?? {}
  expect([zone, distanceToFocalPoint]).toEqual(['north', 5])
})

test('an event that gives objects other categories shows those, keys as text', async () => {
  const { api, infos } = await openSeatsioScene()
  const categories = [{ key: 9, label: 'Nine' }]
  const objectCategories = { 'A-1': 9, 'A-2': 'lounge' }
  await api('POST /events/gala', { categories, objectCategories })
  expect(await infos(['A-1', 'A-2', 'A-3'])).toMatchObject({
    'A-1': { categoryKey: '9', categoryLabel: 'Nine' },
    'A-2': { categoryKey: 'lounge', categoryLabel: 'Lounge' },
    'A-3': standard,
  })
  const path = 'POST /events/groups/actions/book?expand=objects'
  const answer = await api(path, { events: ['gala', 'ball'], objects: ['A-1'] })
  expect(answer.body).toMatchObject({ objects: { 'A-1': { categoryLabel: 'Nine' } } })
})

describe('whether an object is available follows its status', () => {
  test.each([
    [{ status: 'booked' }, false, 'booked'],
    [{ status: 'checkedIn' }, false, 'checkedIn'],
    [{ status: 'resale' }, true, 'available'],
    [{ status: 'free' }, true, 'available'],
  ])('%j', async (target, isAvailable, availabilityReason) => {
    const { change, info } = await openSeatsioScene()
    await change({ objects: ['A-1'], ...target })
    expect(await info('A-1')).toMatchObject({
      ...target,
      forSale: true,
      isAvailable,
      availabilityReason,
    })
  })

  test('held objects say so by the word of the API', async () => {
    const { change, info, token } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'reservedByToken', holdToken: await token() })
    const availabilityReason = 'reservedByToken'
    expect(await info('A-1')).toMatchObject({ isAvailable: false, availabilityReason })
  })
})

test('seats do not carry any field of areas or tables', async () => {
  const plane = { booths: [drawBooth('B1')], generalAdmissionAreas: [drawArea('Lawn', 9)] }
  const infos = await infosOf(rowDrawing({ plane }), ['A-1', 'B1'])
  const ofOthers = ['numBooked', 'numHeld', 'numFree', 'numNotForSale', 'capacity', 'holds']
  const more = ['bookAsAWhole', 'variableOccupancy', 'minOccupancy', 'maxOccupancy', 'numSeats']
  for (const info of Object.values(infos)) {
    for (const field of [...ofOthers, ...more, 'channel']) expect(info).not.toHaveProperty(field)
  }
})
