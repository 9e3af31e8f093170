import type { EventHead } from '../../records/records.ts'
import { eventItem } from '../table/heads.ts'
import { countWrite } from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import { keys, type Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

// The single writes that an event is made of: its head, the same by its id, its places in two lists, its share of a count.

/** An event keeps its chart from being deleted; the version makes a concurrent edit of the chart read again. */
export function countOnChart(
  { tableName }: Port,
  head: Pick<EventHead, 'workspaceId' | 'chartKey' | 'chartId'>,
  { change, condition }: { change: number; condition: string },
): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.chartHead(head.workspaceId, head.chartKey),
      UpdateExpression: 'ADD events :change, v :one',
      ConditionExpression: condition,
      ExpressionAttributeValues: {
        ':change': change,
        ':one': 1,
        ':id': head.chartId,
      } satisfies Record<string, string | number>,
    },
  }
}

/** Counts events of one chart that come or go together, at the chart and in the list of the workspace. */
export function countWrites(
  port: Port,
  [head]: readonly EventHead[],
  counted: { change: number; condition: string },
): TransactItem[] {
  if (head === undefined) return []
  const { change } = counted
  return [
    countOnChart(port, head, counted),
    countWrite(port.tableName, head.workspaceId, { listed: 'events', change }),
  ]
}

/** What must hold of an event's head when it is written. */
export interface HeadGuard {
  readonly ConditionExpression: string
  readonly ExpressionAttributeValues?: Record<string, string | number>
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD'
}

/**
 * Nobody changed the event since it was read: what else is written with it, the count of its chart first of all, follows from
 * that. A head that is there only by decision comes back with its lock.
 */
export function asItWasRead({ eventId, version }: EventHead): HeadGuard {
  return {
    ConditionExpression: 'id = :id AND v = :v AND attribute_not_exists(lk)',
    ExpressionAttributeValues: { ':id': eventId, ':v': version },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }
}

/** Writes a head, on a condition. */
export function putHead({ tableName }: Port, head: EventHead, condition: HeadGuard): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.eventHead(head.workspaceId, head.eventKey), ...eventItem(head) },
      ...condition,
    },
  }
}

/** Writes the head once more by the event's id, for whoever has nothing but a row. */
export function putById({ tableName }: Port, head: EventHead, ends: { ttl?: number } = {}) {
  const item = { ...keys.eventById(head.eventId), ...eventItem(head), ...ends }
  return { Put: { TableName: tableName, Item: item } } satisfies TransactItem
}

/** The key of an event's place in the list of its chart's events. */
export function chartPlaceOf({ workspaceId, chartKey, serial }: EventHead): Key {
  return keys.chartEvent(workspaceId, chartKey, serial)
}

/** Enters an event into the list of its chart's events. */
export function chartPlacePut({ tableName }: Port, head: EventHead): TransactItem {
  const { eventKey: key } = head
  return { Put: { TableName: tableName, Item: { ...chartPlaceOf(head), key } } }
}
