import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { openHall, type Told } from '../../../support/seasons.ts'

type Counts = Readonly<Record<string, { readonly count: number }>>

test('what a season has sold counts in the reports of its events, unless they are asked for by themselves', async () => {
  const { must, season } = await openHall()
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 10)] }
  await must('POST /system/public/charts/hall', rowDrawing({ plane }))
  await season({ eventKeys: ['spring', 'autumn'] })
  const lawn = (quantity: number) => ({ objectId: 'Lawn', quantity })
  await must('POST /events/season/actions/book', { objects: ['A-1', lawn(4)], orderId: 's' })
  await must('POST /events/spring/actions/book', { objects: ['A-2', lawn(1)], orderId: 'e' })
  const counts = async (event: string, query = '') => {
    const told = await must(`GET /reports/events/${event}/byStatus/summary${query}`)
    return Object.fromEntries(
      Object.entries(told as unknown as Counts).map(([status, { count }]) => [status, count]),
    )
  }
  const alone = '?seasonBookingsPropagated=false'
  expect(await counts('spring')).toEqual({ booked: 7, free: 11 })
  expect(await counts('spring', '?seasonBookingsPropagated=true')).toEqual({ booked: 7, free: 11 })
  expect(await counts('spring', alone)).toEqual({ booked: 2, free: 16 })
  expect(await counts('autumn')).toEqual({ booked: 5, free: 13 })
  expect(await counts('autumn', alone)).toEqual({ free: 18 })
  // Of the season itself there is nothing above: what an event has is taken for it.
  expect(await counts('season')).toEqual({ booked: 7, free: 11 })
  expect(await counts('season', alone)).toEqual({ booked: 7, free: 11 })
  const infos = async (query = '') => {
    const told = await must(`GET /reports/events/spring/byLabel${query}`)
    const byLabel = told as unknown as Readonly<Record<string, readonly Told[]>>
    return ['A-1', 'A-2', 'Lawn'].map((label) => byLabel[label]?.[0])
  }
  expect(await infos()).toMatchObject([
    { status: 'booked', orderId: 's', isAvailable: false },
    { status: 'booked', orderId: 'e' },
    { numBooked: 5, numFree: 5 },
  ])
  const [seat, own, area] = await infos(alone)
  expect(seat).toMatchObject({ status: 'free', isAvailable: true })
  expect(seat).not.toHaveProperty('orderId')
  expect(own).toMatchObject({ status: 'booked', orderId: 'e' })
  expect(area).toMatchObject({ numBooked: 1, numFree: 9 })
})

test('whoever reads an event, a season or a part of one as a whole reads each of its partitions once', async () => {
  const { must, season, calls } = await openHall()
  await season({ eventKeys: ['spring', 'autumn'] })
  await must('POST /seasons/season/partial-seasons', { key: 'half', eventKeys: ['spring'] })
  for (const event of ['spring', 'season', 'half']) {
    calls.clear()
    await must(`GET /reports/events/${event}/byStatus`)
    const queried = calls.all.flatMap(({ operation, input }) => {
      return operation === 'Query' ? [JSON.stringify(input['ExpressionAttributeValues'])] : []
    })
    expect([event, queried.length > 0]).toEqual([event, true])
    expect([event, queried.length]).toEqual([event, new Set(queried).size])
  }
})
