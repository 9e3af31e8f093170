import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Fault } from '../../faults.ts'
import type { EventRef } from '../../rules/seat.ts'
import type { Port } from '../table/port.ts'
import { keys } from '../table/table.ts'
import { untilSettled } from '../table/until-settled.ts'
import { sendOnce } from '../table/write-item.ts'
import { snapshotTtl } from './heads.ts'

// A counter tells whoever polls that something of an event changed, and nothing more. It exists while somebody polls: of events that
// nobody polls, nothing is counted.

/** Whose counters tell of changes of an event: its own, and that of the season that its rows or its states are in. */
export function countersOf({ eventId, season }: Pick<EventRef, 'eventId' | 'season'>): string[] {
  return season === undefined || season.role === 'whole' ? [eventId] : [eventId, season.eventId]
}

/** Writes of a counter that others are in the way of. */
const COUNT_ROUNDS_MAX = 6

/**
 * Raises the counters of events that somebody polls, after what changed can be read. One that could not be raised is let be: whoever
 * polls reads anew each minute anyway.
 */
export async function countChanges(port: Port, eventIds: readonly string[]): Promise<void> {
  await Promise.all(eventIds.map((eventId) => countChange(port, eventId)))
}

async function countChange(port: Port, eventId: string): Promise<void> {
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.snapshotCounter(eventId),
    UpdateExpression: 'ADD n :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  })
  // Counted twice is as good as once.
  const sent = await sendOnce(port, write, 'unknown')
  if (sent.status === 'applied' || sent.status === 'refused') return
  port.log({ level: 'warn', message: 'A change was not counted for its snapshot', eventId })
}

/** What a counter says, consistently; makes one where there is none. */
export async function readCounter(port: Port, eventId: string): Promise<number> {
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.snapshotCounter(eventId),
    UpdateExpression: 'SET n = if_not_exists(n, :none), #ttl = :ttl',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':none': 0, ':ttl': snapshotTtl(port) },
    ReturnValues: 'ALL_NEW',
  })
  const task = { to: 'read a counter', roundsMax: COUNT_ROUNDS_MAX }
  return untilSettled(port, task, async () => {
    const sent = await sendOnce(port, write, 'not-applied')
    if (sent.status === 'refused')
      throw new Fault('A counter was refused', { outcome: 'not-applied' })
    return sent.status === 'applied' ? (sent.item?.['n'] as number) : undefined
  })
}
