import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { describe, expect, test } from 'vitest'
import { CAPACITY, sell, summary } from '../../../bench/areas/crowd.ts'
import { openLoadedTable } from '../../../bench/areas/loaded-table.ts'
import type { PlaceSeller, PlaceSellerName } from '../../../bench/areas/place-seller.ts'
import {
  BUSY_SHARE_MAX,
  measurePlaceOrders,
  measureRefusal,
  placeSellers,
} from '../../../bench/chapters/areas.ts'
import { placeOrdersTable } from '../../../bench/report/areas.ts'

const names: readonly PlaceSellerName[] = [
  'Holdfast',
  'One row',
  'Counter and order',
  'Counter alone',
]

const PAGE = 'docs/bench/README.md'

/** Milliseconds for the sale of a whole area, in which most of the work is done by whoever comes too late. */
const SALE_MS_MAX = 120_000

/** What the page says under a heading. */
function sectionOf(heading: string): string {
  const [, after = ''] = readFileSync(PAGE, 'utf8').split(`${heading}\n`)
  return after.split('\n##')[0] ?? ''
}

describe('an area', () => {
  test.each(names)(
    'is sold to the last place and no further by: %s',
    async (name) => {
      // The sale itself throws where a place is sold too much, or refused while it is there.
      const perSecond = name === 'Holdfast' ? 200 : 20
      const told = await sell(placeSellers[name], { buyers: 2_120, perSecond, seed: 3 })
      expect(summary(told)).toMatchObject({ places: CAPACITY })
      expect(told.some(({ answer }) => answer === 'sold-out')).toBe(true)
    },
    SALE_MS_MAX,
  )

  test('serves ten times the buyers in blocks that it serves from one row, or from a counter in a transaction', async () => {
    const shareOf = async (name: PlaceSellerName, perSecond: number) =>
      summary(await sell(placeSellers[name], { buyers: 500, perSecond, seed: 2 })).busyShare
    expect(await shareOf('Holdfast', 600)).toBeLessThanOrEqual(BUSY_SHARE_MAX)
    expect(await shareOf('One row', 60)).toBeGreaterThan(BUSY_SHARE_MAX)
    expect(await shareOf('Counter and order', 60)).toBeGreaterThan(BUSY_SHARE_MAX)
  })

  test('throws in the bench where the answers and the table do not agree', async () => {
    const soldOut = (taken: number): PlaceSeller => {
      const book = () => Promise.resolve('done' as const)
      return { hold: () => Promise.resolve('sold-out'), book, taken: () => Promise.resolve(taken) }
    }
    const crowd = { buyers: 5, perSecond: 10, seed: 1 }
    const given = { ...soldOut(0), hold: () => Promise.resolve('done' as const) }
    await expect(sell(() => Promise.resolve(given), crowd)).rejects.toThrow(/0 are taken/)
    await expect(sell(() => Promise.resolve(soldOut(0)), crowd)).rejects.toThrow(/refused when 0/)
  })
})

describe('what the page says of an area', () => {
  test('is what an order of one to four places costs', async () => {
    const orders = (await Promise.all(names.map((name) => measurePlaceOrders(name, 1)))).flat()
    const ofHoldfast = orders.filter(({ seller }) => seller === 'Holdfast')
    expect(ofHoldfast.map(({ hold }) => hold.writeUnits)).toEqual([6, 6, 6, 6])
    expect(ofHoldfast.map(({ book }) => book.writeUnits)).toEqual([4, 4, 4, 4])
    const options = { ...(await resolveConfig(PAGE)), parser: 'markdown' }
    const shown = sectionOf('### Units of one order of an area')
    expect(shown).toContain(await format(placeOrdersTable(orders), options))
  })

  test('is what it costs to be told that nothing is left: every block is read, and nothing written', async () => {
    const { cost } = await measureRefusal('Holdfast', 1)
    expect(cost).toEqual({ requests: 2, readUnits: 73, writeUnits: 0, refusedUnits: 0 })
    expect(sectionOf('### Told that it is sold out')).toMatch(/\| Holdfast +\| +2 \| +73 \| +0 \|/)
  })
})

describe('the table under load', () => {
  /** Sends writes at moments, and answers what became of each: the name of its error, or done. */
  async function outcomes(writes: readonly (readonly [at: number, command: unknown])[]) {
    const { scheduler, port, load } = await openLoadedTable(1)
    load()
    const found: string[] = []
    for (const [index, [at, command]] of writes.entries()) {
      scheduler.after(at, () => {
        port.writer.send(command as UpdateCommand).then(
          () => (found[index] = 'done'),
          (error: unknown) => (found[index] = (error as Error).name),
        )
      })
    }
    await scheduler.runDry(60_000)
    return found
  }

  const add = (pk: string) => ({
    TableName: 'holdfast-memory',
    Key: { pk, sk: 'counter' },
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': 1 },
  })
  const single = (pk: string) => new UpdateCommand(add(pk))
  const transaction = (pk: string) =>
    new TransactWriteCommand({ TransactItems: [{ Update: add(pk) }] })

  test('refuses a write that comes upon a transaction, and no other', async () => {
    expect(
      await outcomes([
        [0, transaction('a')],
        [3, transaction('a')],
        [3, single('a')],
        [3, transaction('b')],
        [100, transaction('a')],
        [200, single('c')],
        [200, single('c')],
      ]),
    ).toEqual([
      'done',
      'TransactionCanceledException',
      'TransactionConflictException',
      'done',
      'done',
      'done',
      'done',
    ])
  })

  test('takes a thousand write units a second of one partition, and throttles the rest', async () => {
    const atRate = async (perSecond: number, write: (pk: string) => unknown, spread = 1) => {
      const writes = Array.from({ length: 600 }, (_, index) => {
        return [(1000 * index) / perSecond, write(`p${index % spread}`)] as const
      })
      return (await outcomes(writes)).filter((it) => it.startsWith('Provisioned')).length
    }
    expect(await atRate(900, single)).toBe(0)
    expect(await atRate(1_500, single)).toBeGreaterThan(50)
    expect(await atRate(1_500, single, 2)).toBe(0)
  })
})
