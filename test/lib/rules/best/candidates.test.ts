import { expect, test } from 'vitest'
import { chooseBest, type Choosing } from '../../../../lib/rules/best/choose.ts'
import { oneOfBest } from '../../../../lib/rules/best/pick.ts'
import type { Wish } from '../../../../lib/rules/best/wish.ts'
import { readChart } from '../../../../lib/venue/read-chart.ts'
import { inventoryOf, termsOf } from '../../../../lib/venue/terms.ts'
import type { EventDetails, EventHead } from '../../../../lib/records/records.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
  rowDrawing,
} from '../../../support/drawings.ts'

// What a buyer is offered of drawings: which objects count for whom, and from where it is measured.

interface Event extends Pick<EventHead, 'tableBooking'> {
  readonly details?: EventDetails
  readonly taken?: readonly string[]
  readonly room?: number
}

interface Asked extends Omit<Partial<Wish>, 'number'> {
  readonly how?: Choosing
}

function hall(drawing: object, { taken = [], room, details = {}, ...head }: Event = {}) {
  const terms = termsOf(inventoryOf(readChart(drawing)), head, details)
  const state = {
    terms,
    isFree: (label: string) => !taken.includes(label),
    roomIn: ({ capacity }: { capacity: number }) => room ?? capacity,
  }
  return (number: number, { how = { objectsMax: 1_000 }, ...wish }: Asked = {}) =>
    chooseBest(state, { number, preventsOrphans: true, ...wish }, how)?.labels.join(' ')
}

const channel = (key: string, objects: readonly string[]) => ({
  id: `chn_${key}`,
  ...{ key, name: key, color: '#000', index: 0, objects, areaPlaces: {} },
})

const shelves = [
  { key: 1, label: 'Stalls', color: '#aaa', accessible: false },
  { key: 'vip', label: 'Hospitality', color: '#bbb', accessible: false },
]

test('seats next to the focal point come first, and of two pairs like in a mirror the left one', () => {
  const best = hall(rowDrawing({ seatsPerRow: 9 }))
  expect(best(1)).toBe('A-5')
  expect(best(2)).toBe('A-4 A-5')
  expect(best(3)).toBe('A-4 A-5 A-6')
})

test('a seat is left alone only where there is no other way, or where that may be', () => {
  const best = hall(rowDrawing({ rows: 1, seatsPerRow: 5 }))
  expect(best(2)).toBe('A-1 A-2')
  expect(best(2, { preventsOrphans: false })).toBe('A-2 A-3')
  expect(best(4)).toBe('A-1 A-2 A-3 A-4')
})

test('whom a seat is left to is asked of what this buyer could have taken', () => {
  const drawing = rowDrawing({ rows: 1, seatsPerRow: 5 })
  const details = { channels: [channel('fans', ['A-1'])] }
  const best = hall(drawing, { details })
  expect(best(3)).toBe('A-2 A-3 A-4')
  expect(best(3, { ignoreChannels: true })).toBe('A-1 A-2 A-3')
  expect(best(2)).toBe('A-2 A-3')
})

test('a category is named by its key or its label, in whatever case; and several may be', () => {
  const rows = [
    drawRow('A', drawSeats(4, { categoryKey: 1 })),
    drawRow('B', drawSeats(4, { y: 90, categoryKey: 'vip' })),
  ]
  const plane = { focalPoint: { x: 30, y: 0 }, rows }
  const best = hall(drawChart(plane, { list: shelves }))
  for (const word of ['1', 'stalls', 'STALLS']) expect(best(1, { categories: [word] })).toBe('A-1')
  for (const word of ['VIP', 'hospitality']) expect(best(1, { categories: [word] })).toBe('B-1')
  expect(best(1, { categories: ['vip', '1'] })).toBe('A-1')
  expect(best(1, { categories: ['vip', '1'], isByCategory: true })).toBe('B-1')
  expect(best(5, { categories: ['vip', '1'], isByCategory: true })).toBe(undefined)
  expect(best(1, { categories: ['balcony'] })).toBe(undefined)
  expect(best(1, { categories: [] })).toBe('A-1')
})

test('an event that gives an object another category is asked for that', () => {
  const details = { objectCategories: { 'A-1': 'lounge' } }
  const best = hall(rowDrawing({ rows: 1 }), { details })
  expect(best(1, { categories: ['lounge'] })).toBe('A-1')
  expect(best(4, { categories: ['1'] })).toBe(undefined)
})

