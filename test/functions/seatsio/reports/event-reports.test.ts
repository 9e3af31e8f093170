import { expect, test } from 'vitest'
import {
  drawArea,
  drawChart,
  drawFloors,
  drawRow,
  drawSeats,
  drawSection,
  quaysideDrawing,
  rowDrawing,
} from '../../../support/drawings.ts'
import { arenaDrawing } from '../../../support/drawn-arena.ts'
import { openEventReports, type Listed } from '../../../support/event-reports.ts'
import { errorOf, type Info } from '../../../support/seatsio-scene.ts'

const seats = ['A-1', 'A-2', 'A-3']

test('an event is listed by group as it is sold, each object as it is told by itself', async () => {
  const { report, labels, change, token, infos } = await openEventReports(quaysideDrawing())
  const holdToken = await token()
  await change({ objects: ['A-1', 'T1'], status: 'booked', orderId: 'o-1' })
  await change({ objects: ['A-2'], status: 'reservedByToken', holdToken })
  await change({ objects: ['B1'], status: 'resale', resaleListingId: 'l-1' })
  await change({ objects: [{ objectId: 'Pier', quantity: 3 }], status: 'booked', orderId: 'o-2' })
  const free = ['A-3', 'T2-1', 'T2-2', 'Pier', 'East-C-1', 'East-C-2']
  expect(await labels('byStatus')).toEqual({
    booked: ['A-1', 'T1'],
    reservedByToken: ['A-2'],
    free,
    resale: ['B1'],
  })
  expect(await labels('byOrderId')).toEqual({
    'o-1': ['A-1', 'T1'],
    'o-2': ['Pier'],
    NO_ORDER_ID: ['A-2', 'A-3', 'T2-1', 'T2-2', 'B1', 'East-C-1', 'East-C-2'],
  })
  expect(await labels('byAvailability')).toEqual({
    available: ['A-3', 'T2-1', 'T2-2', 'B1', 'Pier', 'East-C-1', 'East-C-2'],
    not_available: ['A-1', 'A-2', 'T1'],
  })
  expect(await labels('bySection')).toEqual({
    NO_SECTION: [...seats, 'T1', 'T2-1', 'T2-2', 'B1', 'Pier'],
    East: ['East-C-1', 'East-C-2'],
  })
  expect(await labels('byObjectType')).toEqual({
    seat: [...seats, 'T2-1', 'T2-2', 'East-C-1', 'East-C-2'],
    generalAdmission: ['Pier'],
    table: ['T1'],
    booth: ['B1'],
  })
  const all = [...seats, 'T1', 'T2-1', 'T2-2', 'B1', 'Pier', 'East-C-1', 'East-C-2']
  const alone = await infos(all)
  const byLabel = (await report('/byLabel')) as Listed
  expect(byLabel).toEqual(Object.fromEntries(all.map((label) => [label, [alone[label]]])))
})

test('a list has all objects by label, in the order of code points', async () => {
  const labels = ['10', '2', '1', '￼', '😀', 'é', 'a']
  const plane = {
    rows: [
      drawRow(
        'A',
        labels.map((label) => ({ ...drawSeats(1)[0], label })),
      ),
    ],
  }
  const { report } = await openEventReports(drawChart(plane))
  const listed = (await report('')) as readonly Info[]
  const order = ['A-1', 'A-10', 'A-2', 'A-a', 'A-é', 'A-￼', 'A-😀']
  expect(listed.map(({ label }) => label)).toEqual(order)
})

test('one group is told as such, also where nothing is in it', async () => {
  const { report, labels, change } = await openEventReports(rowDrawing())
  await change({ objects: ['A-1'], status: 'booked', orderId: 'order/1 "x"' })
  expect(await labels('byStatus/booked')).toEqual({ booked: ['A-1'] })
  expect(await labels('byStatus/nothing')).toEqual({ nothing: [] })
  expect(await labels('byObjectType/booth')).toEqual({ booth: [] })
  expect(await labels('byObjectType/no-such')).toEqual({ 'no-such': [] })
  expect(await labels(`byOrderId/${encodeURIComponent('order/1 "x"')}`)).toEqual({
    'order/1 "x"': ['A-1'],
  })
  expect(await labels('byLabel/A-2')).toEqual({ 'A-2': ['A-2'] })
  expect(await report('/byLabel/__proto__')).toEqual(JSON.parse('{"__proto__": []}'))
})

test('places of an area are listed once, under the status of the area', async () => {
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 4)] }
  const { labels, change, counts } = await openEventReports(rowDrawing({ plane }))
  await change({ objects: [{ objectId: 'Lawn', quantity: 3 }], status: 'booked' })
  expect((await labels('byStatus'))['booked']).toBeUndefined()
  await change({ objects: ['Lawn'], status: 'checkedIn' })
  expect((await labels('byStatus'))['checkedIn']).toEqual(['Lawn'])
  expect(await counts('byStatus')).toEqual({ free: 8, booked: 4 })
})

