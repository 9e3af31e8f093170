import { expect, test } from 'vitest'
import {
  drawArea,
  drawChart,
  drawRow,
  drawSeats,
  quaysideDrawing,
} from '../../../support/drawings.ts'
import { openEventReports } from '../../../support/event-reports.ts'

const row = (label: string, categoryKey: number) => drawRow(label, drawSeats(8, { categoryKey }))

/** The contract's own example: 32 seats and 200 places, half of each in one category. */
const contractDrawing = drawChart(
  {
    rows: [row('A', 9), row('B', 9), row('C', 10), row('D', 10)],
    generalAdmissionAreas: [
      drawArea('GA1', 100, { categoryKey: 9 }),
      drawArea('GA2', 100, { categoryKey: 10 }),
    ],
  },
  {
    list: [
      { key: 9, label: 'Cat1', color: '#111111' },
      { key: 10, label: 'Cat2', color: '#222222' },
      { key: 11, label: 'Cat3', color: '#333333' },
    ],
  },
)

/** Every summary, and what it has inside. */
const within: Readonly<Record<string, readonly string[]>> = {
  byStatus: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'bySection'],
  byObjectType: ['byCategoryKey', 'byCategoryLabel', 'bySection', 'byStatus'],
  byCategoryKey: ['byObjectType', 'bySection', 'byStatus'],
  byCategoryLabel: ['byObjectType', 'bySection', 'byStatus'],
  bySection: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'byStatus'],
  byZone: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'bySection', 'byStatus'],
  byAvailability: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'bySection', 'byStatus'],
  byAvailabilityReason: [
    'byCategoryKey',
    'byCategoryLabel',
    'byObjectType',
    'bySection',
    'byStatus',
  ],
  bySelectability: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'bySection', 'byStatus'],
  byChannel: ['byCategoryKey', 'byCategoryLabel', 'byObjectType', 'bySection', 'byStatus'],
}
const others = ['byZone', 'byAvailability', 'byAvailabilityReason', 'bySelectability', 'byChannel']

/** What a summary has inside of each group, in the order of the alphabet. */
function insideOf(by: string): string[] {
  return [...(within[by] ?? []), ...others.filter((other) => other !== by)].sort()
}

test('a summary has the groups that the contract names, and inside of each just what it names', async () => {
  const { summary, change } = await openEventReports(contractDrawing)
  await change({ objects: ['A-1'], status: 'booked' })
  for (const by of Object.keys(within)) {
    for (const told of Object.values(await summary(by))) {
      expect([by, Object.keys(told).sort()]).toEqual([by, [...insideOf(by), 'count']])
    }
  }
})

test('the worked example of the contract comes out as it is written there', async () => {
  const { summary, change } = await openEventReports(contractDrawing)
  await change({ objects: ['A-1'], status: 'booked' })
  const byCategory = await summary('byCategoryKey')
  const nothing = Object.fromEntries(insideOf('byCategoryKey').map((name) => [name, {}]))
  expect(byCategory).toEqual({
    9: {
      count: 116,
      bySection: { NO_SECTION: 116 },
      byStatus: { booked: 1, free: 115 },
      bySelectability: { selectable: 115, not_selectable: 1 },
      byAvailability: { available: 115, not_available: 1 },
      byAvailabilityReason: { available: 115, booked: 1 },
      byChannel: { NO_CHANNEL: 116 },
      byObjectType: { seat: 16, generalAdmission: 100 },
      byZone: { NO_ZONE: 116 },
    },
    10: {
      count: 116,
      bySection: { NO_SECTION: 116 },
      byStatus: { free: 116 },
      bySelectability: { selectable: 116 },
      byAvailability: { available: 116 },
      byAvailabilityReason: { available: 116 },
      byChannel: { NO_CHANNEL: 116 },
      byObjectType: { seat: 16, generalAdmission: 100 },
      byZone: { NO_ZONE: 116 },
    },
    11: { count: 0, ...nothing },
    NO_CATEGORY: { count: 0, ...nothing },
  })
  expect(Object.keys(nothing)).toHaveLength(8)
})

