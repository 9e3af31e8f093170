import { expect, test } from 'vitest'
import {
  drawChart,
  drawFloors,
  drawRow,
  drawSeats,
  drawSection,
  quaysideDrawing,
  rowDrawing,
} from '../../../support/drawings.ts'
import { openChartReports, type Groups } from '../../../support/chart-reports.ts'
import { errorOf } from '../../../support/seatsio-scene.ts'

const everyType = { seat: [], generalAdmission: [], table: [], booth: [] }

test('objects are listed by group, in the order of the drawing; groups that there always are are there', async () => {
  const { labels } = await openChartReports(quaysideDrawing())
  expect(await labels('byObjectType')).toEqual({
    seat: ['A-1', 'A-2', 'A-3', 'T1-1', 'T1-2', 'T2-1', 'T2-2', 'East-C-1', 'East-C-2'],
    generalAdmission: ['Pier'],
    table: ['T1', 'T2'],
    booth: ['B1'],
  })
  const plain = ['A-1', 'A-2', 'A-3', 'B1', 'Pier', 'East-C-1', 'East-C-2']
  const tables = ['T1', 'T1-1', 'T1-2', 'T2', 'T2-1', 'T2-2']
  expect(await labels('byCategoryKey')).toEqual({ 1: plain, lounge: tables, NO_CATEGORY: [] })
  expect(await labels('byCategoryLabel')).toEqual({
    Standard: plain,
    Lounge: tables,
    NO_CATEGORY: [],
  })
  expect(await labels('bySection')).toEqual({
    NO_SECTION: ['A-1', 'A-2', 'A-3', ...tables, 'B1', 'Pier'],
    East: ['East-C-1', 'East-C-2'],
  })
  const all = ['A-1', 'A-2', 'A-3', ...tables, 'B1', 'Pier', 'East-C-1', 'East-C-2']
  expect(await labels('byZone')).toEqual({ NO_ZONE: all })
  expect(await labels('byLabel')).toEqual(Object.fromEntries(all.map((it) => [it, [it]])))
})

const common = {
  categoryKey: '1',
  categoryLabel: 'Standard',
  distanceToFocalPoint: expect.any(Number) as number,
}
const traits = {
  isCompanionSeat: false,
  hasRestrictedView: false,
  hasLiftUpArmrests: false,
  isHearingImpaired: false,
  isSemiAmbulatorySeat: false,
  hasSignLanguageInterpretation: false,
  isPlusSize: false,
}

test('a seat has its fields, in a section too, and no others', async () => {
  const { report } = await openChartReports(quaysideDrawing())
  const byLabel = (await report('byLabel')) as Groups
  expect(byLabel['A-3']).toEqual([
    {
      label: 'A-3',
      labels: { own: { label: '3', type: 'seat' }, parent: { label: 'Front', type: 'row' } },
      ids: { own: '3', parent: 'A' },
      objectType: 'seat',
      leftNeighbour: 'A-2',
      isAccessible: true,
      ...traits,
      ...common,
    },
  ])
  expect(byLabel['East-C-1']).toEqual([
    {
      label: 'East-C-1',
      labels: {
        own: { label: '1', type: 'seat' },
        parent: { label: 'C', type: 'row' },
        section: 'East',
        entrance: { label: 'Gate 2' },
      },
      ids: { own: '1', parent: 'C', section: 'East' },
      objectType: 'seat',
      section: 'East',
      entrance: 'Gate 2',
      rightNeighbour: 'East-C-2',
      isAccessible: false,
      ...traits,
      ...common,
    },
  ])
})

test('tables, booths and areas have fields of their own, and no others', async () => {
  const { report } = await openChartReports(quaysideDrawing())
  const byLabel = (await report('byLabel')) as Groups
  expect(byLabel['T1']).toEqual([
    {
      label: 'T1',
      labels: { own: { label: 'T1', type: 'table' } },
      ids: { own: 'T1' },
      objectType: 'table',
      numSeats: 2,
      bookAsAWhole: true,
      ...common,
      categoryKey: 'lounge',
      categoryLabel: 'Lounge',
    },
  ])
  expect(byLabel['B1']).toEqual([
    {
      label: 'B1',
      labels: { own: { label: 'B1', type: 'booth' } },
      ids: { own: 'B1' },
      objectType: 'booth',
      ...common,
    },
  ])
  expect(byLabel['Pier']).toEqual([
    {
      label: 'Pier',
      labels: { own: { label: 'Pier', type: 'generalAdmission' } },
      ids: { own: 'Pier' },
      objectType: 'generalAdmission',
      areaType: 'generalAdmission',
      capacity: 25,
      bookAsAWhole: false,
      ...common,
    },
  ])
})

