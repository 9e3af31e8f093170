import type { LoggedLine } from '../inventory/company-log.ts'
import type { ChartHead, EventDetails, EventHead } from '../inventory/records.ts'
import { newChartWrites, type NewChart, type NewContents } from './charts.ts'
import { logWrites } from './company-log.ts'
import { detailsRemoval, detailsWrites } from './event-details.ts'
import { eventItem, isReserved, readEventItem } from './heads.ts'
import { listingWrites, readListed, type List, type ListingEntry } from './listings.ts'
import type { Port } from './port.ts'
import { getItem, queryPages } from './read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from './receipts.ts'
import { CHART_EVENT_PREFIX, chartPartition, keys, type Key } from './table.ts'
import type { TransactItem } from './transact.ts'

/** Reads an event's head, consistently; undefined when there is none. */
export async function getEvent(
  port: Port,
  workspaceId: string,
  eventKey: string,
): Promise<EventHead | undefined> {
  const item = await getItem(port, keys.eventHead(workspaceId, eventKey))
  return item === undefined || isReserved(item) ? undefined : readEventItem(item)
}

/** How an event is to be written back. */
export interface EventReplacement {
  /** As it was read. */
  readonly before: EventHead
  /** As it is to be; with another key, the event moves there. */
  readonly after: EventHead
  /** What it says beyond its head from now on; undefined leaves that as it is. */
  readonly details?: EventDetails
  /** What the company's log is to tell of it. */
  readonly log?: readonly LoggedLine[]
  /** The chart that it goes to, where that is created in the same commit. */
  readonly newChart?: NewChart & NewContents
}

/**
 * Replaces an event's head if nobody changed it since it was read, if its new key is free, and if the chart that it goes to
 * is published.
 */
export async function replaceEvent(
  port: Port,
  { before, after, details, log = [], newChart }: EventReplacement,
  receiptFor: ReceiptFor<EventHead>,
): Promise<EventHead | 'changed' | 'key-taken'> {
  const written = details && detailsWrites(port, after.eventId, details)
  const { details: former, ...others } = after
  const kept = written === undefined ? former : written.ref
  const head = {
    ...others,
    ...(kept === undefined ? {} : { details: kept }),
    version: before.version + 1,
  }
  const guard = {
    ConditionExpression: 'id = :id AND v = :v',
    ExpressionAttributeValues: { ':id': before.eventId, ':v': before.version },
  }
  const isMoved = before.eventKey !== after.eventKey
  const items = [
    ...(isMoved ? moveWrites(port, { before, head, guard }) : [putHead(port, head, guard)]),
    ...(before.chartId === after.chartId ? [] : rebindWrites(port, { before, head, newChart })),
    putById(port, head),
    ...(written === undefined ? [] : [...written.writes, ...detailsRemoval(port, before)]),
    ...logWrites(port, log),
  ]
  const outcome = await transactOnce(port, items, receiptFor(head))
  if (outcome.status === 'applied') return head
  const isTaken = isMoved && outcome.reasons[1]?.code === 'ConditionalCheckFailed'
  return isTaken ? 'key-taken' : 'changed'
}

/** The head goes from one key to another; its place in the list stays, and tells that the event has not gone. */
function moveWrites(
  port: Port,
  move: { before: EventHead; head: EventHead; guard: Guard },
): TransactItem[] {
  const { workspaceId, serial, eventKey: key } = move.head
  const { tableName: TableName } = port
  const Key = keys.eventHead(workspaceId, move.before.eventKey)
  return [
    { Delete: { TableName, Key, ...move.guard } },
    putHead(port, move.head, { ConditionExpression: 'attribute_not_exists(pk)' }),
    { Put: { TableName, Item: { ...keys.eventListing(workspaceId, serial), key } } },
    chartPlacePut(port, move.head),
  ]
}

/**
 * The event goes from one chart to another, which must be published or comes with it. Where the event's key changes too, its
 * new place is written with that.
 */
function rebindWrites(port: Port, { before, head, newChart }: Rebinding): TransactItem[] {
  const isMoved = before.eventKey !== head.eventKey
  const condition = 'id = :id AND attribute_exists(pub)'
  return [
    countOnChart(port, before, { change: -1, condition: 'id = :id' }),
    ...(newChart === undefined
      ? [countOnChart(port, head, { change: 1, condition })]
      : newChartWrites(port, newChart, { ...newChart, events: 1, log: [] }).items),
    { Delete: { TableName: port.tableName, Key: chartPlaceOf(before) } },
    ...(isMoved ? [] : [chartPlacePut(port, head)]),
  ]
}