test('groups that there always are are there, and others only where something is in them', async () => {
  const { counts, api, change, report } = await openEventReports(contractDrawing)
  await api('POST /events/gala/channels', { key: 'members', name: 'Members', color: '#0b7285' })
  await change({ objects: ['A-1', 'A-2'], status: 'checkedIn' })
  expect(await counts('byStatus')).toEqual({ checkedIn: 2, free: 230 })
  expect(await counts('byObjectType')).toEqual({
    seat: 32,
    generalAdmission: 200,
    table: 0,
    booth: 0,
  })
  expect(await counts('byCategoryLabel')).toEqual({ Cat1: 116, Cat2: 116, Cat3: 0, NO_CATEGORY: 0 })
  expect(await counts('bySection')).toEqual({ NO_SECTION: 232 })
  expect(await counts('byZone')).toEqual({ NO_ZONE: 232 })
  expect(await counts('byChannel')).toEqual({ members: 0, NO_CHANNEL: 232 })
  expect(await counts('byAvailability')).toEqual({ available: 230, not_available: 2 })
  expect(await counts('bySelectability')).toEqual({ selectable: 230, not_selectable: 2 })
  expect(await counts('byAvailabilityReason')).toEqual({
    available: 230,
    booked: 0,
    checkedIn: 2,
    disabled_by_social_distancing: 0,
    not_for_sale: 0,
    reservedByToken: 0,
  })
  expect(await report('/byChannel')).toMatchObject({ members: [] })
})

test('a table that is sold as a whole counts as its seats, an area that is so as its places', async () => {
  const { counts, summary, change, api } = await openEventReports(quaysideDrawing())
  expect(await counts('byObjectType')).toEqual({
    seat: 7,
    generalAdmission: 25,
    table: 2,
    booth: 1,
  })
  await change({ objects: ['T1'], status: 'booked' })
  expect((await summary('byStatus'))['booked']).toMatchObject({
    count: 2,
    byObjectType: { table: 2 },
    byCategoryKey: { lounge: 2 },
  })
  await api('POST /events/ball', { tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
  expect((await summary('byObjectType', 'ball'))['seat']?.count).toBe(9)
  const whole = drawArea('Lodge', 30, { bookAsAWhole: true })
  const lodge = await openEventReports(drawChart({ generalAdmissionAreas: [whole] }))
  await lodge.change({ objects: ['Lodge'], status: 'booked' })
  expect(await lodge.counts('byStatus')).toEqual({ booked: 30 })
})

test('a deep summary has in each group inside a summary of what is left, and adds up', async () => {
  const { deep, summary, change, token } = await openEventReports(contractDrawing)
  const holdToken = await token()
  await change({ objects: ['A-1', { objectId: 'GA1', quantity: 7 }], status: 'booked' })
  await change({
    objects: ['C-1', { objectId: 'GA2', quantity: 3 }],
    status: 'reservedByToken',
    holdToken,
  })
  for (const by of Object.keys(within)) {
    const [told, flat] = [await deep(by), await summary(by)]
    expect(Object.keys(told)).toEqual(Object.keys(flat))
    for (const [group, { count, ...inner }] of Object.entries(told)) {
      expect([by, Object.keys(inner).sort()]).toEqual([by, insideOf(by)])
      const outline = Object.entries(inner).map(([name, groups]) => {
        const counted = Object.entries(groups as Record<string, { count: number }>)
        return [name, Object.fromEntries(counted.map(([key, it]) => [key, it.count]))] as const
      })
      expect({ count, ...Object.fromEntries(outline) }).toEqual(flat[group])
    }
  }
  const reserved = (await deep('byStatus'))['reservedByToken']
  expect(reserved?.['byCategoryLabel']).toEqual({
    Cat2: {
      count: 4,
      bySection: { NO_SECTION: 4 },
      bySelectability: { not_selectable: 4 },
      byAvailability: { not_available: 4 },
      byAvailabilityReason: { reservedByToken: 4 },
      byChannel: { NO_CHANNEL: 4 },
      byObjectType: { seat: 1, generalAdmission: 3 },
      byZone: { NO_ZONE: 4 },
    },
  })
})
