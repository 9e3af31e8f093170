import { expect, test } from 'vitest'
import { openChartReports } from '../../../support/chart-reports.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeats,
  drawTable,
  rowDrawing,
} from '../../../support/drawings.ts'
import { arenaDrawing } from '../../../support/drawn-arena.ts'
import type { Info } from '../../../support/seatsio-scene.ts'

const seats = (row: string, categoryKey: number) => drawRow(row, drawSeats(8, { categoryKey }))
/** The contract's own example. */
const contractDrawing = drawChart(
  {
    rows: [seats('A', 9), seats('B', 9), seats('C', 10), seats('D', 10)],
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

test('a summary has what the contract shows of it, and nothing more', async () => {
  const { report } = await openChartReports(contractDrawing)
  const none = { bySection: {}, byCategoryKey: {}, byCategoryLabel: {}, byZone: {} }
  expect(await report('byObjectType/summary')).toEqual({
    seat: {
      count: 32,
      bySection: { NO_SECTION: 32 },
      byCategoryKey: { 9: 16, 10: 16 },
      byCategoryLabel: { Cat1: 16, Cat2: 16 },
      byZone: { NO_ZONE: 32 },
    },
    generalAdmission: {
      count: 200,
      bySection: { NO_SECTION: 200 },
      byCategoryKey: { 9: 100, 10: 100 },
      byCategoryLabel: { Cat1: 100, Cat2: 100 },
      byZone: { NO_ZONE: 200 },
    },
    table: { count: 0, ...none },
    booth: { count: 0, ...none },
  })
  const half = {
    count: 116,
    bySection: { NO_SECTION: 116 },
    byObjectType: { seat: 16, generalAdmission: 100 },
    byZone: { NO_ZONE: 116 },
  }
  const nothing = { count: 0, bySection: {}, byObjectType: {}, byZone: {} }
  expect(await report('byCategoryKey/summary')).toEqual({
    9: half,
    10: half,
    11: nothing,
    NO_CATEGORY: nothing,
  })
  expect(await report('byCategoryLabel/summary')).toEqual({
    Cat1: half,
    Cat2: half,
    Cat3: nothing,
    NO_CATEGORY: nothing,
  })
  const categories = {
    byCategoryKey: { 9: 116, 10: 116 },
    byCategoryLabel: { Cat1: 116, Cat2: 116 },
  }
  const byObjectType = { seat: 32, generalAdmission: 200 }
  expect(await report('bySection/summary')).toEqual({
    NO_SECTION: { count: 232, ...categories, byObjectType, byZone: { NO_ZONE: 232 } },
  })
  expect(await report('byZone/summary')).toEqual({
    NO_ZONE: { count: 232, ...categories, byObjectType, bySection: { NO_SECTION: 232 } },
  })
})

test('a table counts as one in a chart, however many seats it has', async () => {
  const plane = { tables: [drawTable('T1', 6), drawTable('T2', 8)], booths: [drawBooth('B1')] }
  const { report } = await openChartReports(rowDrawing({ rows: 1, plane }))
  expect(await report('byObjectType/summary')).toMatchObject({
    seat: { count: 18 },
    table: { count: 2 },
    booth: { count: 1 },
    generalAdmission: { count: 0 },
  })
})

test('zones are there by their keys, with and without objects', async () => {
  const zoned = await openChartReports(arenaDrawing())
  const byZone = await zoned.report('byZone/summary')
  expect(Object.entries(byZone).map(([zone, told]) => [zone, (told as Info)['count']])).toEqual([
    ['finish', 160],
    ['midtrack', 160],
    ['NO_ZONE', 0],
  ])
  const sections = Object.keys(await zoned.report('bySection'))
  expect(sections).toEqual(['Goal Stand 3', 'Goal Stand 4', 'MT1', 'MT3'])
})
