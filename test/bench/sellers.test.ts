import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, describe, expect, test } from 'vitest'
import { orderOf, partsOf } from '../../bench/chapters/orders.ts'
import { createMeter } from '../../bench/meter.ts'
import { operationOf, type Handler, type Request } from '../../bench/requests.ts'
import { openHoldfast } from '../../bench/sellers/holdfast.ts'
import { openLockRecord } from '../../bench/sellers/lock-record.ts'
import type { OpenSeller, Seller, Verb } from '../../bench/sellers/seller.ts'
import { openWriteLoop } from '../../bench/sellers/write-loop.ts'
import { openWorld, type RequestHandler, type World } from '../../bench/world.ts'
import { batchGet } from '../../lib/store/table/read.ts'
import { movedClock, type MovedClock } from '../support/moved-clock.ts'
import { readEventRows } from '../../lib/store/seats/read-event.ts'

interface Scene extends Seller {
  readonly world: World
  readonly clock: MovedClock
  /** Orders seats of the first row, from one to another. */
  readonly order: (
    verb: Verb,
    token: string,
    seats: readonly [first: number, last: number],
  ) => Promise<string>
  /** Statuses of the first seats: `f`, `h` or `b` each. */
  readonly statuses: (seats: number) => Promise<string>
  /** Lets something happen before the next such call reaches the table. */
  readonly pauseBefore: (operation: string, pause: () => Promise<void>) => void
}

const closings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

async function openScene(open: OpenSeller): Promise<Scene> {
  const clock = movedClock()
  const pauses = new Map<string, () => Promise<void>>()
  const wrap = (inner: RequestHandler): RequestHandler => ({
    async handle(request: Request) {
      const pause = pauses.get(operationOf(request))
      if (pause !== undefined) pauses.clear()
      await pause?.()
      return (inner as Handler).handle(request)
    },
  })
  const hall = { rows: 1, seatsPerRow: 60, events: 2 }
  const world = await openWorld(hall, { seed: 1, clock, wrap })
  closings.push(() => world.engine.close())
  const seller = open(world)
  const order: Scene['order'] = (verb, token, [first, last]) => {
    const parts = [{ eventKey: 'night-1', labels: world.labels.slice(first - 1, last) }]
    return seller.send(orderOf(world, { verb, token, parts }))
  }
  const pauseBefore: Scene['pauseBefore'] = (operation, pause) => pauses.set(operation, pause)
  const statuses = (seats: number) => statusesOf(world, seats)
  return { ...seller, world, clock, order, statuses, pauseBefore }
}

async function statusesOf({ context, events, labels }: World, seats: number): Promise<string> {
  const event = events.get('night-1')
  const rows = new Map(event === undefined ? [] : (await readEventRows(context.store, event)).seats)
  return labels
    .slice(0, seats)
    .map((label) => (rows.get(label)?.state.status ?? 'free').charAt(0))
    .join('')
}

/** From the write of that number on, the table answers nothing but errors: as if the process had died. */
function dieAt({ engine }: World, write: number): void {
  let writes = 0
  engine.inject = ({ operation }) => {
    if (!/Write|Put|Update|Delete/.test(operation)) return undefined
    writes += 1
    return writes >= write ? 'internal-error' : undefined
  }
}

const sellers = [
  ['Holdfast', openHoldfast],
  ['Write loop', openWriteLoop],
  ['Lock record', openLockRecord],
] as const

