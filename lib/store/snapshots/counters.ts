import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Fault } from '../../faults.ts'
import type { EventRef } from '../../rules/seat.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { keys } from '../table/table.ts'
import { untilSettled } from '../table/until-settled.ts'
import { sendOnce } from '../table/write-item.ts'
import { snapshotTtl } from './heads.ts'

// A counter tells whoever polls that something of an event changed, and nothing more. It exists while somebody polls: of events that
// nobody polls, nothing is counted. A season's has a second number, of changes in its events: how the season is shown follows from
// those too, and how its events are does not.

/** A counter that tells of changes of an event. */
export interface CounterName {
  readonly eventId: string
  /** What changed in the events of that season counts too. */
  readonly withEvents: boolean
}

/** What tells of changes of an event: its own counter first, then that of the season that it belongs to. */
export function countersOf({
  eventId,
  season,
}: Pick<EventRef, 'eventId' | 'season'>): CounterName[] {
  const own = { eventId, withEvents: season?.role === 'whole' }
  if (season === undefined || season.role === 'whole') return [own]
  return [own, { eventId: season.eventId, withEvents: season.role === 'part' }]
}

/** What an item of a counter says; undefined where there is none. */
export function countIn(item: Item | undefined, { withEvents }: CounterName): number | undefined {
  if (item === undefined) return undefined
  const { n = 0, e = 0 } = item as { n?: number; e?: number }
  return withEvents ? n + e : n
}

/** Writes of a counter that others are in the way of. */
const COUNT_ROUNDS_MAX = 6

/**
 * Raises the counters of events that somebody polls, after what changed can be read. One that could not be raised is let be: whoever
 * polls reads anew each minute anyway.
 */
export async function countChanges(port: Port, eventIds: readonly string[]): Promise<void> {
  await Promise.all(eventIds.map((eventId) => countChange(port, eventId, 'n')))
}

/** The same of the seasons that the events are in. */
export async function countInSeasons(
  port: Port,
  events: readonly Pick<EventRef, 'season'>[],
): Promise<void> {
  const seasonIds = events.flatMap(({ season }) => {
    return season?.role === 'event' ? [season.eventId] : []
  })
  await Promise.all([...new Set(seasonIds)].map((seasonId) => countChange(port, seasonId, 'e')))
}

async function countChange(port: Port, eventId: string, counter: 'n' | 'e'): Promise<void> {
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.snapshotCounter(eventId),
    UpdateExpression: `ADD ${counter} :one`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  })
  // Counted twice is as good as once.
  const sent = await sendOnce(port, write, 'unknown')
  if (sent.status === 'applied' || sent.status === 'refused') return
  port.log({ level: 'warn', message: 'A change was not counted for its snapshot', eventId })
}

/** What a counter says, consistently; makes one where there is none. */
export async function readCounter(port: Port, counter: CounterName): Promise<number> {
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.snapshotCounter(counter.eventId),
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
    return sent.status === 'applied' ? countIn(sent.item, counter) : undefined
  })
}
