import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Key } from '../../lib/store/table/table.ts'
import type { World } from '../world.ts'
import { conditions, keysOf, statusAfter } from './seats.ts'
import type { Order, Seller } from './seller.ts'

// A conditional write per seat, in a loop:
//
// 1. Each write says under which condition it may be made, and hands back the row as it was before.
// 2. The first that is refused ends the loop: rows already written are put back, unless somebody else changed them.

/** A seat that was written, with its row as it was before. */
interface Written {
  readonly key: Key
  readonly before: Record<string, unknown> | undefined
}

/** Sells by a conditional write per seat, with undo. */
export function openWriteLoop(world: World): Seller {
  return {
    name: 'Write loop',
    async send(order) {
      const operationId = world.port.ids.ulid()
      const written: Written[] = []
      for (const key of keysOf(world, order)) {
        const outcome = await writeSeat(world, order, { key, operationId })
        if (outcome === 'refused') {
          await undo(world, written, operationId)
          return 'taken'
        }
        written.push(outcome)
      }
      return 'done'
    },
  }
}

async function writeSeat(
  { port }: World,
  order: Order,
  { key, operationId }: { key: Key; operationId: string },
): Promise<Written | 'refused'> {
  const { verb, token, until } = order
  const status = statusAfter(verb)
  const holding = status === 'held' ? { ':token': token, ':until': until } : {}
  const change = status === 'held' ? ', t = :token, x = :until' : ' REMOVE t, x'
  const values = {
    ':status': status,
    ':at': port.clock.now(),
    ':op': operationId,
    ':one': 1,
    ...holding,
    ...valuesFor(order, port.clock.now()),
  }
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: key,
    UpdateExpression: `SET s = :status, #at = :at, op = :op${change} ADD v :one`,
    ConditionExpression: conditions[verb],
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_OLD',
  })
  try {
    const { Attributes } = await port.writer.send(write)
    return { key, before: Attributes }
  } catch (error) {
    return refusedOr(error)
  }
}

/** Only the values that the condition names: the table refuses others. */
function valuesFor({ verb, token }: Order, now: number) {
  const all = {
    ':free': 'free',
    ':held': 'held',
    ':booked': 'booked',
    ':token': token,
    ':now': now,
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => conditions[verb].includes(name)))
}

async function undo({ port }: World, written: readonly Written[], operationId: string) {
  const guard = {
    TableName: port.tableName,
    ConditionExpression: 'op = :op',
    ExpressionAttributeValues: { ':op': operationId },
  }
  for (const { key, before } of written.toReversed()) {
    const write =
      before === undefined
        ? port.writer.send(new DeleteCommand({ ...guard, Key: key }))
        : port.writer.send(new PutCommand({ ...guard, Item: before }))
    await write.catch(refusedOr)
  }
}

function refusedOr(error: unknown): 'refused' {
  if ((error as Error).name === 'ConditionalCheckFailedException') return 'refused'
  throw error
}
