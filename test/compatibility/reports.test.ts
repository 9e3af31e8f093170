import { CreateEventParams } from 'seatsio'
import { expect, test } from 'vitest'
import { quaysideDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

type Counts = Readonly<Record<string, { readonly count: number }>>

test('every report on a drawing is made by the published client', async () => {
  const { client, importChart } = await startSeatsio()
  await importChart('quay', quaysideDrawing())
  const { chartReports: reports } = client
  const types = [
    ['byObjectType', 'summaryByObjectType'],
    ['byCategoryKey', 'summaryByCategoryKey'],
    ['byCategoryLabel', 'summaryByCategoryLabel'],
    ['bySection', 'summaryBySection'],
    ['byZone', 'summaryByZone'],
  ] as const
  const counts = Object.fromEntries(
    await Promise.all(
      types.map(async ([type, summaryOf]) => {
        const detailed = await reports[type]('quay', 'chart')
        const summary = (await reports[summaryOf]('quay', 'chart')) as Counts
        expect(Object.keys(summary)).toEqual(Object.keys(detailed))
        const told = Object.entries(summary).map(([group, { count }]) => [group, count])
        return [type, Object.fromEntries(told)] as const
      }),
    ),
  )
  expect(counts).toEqual({
    byObjectType: { seat: 7, generalAdmission: 25, table: 1, booth: 1 },
    byCategoryKey: { 1: 31, lounge: 3, NO_CATEGORY: 0 },
    byCategoryLabel: { Standard: 31, Lounge: 3, NO_CATEGORY: 0 },
    bySection: { NO_SECTION: 32, East: 2 },
    byZone: { NO_ZONE: 34 },
  })
  const byLabel = await reports.byLabel('quay', 'true', 'published')
  expect(byLabel['T2']?.[0]).toMatchObject({ label: 'T2', numSeats: 2, bookAsAWhole: false })
  expect(byLabel['T2-1']).toBeUndefined()
})

test('every report on an event is made by the published client', async () => {
  const { client, importChart } = await startSeatsio()
  await importChart('quay', quaysideDrawing())
  const { events, eventReports: reports } = client
  await events.create('quay', new CreateEventParams().withKey('gala'))
  await events.book('gala', ['A-1', 'T1'], null, 'order-1')
  await events.book('gala', [{ objectId: 'Pier', quantity: 4 }])
  const types = [
    ['byStatus', 'summaryByStatus', 'deepSummaryByStatus'],
    ['byObjectType', 'summaryByObjectType', 'deepSummaryByObjectType'],
    ['byCategoryKey', 'summaryByCategoryKey', 'deepSummaryByCategoryKey'],
    ['byCategoryLabel', 'summaryByCategoryLabel', 'deepSummaryByCategoryLabel'],
    ['bySection', 'summaryBySection', 'deepSummaryBySection'],
    ['byZone', 'summaryByZone', 'deepSummaryByZone'],
    ['byChannel', 'summaryByChannel', 'deepSummaryByChannel'],
    ['byAvailability', 'summaryByAvailability', 'deepSummaryByAvailability'],
    ['byAvailabilityReason', 'summaryByAvailabilityReason', 'deepSummaryByAvailabilityReason'],
  ] as const
  for (const [type, summaryOf, deepSummaryOf] of types) {
    const objects = Object.values(await reports[type]('gala')).flat()
    expect([type, objects.length]).toEqual([type, 10])
    const summary = (await reports[summaryOf]('gala')) as Counts
    const deep = (await reports[deepSummaryOf]('gala')) as Counts
    const counted = (groups: Counts) => Object.values(groups).reduce((all, it) => all + it.count, 0)
    expect([type, counted(summary), counted(deep)]).toEqual([type, 35, 35])
  }
  const booked = await reports.byStatus('gala', 'booked')
  expect(booked['booked']?.map(({ label }) => label)).toEqual(['A-1', 'T1'])
  expect((await reports.byOrderId('gala', 'order-1'))['order-1']).toHaveLength(2)
  expect((await reports.byLabel('gala', 'Pier'))['Pier']?.[0]).toMatchObject({ numBooked: 4 })
  const plain = reports.withSeasonBookingsNotPropagated()
  expect((await plain.flatList('gala')).map(({ label }) => label)).toEqual([
    'A-1',
    'A-2',
    'A-3',
    'B1',
    'East-C-1',
    'East-C-2',
    'Pier',
    'T1',
    'T2-1',
    'T2-2',
  ])
  const [head = '', first = ''] = (await reports.flatListCsv('gala')).split('\r\n')
  expect([head.slice(0, 23), first.slice(0, 11)]).toEqual([
    'label,labels.own.label,',
    'A-1,1,seat,',
  ])
})