test('what is taken, off sale, in a channel that is not opened, or in none where only others are, is not chosen', () => {
  const drawing = rowDrawing({ rows: 1, seatsPerRow: 3 })
  expect(hall(drawing, { taken: ['A-2'] })(1)).toBe('A-1')
  const saleRules = { isListForSale: false, objects: ['A-2'], areaPlaces: {}, categories: [] }
  expect(hall(drawing, { details: { saleRules } })(1)).toBe('A-1')
  const best = hall(drawing, { details: { channels: [channel('fans', ['A-2'])] } })
  expect(best(1)).toBe('A-1')
  expect(best(1, { channelKeys: ['fans'] })).toBe('A-2')
  expect(best(2, { channelKeys: ['fans'] })).toBe(undefined)
  expect(best(2, { channelKeys: ['fans', 'NO_CHANNEL'] })).toBe('A-1 A-2')
  expect(best(3, { ignoreChannels: true })).toBe('A-1 A-2 A-3')
})

test('accessible seats are chosen where they are asked for, and so many of them', () => {
  const seats = drawSeats(4).map((seat, place) => ({ ...seat, accessible: place < 2 }))
  const best = hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows: [drawRow('A', seats)] }))
  expect(best(1)).toBe('A-3')
  expect(best(2)).toBe('A-3 A-4')
  expect(best(3)).toBe(undefined)
  expect(best(1, { accessibleSeats: 1 })).toBe('A-1')
  expect(best(2, { accessibleSeats: 1 })).toBe('A-2 A-3')
  expect(best(4, { accessibleSeats: 2 })).toBe('A-1 A-2 A-3 A-4')
  expect(best(3, { accessibleSeats: 3 })).toBe(undefined)
})

test('sections are named by their labels, and without any all count', () => {
  const rows = [drawRow('A', drawSeats(2))]
  const sections = ['North', 'South'].map((label) => drawSection(label, { rows }))
  const best = hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows, sections }))
  expect(best(1)).toBe('A-1')
  expect(best(1, { sections: ['South'] })).toBe('South-A-1')
  expect(best(3, { sections: ['South'] })).toBe(undefined)
  expect(best(1, { sections: ['south'] })).toBe(undefined)
  // In one section there are not so many: the best ones of all sections together.
  expect(best(3)).toBe('A-1 A-2 North-A-1')
  expect(best(3, { isTogether: true })).toBe(undefined)
})

test('in a zone it is measured from the point of that zone, and else from that of the chart', () => {
  const list = [
    { key: 'left', label: 'Left', focalPoint: { x: 300, y: 120 } },
    { key: 'right', label: 'Right', focalPoint: { x: 400, y: 120 } },
  ]
  const rows = [drawRow('A', drawSeats(3, { y: 0 }))]
  const sections = [
    drawSection('L', { rows }, { zone: 'left' }),
    drawSection('R', { rows }, { zone: 'right' }),
  ]
  const zoned = (focalPoint: object | null) =>
    hall(drawChart({ focalPoint, sections }, { zones: { list } }))
  const best = zoned({ x: 330, y: 120 })
  expect(best(1)).toBe('L-A-3')
  expect(best(1, { zone: 'left' })).toBe('L-A-1')
  expect(best(1, { zone: 'right' })).toBe('R-A-3')
  expect(best(1, { zone: 'nowhere' })).toBe(undefined)
  // Without a point of its own each place is as near as it is to that of its zone.
  expect(zoned(null)(1)).toBe('L-A-1')
})

test('where only floors have a focal point, each is measured from its own', () => {
  const rows = (seats: number) => [drawRow('A', drawSeats(seats, { y: 0 }))]
  const best = hall(
    drawFloors([
      { rows: rows(2), focalPoint: { x: 0, y: 50 } },
      { sections: [drawSection('Up', { rows: rows(2) })], focalPoint: { x: 300, y: 119 } },
    ]),
  )
  expect(best(1)).toBe('Up-A-1')
  expect(best(3)).toBe('A-1 Up-A-1 Up-A-2')
})

test('a table that is sold by seat is a row, a round one without ends; one that is sold as a whole is one object', () => {
  const tables = [drawTable('T', 5), drawTable('U', 5, { bookAsAWhole: true })]
  const drawing = drawChart({ focalPoint: { x: 60, y: 100 }, tables })
  const best = hall(drawing)
  expect(best(3)).toBe('T-1 T-2 T-5')
  expect(best(5)).toBe('T-1 T-2 T-3 T-4 T-5')
  expect(best(6)).toBe(undefined)
  expect(hall(drawing, { tableBooking: 'ALL_BY_TABLE' })(2)).toBe('T U')
  expect(hall(drawing, { tableBooking: 'ALL_BY_SEAT' })(6)).toBe('T-1 T-2 T-5 U-1 U-2 U-5')
})