test('bookWholeTables chooses between tables and their seats, and leaves all else alone', async () => {
  const { labels, report } = await openChartReports(quaysideDrawing())
  const others = ['A-1', 'A-2', 'A-3', 'B1', 'Pier', 'East-C-1', 'East-C-2']
  const tables = async (query: string) => {
    const told = Object.keys(await labels(`byLabel${query}`))
    expect(told.filter((label) => !label.startsWith('T'))).toEqual(others)
    return told.filter((label) => label.startsWith('T'))
  }
  expect(await tables('')).toEqual(['T1', 'T1-1', 'T1-2', 'T2', 'T2-1', 'T2-2'])
  expect(await tables('?bookWholeTables=chart')).toEqual(['T1', 'T2-1', 'T2-2'])
  expect(await tables('?bookWholeTables=true')).toEqual(['T1', 'T2'])
  expect(await tables('?bookWholeTables=false')).toEqual(['T1-1', 'T1-2', 'T2-1', 'T2-2'])
  expect(await report('byObjectType/summary?bookWholeTables=true')).toMatchObject({
    seat: { count: 5 },
    table: { count: 2, byCategoryKey: { lounge: 2 } },
  })
})

test('objects come floor by floor, section by section, row by row', async () => {
  const row = (label: string) => drawRow(label, drawSeats(2))
  const drawing = drawFloors([
    { rows: [row('B')], sections: [drawSection('S2', { rows: [row('Z')] })], floorName: 'up' },
    { rows: [row('A')], sections: [drawSection('S1', { rows: [row('Y')] })], floorName: 'down' },
  ])
  const { labels, report } = await openChartReports(drawing)
  const order = ['B-1', 'B-2', 'S2-Z-1', 'S2-Z-2', 'A-1', 'A-2', 'S1-Y-1', 'S1-Y-2']
  expect(await labels('byObjectType')).toEqual({ ...everyType, seat: order })
  const byLabel = (await report('byLabel')) as Groups
  expect(byLabel['A-1']?.[0]?.['floor']).toEqual({ name: 'down', displayName: 'Floor 2' })
})

test('a draft is told apart from what is published, with objects of one label in one list', async () => {
  const { api, labels, native } = await openChartReports(rowDrawing({ rows: 1, seatsPerRow: 1 }))
  const before = await api('GET /reports/charts/hall/byLabel?version=draft')
  expect([before.status, errorOf(before)['code']]).toEqual([404, 'GENERAL_ERROR'])
  const draft = drawChart({ rows: [drawRow('A', [...drawSeats(2), ...drawSeats(1)])] })
  await native('PATCH /api/v1/charts/hall', { draftVersion: draft })
  expect(await labels('byLabel?version=draft')).toEqual({ 'A-1': ['A-1', 'A-1'], 'A-2': ['A-2'] })
  expect(await labels('byLabel?version=published')).toEqual({ 'A-1': ['A-1'] })
  expect(await labels('byLabel')).toEqual({ 'A-1': ['A-1'] })
})

test('groups may be called anything, and an empty drawing has those that there always are', async () => {
  const proto = drawSection('__proto__', { rows: [drawRow('A', drawSeats(1))] })
  const { api, report } = await openChartReports(drawChart({ sections: [proto] }))
  const odd = await api('GET /reports/charts/hall/bySection/summary')
  expect(odd.text).toContain('"__proto__":{"count":1')
  const { body } = await api('POST /charts', { name: 'Blank' })
  const blank = String(body?.['key'])
  const told = async (path: string) => (await api(`GET /reports/charts/${blank}/${path}`)).body
  expect(await told('byObjectType')).toEqual(everyType)
  expect(await told('bySection')).toEqual({})
  expect(await told('byZone')).toEqual({ NO_ZONE: [] })
  expect(await told('byLabel')).toEqual({})
  expect(await report('byZone')).toHaveProperty('NO_ZONE')
})

test('what is wrong with a request is named', async () => {
  const { api } = await openChartReports(rowDrawing())
  const faults: readonly (readonly [path: string, status: number, message: string])[] = [
    ['hall/byStatus', 400, '#/reportType: '],
    ['hall/byColour', 400, '#/reportType: '],
    ['hall/byLabel/summary', 400, '#/reportType: '],
    ['hall/byZone?version=newest', 400, '#/version: '],
    ['hall/byZone?version=draft&version=draft', 400, '#/version: '],
    ['hall/byZone?bookWholeTables=yes', 400, '#/bookWholeTables: '],
    ['hall/byZone/summary?bookWholeTables=yes', 400, '#/bookWholeTables: '],
    ['nowhere/byZone', 404, 'Chart not found: nowhere'],
    ['nowhere/byZone/summary', 404, 'Chart not found: nowhere'],
    ['hall/byZone?version=draft', 404, 'The chart hall has no such version'],
    ['hall', 404, 'No such endpoint'],
    ['hall/byZone/summary/deep', 404, 'No such endpoint'],
  ]
  for (const [path, status, message] of faults) {
    const answer = await api(`GET /reports/charts/${path}`)
    const told = String(errorOf(answer)['message'])
    expect([path, answer.status, told.slice(0, message.length)]).toEqual([path, status, message])
  }
})
