import type { EventHead } from '../inventory/records.ts'
import { eventItem, readEventItem } from './heads.ts'
import { listingWrites, readPage, type Page, type PageRequest } from './listings.ts'
import type { Port } from './port.ts'
import { getItem } from './read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from './receipts.ts'
import { keys } from './table.ts'
import type { TransactItem } from './transact.ts'

/** Reads an event's head, consistently; undefined when there is none. */
export async function getEvent(
  port: Port,
  workspaceId: string,
  eventKey: string,
): Promise<EventHead | undefined> {
  const item = await getItem(port, keys.eventHead(workspaceId, eventKey))
  return item === undefined ? undefined : readEventItem(item)
}

/** Why an event could not be created. */
export type EventConflict = 'key-taken' | 'chart-changed' | 'contended'

/** Creates an event, in four writes whatever its chart, if the key is free and the chart still published. */
export async function createEvent(
  port: Port,
  head: EventHead,
  receipt: Receipt | undefined,
): Promise<'created' | EventConflict> {
  const items = [
    putHead(port, head, { ConditionExpression: 'attribute_not_exists(pk)' }),
    countOnChart(port, head, {
      change: 1,
      condition: 'id = :id AND attribute_exists(pub)',
    }),
    ...listingWrites(port, 'events', { ...listingOf(head), change: 'add' }),
  ]
  const outcome = await transactOnce(port, items, receipt)
  if (outcome.status === 'applied') return 'created'
  const failed = outcome.reasons.findIndex(({ code }) => code === 'ConditionalCheckFailed')
  if (failed === 0) return 'key-taken'
  return failed === 1 ? 'chart-changed' : 'contended'
}

/** Replaces an event's head if nobody changed it since it was read; undefined when somebody did. */
export async function replaceEvent(
  port: Port,
  after: EventHead,
  receiptFor: ReceiptFor<EventHead>,
): Promise<EventHead | undefined> {
  const head = { ...after, version: after.version + 1 }
  const put = putHead(port, head, {
    ConditionExpression: 'id = :id AND v = :v',
    ExpressionAttributeValues: { ':id': head.eventId, ':v': after.version },
  })
  const outcome = await transactOnce(port, [put], receiptFor(head))
  return outcome.status === 'applied' ? head : undefined
}

/** Deletes an event's head if it is still that event; a worker then removes its rows. */
export async function deleteEvent(
  port: Port,
  head: EventHead,
  receipt: Receipt | undefined,
): Promise<boolean> {
  const items = [
    {
      Delete: {
        TableName: port.tableName,
        Key: keys.eventHead(head.workspaceId, head.eventKey),
        ConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': head.eventId },
      },
    },
    countOnChart(port, head, { change: -1, condition: 'id = :id' }),
    ...listingWrites(port, 'events', { ...listingOf(head), change: 'remove' }),
  ]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** Reads a page of a workspace's events, newest first. */
export function listEvents(
  port: Port,
  workspaceId: string,
  request: PageRequest,
): Promise<Page<EventHead>> {
  const headKey = (eventKey: string) => keys.eventHead(workspaceId, eventKey)
  return readPage(port, { listed: 'events', workspaceId, headKey, read: readEventItem }, request)
}

/** An event keeps its chart from being deleted; the version makes a concurrent edit of the chart read again. */
function countOnChart(
  { tableName }: Port,
  head: EventHead,
  { change, condition }: { change: 1 | -1; condition: string },
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

function putHead(
  { tableName }: Port,
  head: EventHead,
  condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.eventHead(head.workspaceId, head.eventKey), ...eventItem(head) },
      ...condition,
    },
  }
}

function listingOf({ workspaceId, eventId, eventKey }: EventHead) {
  return { workspaceId, id: eventId, key: eventKey }
}