test('booths and whole tables come after seats, and areas after those: a whole one that fits before a shared one', () => {
  const focalPoint = { x: 0, y: 0 }
  const booths = [drawBooth('B1'), drawBooth('B2', { center: { x: 10, y: 10 } })]
  const rows = [drawRow('A', [drawSeat('1')])]
  const generalAdmissionAreas = [
    drawArea('Lawn', 9, { center: { x: 1, y: 1 } }),
    drawArea('Tent', 4, { bookAsAWhole: true }),
    drawArea('Deck', 6, { bookAsAWhole: true, variableOccupancy: true, minOccupancy: 3 }),
  ]
  const best = hall(drawChart({ focalPoint, rows, booths, generalAdmissionAreas }))
  expect(best(1)).toBe('A-1')
  expect(best(2)).toBe('B1 B2')
  expect(best(2, { isTogether: true })).toBe('Lawn Lawn')
  expect([3, 4, 5, 6].map((number) => best(number))).toEqual(['Deck', 'Tent', 'Deck', 'Deck'])
  expect(best(7)).toBe(Array.from({ length: 7 }, () => 'Lawn').join(' '))
  expect(best(10)).toBe(undefined)
  const only = hall(drawChart({ focalPoint, generalAdmissionAreas: [drawArea('Lawn', 9)] }), {
    room: 3,
  })
  expect(only(3)).toBe('Lawn Lawn Lawn')
  expect(only(4)).toBe(undefined)
})

test('of objects with one label the one that is sold counts, and the others are gaps', () => {
  const rows = [
    drawRow('A', [drawSeat('1'), drawSeat('2', { x: 21 })]),
    drawRow(
      'B',
      ['1', '2', '3'].map((label, place) => drawSeat(label, { x: place * 21, y: 90 })),
    ),
    drawRow('B', [drawSeat('4', { y: 120 }), drawSeat('3', { x: 21, y: 120 })]),
  ]
  const best = hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  expect(best(3)).toBe('B-1 B-2 B-3')
  expect(hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows: [rows[1], rows[2]] }))(4)).toBe(
    'B-1 B-2 B-3 B-4',
  )
})

test('more objects than one request may change are never chosen, places of an area are', () => {
  const best = hall(rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 4)] } }))
  expect(best(4, { how: { objectsMax: 4 } })).toBe('A-1 A-2 A-3 A-4')
  expect(best(4, { how: { objectsMax: 3 } })).toBe('Lawn Lawn Lawn Lawn')
})

test('one of the best few has no seat in common with the others, and the first is likelier than the rest', () => {
  const best = hall(rowDrawing({ rows: 1, seatsPerRow: 9 }))
  const picked = (few: number, random: number) =>
    best(2, { preventsOrphans: false, how: { objectsMax: 9, pick: oneOfBest(few, random) } })
  expect(picked(1, 0.99)).toBe('A-4 A-5')
  const all = [0, 0.5, 0.8, 0.99].map((random) => picked(4, random))
  expect(all).toEqual(['A-4 A-5', 'A-6 A-7', 'A-2 A-3', 'A-8 A-9'])
  expect(picked(2, 0.62)).toBe('A-4 A-5')
  expect(picked(2, 0.64)).toBe('A-6 A-7')
})

test('where people sit apart, one of the best few is another such choice', () => {
  const rows = ['A', 'B', 'C', 'D'].map((label, place) =>
    drawRow(label, drawSeats(2, { y: 60 + place * 30 })),
  )
  const best = hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  const how = (random: number) => ({ objectsMax: 9, pick: oneOfBest(4, random) })
  expect(best(4, { how: how(0) })).toBe('A-1 A-2 B-1 B-2')
  expect(best(4, { how: how(0.6) })).toBe('C-1 C-2 D-1 D-2')
})

test('a crowd that is too large to be weighed gets the nearest seats, accessible ones as many as were asked for', () => {
  const rows = Array.from({ length: 60 }, (_, row) =>
    drawRow(`R${row}`, [
      ...drawSeats(49, { y: row * 30 }),
      drawSeat('wheel', { x: 49 * 21, y: row * 30, accessible: true }),
    ]),
  )
  const best = hall(drawChart({ focalPoint: { x: 0, y: 0 }, rows }))
  const farthest = (labels = '') =>
    Math.max(...labels.split(' ').map((label) => Number(/^R(\d+)/.exec(label)?.[1])))
  const crowd = best(800)
  expect(crowd?.split(' ')).toHaveLength(800)
  // A quarter of a disc of 801 units has so many seats in it.
  expect(farthest(crowd)).toBe(26)
  const mixed = best(800, { accessibleSeats: 2 })
  expect(mixed?.split(' ').filter((label) => label.endsWith('wheel'))).toEqual([
    'R0-wheel',
    'R1-wheel',
  ])
  expect(best(1_000, { accessibleSeats: 61 })).toBe(undefined)
  expect(best(2_941, { how: { objectsMax: 9_999 } })).toBe(undefined)
})
