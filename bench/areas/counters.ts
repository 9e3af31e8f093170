import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { inRounds } from '../../lib/in-rounds.ts'
import { backOff, type Port } from '../../lib/store/table/port.ts'
import { getItem } from '../../lib/store/table/read.ts'
import type { Item } from '../../lib/store/table/items.ts'
import type { OpenPlaceSeller, PlaceAnswer } from './place-seller.ts'

// Areas as they are sold from one counter, tried again as often as Holdfast tries, after the same pauses:
//
// - One row: the counter is read, decided from and written under its version, with a line of history and an entry for the hold: what Holdfast
//   writes, but for the blocks.
// - Counter and order: one transaction of the counter, under the condition that so many are left, and of the order.
// - Counter alone: one write of the counter under that condition; nobody knows whose the places are.

const counter = { pk: 'area#1', sk: 'counter' }

/** The counter as Holdfast would keep it. */
export const openOneRow: OpenPlaceSeller = async ({ port, idle }, capacity) => {
  await put(port, { ...counter, v: 1, n: 0 })
  const change = (token: string, places: number, also: readonly Item[]) =>
    inTurns(port, async () => {
      const { v = 0, n = 0 } = ((await getItem(port, counter)) ?? {}) as { v?: number; n?: number }
      if (n + places > capacity) return 'sold-out'
      const Item = { ...counter, v: v + 1, n: n + places, at: port.clock.now(), t: token }
      const ConditionExpression = 'v = :v'
      const row = { Item, ConditionExpression, ExpressionAttributeValues: { ':v': v } }
      const puts = [row, ...also.map((Item) => ({ Item }))]
      const TransactItems = puts.map((it) => ({ Put: { TableName: port.tableName, ...it } }))
      const write = port.writer.send(new TransactWriteCommand({ TransactItems }))
      return outcomeOf(write, undefined)
    })
  const lineOf = (token: string, places: number) => {
    const operation = port.ids.ulid()
    return { pk: `history#${operation}`, sk: operation, at: port.clock.now(), t: token, n: places }
  }
  return {
    hold: ({ token, places }) => {
      const until = port.clock.now() + HOLD_MS
      const entry = { pk: `token#${token}`, sk: port.ids.ulid(), n: places, x: until }
      return change(token, places, [lineOf(token, places), entry])
    },
    book: ({ token, places }) => change(token, 0, [lineOf(token, places)]),
    taken: () => takenOf(idle),
  }
}

const HOLD_MS = 15 * 60 * 1000

/** The counter and an order of its own. */
export const openCounterAndOrder: OpenPlaceSeller = async ({ port, idle }, capacity) => {
  const { tableName: TableName } = port
  await put(port, { ...counter, n: 0 })
  return {
    hold: ({ token, places }) =>
      inTurns(port, () => {
        const until = port.clock.now() + HOLD_MS
        const order = { ...orderKey(token), n: places, s: 'held', x: until }
        const TransactItems = [
          { Update: { TableName, ...taking(places, capacity) } },
          { Put: { TableName, Item: order } },
        ]
        return outcomeOf(port.writer.send(new TransactWriteCommand({ TransactItems })), 'sold-out')
      }),
    book: async ({ token }) => {
      const change = { UpdateExpression: 'SET s = :s', ExpressionAttributeValues: { ':s': 'paid' } }
      const condition = { ConditionExpression: 'attribute_exists(pk)' }
      const Key = orderKey(token)
      await port.writer.send(new UpdateCommand({ TableName, Key, ...change, ...condition }))
      return 'done'
    },
    taken: () => takenOf(idle),
  }
}

const orderKey = (token: string) => ({ pk: `order#${token}`, sk: 'order' })

/** The counter and nothing else: what is taken is sold. */
export const openCounterAlone: OpenPlaceSeller = async ({ port, idle }, capacity) => {
  await put(port, { ...counter, n: 0 })
  return {
    hold: ({ places }) =>
      inTurns(port, () => {
        const update = { TableName: port.tableName, ...taking(places, capacity) }
        return outcomeOf(port.writer.send(new UpdateCommand(update)), 'sold-out')
      }),
    book: () => Promise.resolve('done'),
    taken: () => takenOf(idle),
  }
}

function taking(places: number, capacity: number) {
  return {
    Key: counter,
    UpdateExpression: 'ADD n :places',
    ConditionExpression: 'n <= :most',
    ExpressionAttributeValues: { ':places': places, ':most': capacity - places },
  }
}

async function takenOf(port: Port): Promise<number> {
  return ((await getItem(port, counter))?.['n'] ?? 0) as number
}

async function inTurns(
  port: Port,
  attempt: () => Promise<PlaceAnswer | undefined>,
): Promise<PlaceAnswer> {
  return (await inRounds((round) => backOff(port, round), attempt)) ?? 'busy'
}

/** Undefined where another was in the way; `onFailed` is what a failed condition says. */
async function outcomeOf(
  write: Promise<unknown>,
  onFailed: PlaceAnswer | undefined,
): Promise<PlaceAnswer | undefined> {
  try {
    await write
    return 'done'
  } catch (error) {
    const { name, CancellationReasons: reasons = [] } = error as {
      name: string
      CancellationReasons?: { Code?: string }[]
    }
    const isFailed =
      name === 'ConditionalCheckFailedException' ||
      reasons.some(({ Code }) => Code === 'ConditionalCheckFailed')
    if (isFailed) return onFailed
    if (/^(TransactionCanceled|ProvisionedThroughput)/.test(name)) return undefined
    throw error
  }
}

async function put({ writer, tableName: TableName }: Port, Item: Item): Promise<void> {
  await writer.send(new PutCommand({ TableName, Item }))
}