interface Rebinding {
  readonly before: EventHead
  readonly head: EventHead
  readonly newChart: EventReplacement['newChart']
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
    putById(port, head, { ttl: Math.ceil(port.clock.now() / 1000) + TOLD_SECONDS_MAX }),
    ...listingWrites(port, 'events', { ...listingOf(head), change: 'remove' }),
    { Delete: { TableName: port.tableName, Key: chartPlaceOf(head) } },
  ]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** Whether an event is in its workspace's list: one that is not has gone, whatever became of its head. */
export async function isListed(
  port: Port,
  { workspaceId, serial }: Pick<EventHead, 'workspaceId' | 'serial'>,
): Promise<boolean> {
  return (await getItem(port, keys.eventListing(workspaceId, serial))) !== undefined
}

/** The list of a workspace's events. */
export function eventList(workspaceId: string): List<EventHead> {
  const headKey = (eventKey: string) => keys.eventHead(workspaceId, eventKey)
  return { listed: 'events', workspaceId, headKey, read: readEventItem }
}

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

interface Guard {
  readonly ConditionExpression: string
  readonly ExpressionAttributeValues?: Record<string, string | number>
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD'
}

/** Writes a head, on a condition. */
export function putHead({ tableName }: Port, head: EventHead, condition: Guard): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.eventHead(head.workspaceId, head.eventKey), ...eventItem(head) },
      ...condition,
    },
  }
}

/** Seconds after its end in which an event's last changes are told: the stream keeps them for a day. */
const TOLD_SECONDS_MAX = 3 * 24 * 3_600

/** Writes the head once more by the event's id, for whoever has nothing but a row. */
export function putById({ tableName }: Port, head: EventHead, ends: { ttl?: number } = {}) {
  const item = { ...keys.eventById(head.eventId), ...eventItem(head), ...ends }
  return { Put: { TableName: tableName, Item: item } } satisfies TransactItem
}

/** An event's place in its workspace's list. */
export function listingOf({ workspaceId, serial, eventKey }: EventHead): ListingEntry {
  return { workspaceId, serial, key: eventKey }
}

/** The key of an event's place in the list of its chart's events. */
export function chartPlaceOf({ workspaceId, chartKey, serial }: EventHead): Key {
  return keys.chartEvent(workspaceId, chartKey, serial)
}

/** Enters an event into the list of its chart's events; for a batch, on condition that it will be. */
export function chartPlacePut(
  { tableName }: Port,
  head: EventHead,
  batchId?: string,
): TransactItem {
  const { eventKey: key } = head
  const reserved = batchId === undefined ? {} : { bt: batchId }
  return { Put: { TableName: tableName, Item: { ...chartPlaceOf(head), key, ...reserved } } }
}

/** Events of a chart, newest first, as many as are wanted. */
export interface EventsWanted {
  readonly chart: ChartHead
  readonly limit: number
}

/** Reads the newest events of charts, by chart id: one query for each chart that has any, and the heads in batches. */
export async function listEventsOfCharts(
  port: Port,
  workspaceId: string,
  wanted: readonly EventsWanted[],
): Promise<Map<string, EventHead[]>> {
  const eventKeys = await Promise.all(wanted.map((it) => keysOfChart(port, it)))
  const heads = await readListed(port, eventList(workspaceId), eventKeys.flat())
  const of = (chart: ChartHead) => heads.filter((head) => head?.chartId === chart.chartId)
  return new Map(
    wanted.map(({ chart }) => [chart.chartId, of(chart).filter((head) => head !== undefined)]),
  )
}

async function keysOfChart(
  port: Port,
  { chart: { workspaceId, chartKey, events }, limit }: EventsWanted,
): Promise<string[]> {
  const found: string[] = []
  if (events === 0 || limit === 0) return found
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': chartPartition(workspaceId, chartKey),
      ':prefix': CHART_EVENT_PREFIX,
    },
    ScanIndexForward: false,
    Limit: limit,
  })
  for await (const items of pages) {
    found.push(...items.map((item) => item['key'] as string))
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