test('sections, zones, floors, categories and channels are told by their words', async () => {
  const { labels, api } = await openEventReports(arenaDrawing())
  const zones = await labels('byZone')
  expect(Object.entries(zones).map(([zone, told]) => [zone, told.length])).toEqual([
    ['finish', 160],
    ['midtrack', 160],
    ['NO_ZONE', 0],
  ])
  const channel = { key: 'press', name: 'Press', color: '#000000', objects: ['MT1-A-1'] }
  await api('POST /events/gala/channels', channel)
  expect((await labels('byChannel'))['press']).toEqual(['MT1-A-1'])
  const vip = { key: 'vip', label: 'Hospitality', color: '#111111' }
  const other = { key: '1', label: 'Renamed', color: '#222222' }
  const objectCategories = { 'MT1-A-1': 'vip' }
  await api('POST /events/gala', { categories: [vip, other], objectCategories })
  const byLabel = await labels('byCategoryLabel')
  expect(Object.entries(byLabel).map(([label, told]) => [label, told.length])).toEqual([
    ['Lounge', 0],
    ['Hospitality', 1],
    ['Renamed', 319],
    ['NO_CATEGORY', 0],
  ])
})

test('objects come floor by floor, and not by label', async () => {
  const row = (label: string) => drawRow(label, drawSeats(2))
  const { labels } = await openEventReports(
    drawFloors([
      { rows: [row('B')], sections: [drawSection('S2', { rows: [row('Z')] })] },
      { rows: [row('A')], sections: [drawSection('S1', { rows: [row('Y')] })] },
    ]),
  )
  const order = ['B-1', 'B-2', 'S2-Z-1', 'S2-Z-2', 'A-1', 'A-2', 'S1-Y-1', 'S1-Y-2']
  expect((await labels('byObjectType'))['seat']).toEqual(order)
})

test('what the chart has lost is not reported, whoever has it', async () => {
  const { api, counts, change } = await openEventReports(rowDrawing())
  await change({ objects: ['A-1', 'B-1'], status: 'booked' })
  await api('POST /system/public/charts/hall', rowDrawing({ rows: 1 }))
  expect(await counts('byStatus')).toEqual({ booked: 1, free: 3 })
})

test('a hold that has ended is free in every report', async () => {
  const { counts, change, token, clock } = await openEventReports(rowDrawing())
  await change({ objects: ['A-1'], status: 'reservedByToken', holdToken: await token(5) })
  clock.advance(5 * 60_000 - 1)
  expect(await counts('byStatus')).toEqual({ reservedByToken: 1, free: 7 })
  clock.advance(1)
  expect(await counts('byStatus')).toEqual({ free: 8 })
})

test('a seat at a table reads as its table does that was sold before, and the other way round', async () => {
  const { counts, labels, change, api } = await openEventReports(quaysideDrawing())
  await change({ objects: ['T1', 'T2-1'], status: 'booked' })
  const switched = { mode: 'CUSTOM', tables: { T1: 'BY_SEAT', T2: 'BY_TABLE' } }
  await api('POST /events/gala', { tableBookingConfig: switched })
  expect((await labels('byStatus'))['booked']).toEqual(['T1-1', 'T1-2', 'T2'])
  expect((await counts('byStatus'))['booked']).toBe(4)
})

test('what is wrong with a request is named', async () => {
  const { api } = await openEventReports(rowDrawing())
  const faults: readonly (readonly [path: string, status: number, message: string])[] = [
    ['gala/byColour', 400, '#/reportType: '],
    ['gala/byColour/x', 400, '#/reportType: '],
    ['gala/byLabel/summary', 400, '#/reportType: '],
    ['gala/byOrderId/summary', 400, '#/reportType: '],
    ['gala/byOrderId/summary/deep', 400, '#/reportType: '],
    ['gala/byLabel/' + 'x'.repeat(1_001), 400, '#/filter: '],
    ['gala?seasonBookingsPropagated=no', 400, '#/seasonBookingsPropagated: '],
    ['gala/byZone/summary?seasonBookingsPropagated=no', 400, '#/seasonBookingsPropagated: '],
    ['.csv', 400, '#/eventKey: '],
    ['nothing', 404, 'Event not found: nothing was'],
    ['nothing.csv', 404, 'Event not found: nothing was'],
    ['nothing/byZone', 404, 'Event not found: nothing was'],
    ['nothing/byZone/x', 404, 'Event not found: nothing was'],
    ['nothing/byZone/summary', 404, 'Event not found: nothing was'],
    ['nothing/byZone/summary/deep', 404, 'Event not found: nothing was'],
    ['gala/byZone/summary/deeper', 404, 'No such endpoint'],
  ]
  for (const [path, status, message] of faults) {
    const answer = await api(`GET /reports/events/${path}`)
    const told = String(errorOf(answer)['message'])
    expect([path, answer.status, told.slice(0, message.length)]).toEqual([path, status, message])
  }
  const fits = await api(`GET /reports/events/gala/byLabel/${'x'.repeat(1_000)}`)
  expect(fits.status).toBe(200)
})
