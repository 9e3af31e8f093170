import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import {
  readSequence,
  type CursorRequest,
  type Sequence,
} from '../../../../lib/store/table/cursors.ts'
import { sortableSerial } from '../../../../lib/store/table/sortable.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { newSerial } from '../../../../lib/store/table/serials.ts'

/** A sequence of those numbers, each with a name of its own, even where numbers are alike. */
async function openSequence(numbers: readonly number[]) {
  const { port, calls } = await openHoldfast()
  const names = numbers.map((number, index) => `${number}${'abc'.charAt(index % 3)}`)
  const items = numbers.map((number, index) => ({
    pk: 'Q#test',
    sk: `Q#${sortableSerial(number)}#${names[index]}`,
    name: names[index],
  }))
  for (let start = 0; start < items.length; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }))
    await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: puts } }))
  }
  calls.clear()
  const sequence = (isWanted: (name: string) => boolean = () => true): Sequence<string> => ({
    partition: 'Q#test',
    prefix: 'Q#',
    isOldestFirst: true,
    read: (entries) =>
      Promise.resolve(
        entries.map(({ name }) => (isWanted(name as string) ? (name as string) : undefined)),
      ),
  })
  const page = async (request: CursorRequest, isWanted?: (name: string) => boolean) => {
    const {
      items: found,
      hasMore,
      hasPrevious,
    } = await readSequence(port, sequence(isWanted), request)
    return [found.join(' '), hasPrevious, hasMore]
  }
  return { page, calls }
}

test('a sequence is paged in its own order, in both directions', async () => {
  const { page } = await openSequence([1, 2, 3, 4, 5])
  expect(await page({ limit: 2 })).toEqual(['1a 2b', false, true])
  expect(await page({ limit: 2, after: 2 })).toEqual(['3c 4a', true, true])
  expect(await page({ limit: 2, after: 4 })).toEqual(['5b', true, false])
  expect(await page({ limit: 2, after: 5 })).toEqual(['', false, false])
  expect(await page({ limit: 2, after: 0 })).toEqual(['1a 2b', false, true])
  expect(await page({ limit: 2, before: 4 })).toEqual(['2b 3c', true, true])
  expect(await page({ limit: 2, before: 3 })).toEqual(['1a 2b', false, true])
  expect(await page({ limit: 5, before: 9 })).toEqual(['1a 2b 3c 4a 5b', false, false])
})

test('a page never ends between two of one number', async () => {
  const { page } = await openSequence([1, 2, 2, 2, 3])
  expect(await page({ limit: 2 })).toEqual(['1a 2a 2b 2c', false, true])
  expect(await page({ limit: 4 })).toEqual(['1a 2a 2b 2c', false, true])
  expect(await page({ limit: 1, before: 3 })).toEqual(['2a 2b 2c', true, true])
  expect(await page({ limit: 9, after: 2 })).toEqual(['3b', true, false])
})

test('what nobody asked for is left out before pages are made, and few queries find what is wanted', async () => {
  const numbers = Array.from({ length: 2_000 }, (_, index) => index + 1)
  const { page, calls } = await openSequence(numbers)
  const isRare = (name: string) => /^\d*(499|999)/.test(name)
  expect(await page({ limit: 2 }, isRare)).toEqual(['499a 999c', false, true])
  expect(calls.count().reads).toBeLessThan(15)
  expect(await page({ limit: 2, after: 999 }, isRare)).toEqual(['1499b 1999a', true, false])
  expect(await page({ limit: 2, before: 1999 }, isRare)).toEqual(['999c 1499b', true, true])
  expect(await page({ limit: 3, before: 1999 }, isRare)).toEqual(['499a 999c 1499b', false, true])
})

test('a page is full although newer events are being created', async () => {
  const { runtime, port } = await openHoldfast()
  const api = seatsioOver(runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  for (const eventKey of ['a', 'b']) await api('POST /events', { chartKey: 'hall', eventKey })
  const reserved = Array.from({ length: 30 }, (_, index) => `reserved-${index}`)
  for (const key of reserved) {
    const lock = { lk: 'operation', ln: { key } }
    const listing = { ...keys.eventListing('one', newSerial(runtime.store)), ...lock }
    const head = { ...keys.eventHead('one', key), ...lock }
    const puts = [listing, head].map((Item) => ({ PutRequest: { Item } }))
    await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: puts } }))
  }
  const { body } = await api('GET /events?limit=1')
  const [newest] = body?.['items'] as { id: number; key: string }[]
  expect([newest?.key, body?.['next_page_starts_after']]).toEqual(['b', String(newest?.id)])
  const second = await api(`GET /events?limit=1&start_after_id=${newest?.id}`)
  expect(second.body?.['items']).toMatchObject([{ key: 'a' }])
})