describe.each(sellers)('%s', (_, open) => {
  test('holds, extends, books and releases', async () => {
    const { order, statuses } = await openScene(open)
    expect(await order('hold', 'token-of-ada', [1, 3])).toBe('done')
    expect(await statuses(4)).toBe('hhhf')
    expect(await order('extend', 'token-of-ada', [1, 3])).toBe('done')
    expect(await order('book', 'token-of-ada', [1, 2])).toBe('done')
    expect(await statuses(4)).toBe('bbhf')
    expect(await order('release', 'token-of-ada', [1, 3])).toBe('done')
    expect(await statuses(4)).toBe('ffff')
  })

  test('refuses an order that one seat does not allow, and leaves all as they were', async () => {
    const { order, statuses } = await openScene(open)
    await order('hold', 'token-of-ada', [3, 3])
    await order('hold', 'token-of-ben', [1, 1])
    expect(await order('hold', 'token-of-ben', [1, 4])).toBe('taken')
    expect(await order('extend', 'token-of-ben', [1, 2])).toBe('taken')
    expect(await order('book', 'token-of-ben', [1, 3])).toBe('taken')
    expect(await order('release', 'token-of-ben', [1, 2])).toBe('taken')
    expect(await statuses(4)).toBe('hfhf')
    expect(await order('book', 'token-of-ben', [1, 1])).toBe('done')
  })

  test('takes a hold whose deadline has come for a free seat', async () => {
    const { order, clock } = await openScene(open)
    await order('hold', 'token-of-ada', [1, 1])
    expect(await order('hold', 'token-of-ben', [1, 1])).toBe('taken')
    clock.advance(15 * 60 * 1000)
    expect(await order('book', 'token-of-ada', [1, 1])).toBe('taken')
    expect(await order('hold', 'token-of-ben', [1, 1])).toBe('done')
  })

  test('sells over several events', async () => {
    const { world, send } = await openScene(open)
    const parts = partsOf(world, 4, 2)
    for (const verb of ['hold', 'extend', 'book', 'release'] as const) {
      expect(await send(orderOf(world, { verb, token: 'token-of-ada', parts }))).toBe('done')
    }
  })
})

describe('where a process dies between two writes', () => {
  test('Holdfast leaves nothing of the order', async () => {
    const { world, order, statuses } = await openScene(openHoldfast)
    dieAt(world, 1)
    await expect(order('hold', 'token-of-ada', [1, 3])).rejects.toThrow()
    world.engine.inject = undefined
    expect(await statuses(3)).toBe('fff')
  })

  test('the write loop leaves part of it', async () => {
    const { world, order, statuses } = await openScene(openWriteLoop)
    dieAt(world, 3)
    await expect(order('hold', 'token-of-ada', [1, 3])).rejects.toThrow()
    world.engine.inject = undefined
    expect(await statuses(3)).toBe('hhf')
  })

  test('the lock record leaves part of it, and nothing is sold until its lease has run out', async () => {
    const { world, clock, order, statuses } = await openScene(openLockRecord)
    // The lock, then the first 25 seats.
    dieAt(world, 3)
    await expect(order('hold', 'token-of-ada', [1, 30])).rejects.toThrow()
    world.engine.inject = undefined
    expect(await statuses(30)).toBe(`${'h'.repeat(25)}fffff`)
    expect(await order('hold', 'token-of-ben', [60, 60])).toBe('busy')
    clock.advance(10_000)
    expect(await order('hold', 'token-of-ben', [60, 60])).toBe('done')
  })
})

test('under a lock record, a process that outlives its lease sells a seat twice', async () => {
  const { world, clock, order, pauseBefore } = await openScene(openLockRecord)
  let meanwhile = ''
  pauseBefore('BatchWriteItem', async () => {
    clock.advance(10_001)
    meanwhile = await order('hold', 'token-of-ben', [1, 1])
  })
  expect(await order('hold', 'token-of-ada', [1, 1])).toBe('done')
  expect(meanwhile).toBe('done')
  expect(await statusesOf(world, 1)).toBe('h')
})

test('a meter counts what refused writes are charged', async () => {
  const meter = createMeter()
  const hall = { rows: 1, seatsPerRow: 60, events: 1 }
  const world = await openWorld(hall, { seed: 1, clock: movedClock(), wrap: meter.wrap })
  closings.push(() => world.engine.close())
  const { port, labels } = world
  const item = { pk: 'lock#1', sk: 'lock', text: 'x'.repeat(1500) }
  const condition = { TableName: port.tableName, ConditionExpression: 'attribute_exists(pk)' }
  meter.take()
  await port.writer.send(new PutCommand({ Item: item, ...condition })).catch(() => undefined)
  expect(meter.take()).toMatchObject({ requests: 1, writeUnits: 1, refusedUnits: 1 })
  const items = [{ Put: { Item: item, ...condition } }]
  const transaction = new TransactWriteCommand({ TransactItems: items })
  await port.writer.send(transaction).catch(() => undefined)
  expect(meter.take()).toMatchObject({ requests: 1, writeUnits: 4, refusedUnits: 4 })
  await batchGet(port, [{ pk: labels[0] ?? '', sk: 'x' }])
  expect(meter.take()).toEqual({ requests: 1, readUnits: 1, writeUnits: 0, refusedUnits: 0 })
})
