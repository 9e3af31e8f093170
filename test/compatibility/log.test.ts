import { CreateEventParams, type StatusChange, StatusChangesParams } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

const ALL = ['A-1', 'A-2', 'A-3', 'B-1', 'B-2', 'B-3']

/** An event with a line for every seat, and a second one for those of row B. */
async function open() {
  const server = await startSeatsio()
  await server.importChart('hall', rowDrawing({ seatsPerRow: 3 }))
  const { events } = server.client
  await events.create('hall', new CreateEventParams().withKey('gala'))
  for (const label of ALL) {
    await events.book('gala', label, null, `order-${label}`)
    server.clock.advance(10)
  }
  await events.changeObjectStatus('gala', ['B-1', 'B-2', 'B-3'], 'checkedIn')
  return { ...server, events, log: events.statusChanges('gala') }
}

const tell = ({ objectLabel, status }: StatusChange) => `${objectLabel} ${status}`

async function allOf(list: AsyncIterable<unknown>): Promise<string[]> {
  const told: string[] = []
  for await (const line of list) told.push(tell(line as StatusChange))
  return told
}

const newestFirst = [
  ...['B-3', 'B-2', 'B-1'].map((label) => `${label} checkedIn`),
  ...ALL.toReversed().map((label) => `${label} booked`),
]

test('the log is read right after the change, newest first, with every field', async () => {
  const { log, clock } = await open()
  expect(await allOf(log.all() as AsyncIterable<unknown>)).toEqual(newestFirst)
  const { items } = await log.firstPage()
  expect(items[0]).toMatchObject({
    objectLabel: 'B-3',
    displayedLabel: 'B-3',
    quantity: 1,
    isPresentOnChart: true,
    orderId: null,
    holdToken: null,
    origin: { type: 'API_CALL', ip: '127.0.0.1' },
  })
  expect(items[0]?.date.getTime()).toBe(clock.now())
  expect(items.at(-1)).toMatchObject({ orderId: 'order-A-1' })
})

test('the log is paged in both directions by the cursors that pages give', async () => {
  const { log } = await open()
  const first = await log.firstPage(null, 4)
  expect(first.items.map(tell)).toEqual(newestFirst.slice(0, 4))
  const second = await log.pageAfter(Number(first.nextPageStartsAfter), null, 4)
  expect(second.items.map(tell)).toEqual(newestFirst.slice(4, 8))
  const back = await log.pageBefore(Number(second.previousPageEndsBefore), null, 4)
  expect(back.items.map(tell)).toEqual(newestFirst.slice(0, 4))
  const last = await log.pageAfter(Number(second.nextPageStartsAfter), null, 4)
  expect(last.items.map(tell)).toEqual(newestFirst.slice(8))
  expect(last.nextPageStartsAfter).toBeNull()
  expect(first.previousPageEndsBefore).toBeNull()
})

test('the log is sorted and filtered as the client asks for it', async () => {
  const { log } = await open()
  const params = () => new StatusChangesParams()
  const told = (wanted: StatusChangesParams) => allOf(log.all(wanted) as AsyncIterable<unknown>)
  const oldestFirst = newestFirst.toReversed()
  expect(await told(params().sortByDate().sortAscending())).toEqual(oldestFirst)
  expect(await told(params().sortByObjectLabel().withFilter('B-'))).toEqual(
    ['B-1', 'B-2', 'B-3'].flatMap((label) => [`${label} checkedIn`, `${label} booked`]),
  )
  const byStatus = await told(params().sortByStatus().sortDescending())
  expect(byStatus).toEqual(newestFirst)
})

test('the log of one seat has its own lines, page by page to an empty end', async () => {
  const { events } = await open()
  const log = events.statusChangesForObject('gala', 'B-2')
  expect(await allOf(log.all() as AsyncIterable<unknown>)).toEqual(['B-2 checkedIn', 'B-2 booked'])
  const first = await log.firstPage(null, 1)
  const second = await log.pageAfter(Number(first.items[0]?.id), null, 1)
  expect(second.items.map(tell)).toEqual(['B-2 booked'])
  expect((await log.pageAfter(Number(second.items[0]?.id), null, 1)).items).toEqual([])
})
