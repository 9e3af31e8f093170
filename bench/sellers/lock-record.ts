import { BatchWriteCommand, DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { batchGet } from '../../lib/store/table/read.ts'
import { backOff } from '../../lib/store/table/port.ts'
import { keyText, type Key } from '../../lib/store/table/table.ts'
import type { World } from '../world.ts'
import { allows, keysOf, statusAfter, type Row } from './seats.ts'
import type { Answer, Order, Seller } from './seller.ts'

// A lock record for each event:
//
// 1. Lock: put the record if it is not there, or if its lease has run out; otherwise wait and try again.
// 2. Read the rows, check them, and write them, 25 a request: nobody else writes while the lock is held.
// 3. Unlock, if the lock is still ours. Several events are locked in one order, so that no two orders wait for each other.

/** Milliseconds after which others may take a lock for abandoned. */
const LEASE_MS = 10_000

/** Attempts at one lock: with the waits between them, some seven seconds. */
const LOCK_ATTEMPTS_MAX = 25

/** Items that BatchWriteItem takes. */
const BATCH_ITEMS_MAX = 25

/** Sells under a lock record for each event. */
export function openLockRecord(world: World): Seller {
  return {
    name: 'Lock record',
    async send(order) {
      const owner = world.port.ids.ulid()
      const locked: Key[] = []
      try {
        for (const key of lockKeys(world, order)) {
          if (!(await lock(world, key, owner))) return 'busy'
          locked.push(key)
        }
        return await change(world, order, owner)
      } finally {
        for (const key of locked.reverse()) await unlock(world, key, owner)
      }
    },
  }
}

function lockKeys({ events }: World, { parts }: Order): Key[] {
  const eventIds = parts.map(({ eventKey }) => events.get(eventKey)?.eventId ?? '')
  return eventIds.sort().map((eventId) => ({ pk: `lock#${eventId}`, sk: 'lock' }))
}

async function lock({ port }: World, key: Key, owner: string): Promise<boolean> {
  for (let attempt = 1; attempt <= LOCK_ATTEMPTS_MAX; attempt += 1) {
    const now = port.clock.now()
    const put = new PutCommand({
      TableName: port.tableName,
      Item: { ...key, o: owner, u: now + LEASE_MS },
      ConditionExpression: 'attribute_not_exists(pk) OR u < :now',
      ExpressionAttributeValues: { ':now': now },
    })
    if (await applies(port.writer.send(put))) return true
    await backOff(port, attempt)
  }
  return false
}

async function change(world: World, order: Order, operationId: string): Promise<Answer> {
  const { port } = world
  const now = port.clock.now()
  const wanted = keysOf(world, order)
  const items = await batchGet(port, wanted)
  const seats = wanted.map((key) => ({ key, row: items.get(keyText(key)) as Row | undefined }))
  if (!seats.every(({ row }) => allows(row, order, now))) return 'taken'
  const status = statusAfter(order.verb)
  const holding = status === 'held' ? { t: order.token, x: order.until } : {}
  await writeAll(
    world,
    seats.map(({ key, row }) => ({
      ...key,
      ...({ s: status, v: (row?.v ?? 0) + 1, at: now, op: operationId, ...holding } satisfies Row),
    })),
  )
  return 'done'
}

async function writeAll({ port }: World, items: readonly object[]): Promise<void> {
  let left = items.map((item) => ({ PutRequest: { Item: { ...item } } }))
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const batch = { [port.tableName]: left.slice(0, BATCH_ITEMS_MAX) }
    const answer = await port.writer.send(new BatchWriteCommand({ RequestItems: batch }))
    const again = (answer.UnprocessedItems?.[port.tableName] ?? []) as typeof left
    left = [...again, ...left.slice(BATCH_ITEMS_MAX)]
    if (again.length > 0) await backOff(port, attempt)
  }
}

async function unlock({ port }: World, key: Key, owner: string): Promise<void> {
  const remove = new DeleteCommand({
    TableName: port.tableName,
    Key: key,
    ConditionExpression: 'o = :owner',
    ExpressionAttributeValues: { ':owner': owner },
  })
  await applies(port.writer.send(remove))
}

async function applies(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false
    throw error
  }
}
