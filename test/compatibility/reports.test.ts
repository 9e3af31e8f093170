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
