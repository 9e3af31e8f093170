import { defined } from '../../defined.ts'
import type { LoggedLine } from '../../records/company-log.ts'
import type { ChartHead, EventDetails, EventHead, EventWords } from '../../records/records.ts'
import { formerWords } from '../../rules/former-words.ts'
import { newChartWrites, type NewChart, type NewContents } from '../charts/charts.ts'
import { logWrites } from '../companies/company-log.ts'
import { itemAsDecided, readWhole } from '../commit/as-decided.ts'
import { settleInTheWay } from '../commit/settle-locks.ts'
import { detailsRemoval, detailsWrites } from './event-details.ts'
import {
  asItWasRead,
  chartPlaceOf,
  chartPlacePut,
  countOnChart,
  countWrites,
  putById,
  putHead,
  type HeadGuard,
} from './event-writes.ts'
import { tellSeason, termsWrites, type TermsReplacement } from './replace-terms.ts'
import type { SeasonNow } from './seasons.ts'
import { readEventItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import { readByCursor, type CursorPage, type CursorRequest } from '../table/cursors.ts'
import { readListed, readPage, type List, type Page, type PageRequest } from '../table/listings.ts'
import type { Port } from '../table/port.ts'
import { getItem, queryPages } from '../table/read.ts'
import { raiseRevisions } from '../charts/revisions.ts'
import { transactOnce, type Receipt, type ReceiptFor } from '../table/receipts.ts'
import { CHART_EVENT_PREFIX, chartPartition, keys, type Key } from '../table/table.ts'
import { toldUntil } from '../table/delete-partition.ts'
import type { TransactItem } from '../table/transact.ts'

/** Reads an event's head, consistently; undefined when there is none. */
export async function getEvent(
  port: Port,
  workspaceId: string,
  eventKey: string,
): Promise<EventHead | undefined> {
  const item = await getDecided(port, keys.eventHead(workspaceId, eventKey))
  return item === undefined ? undefined : readEventItem(item)
}

/** Reads one item as it is by what is decided. */
async function getDecided(port: Port, key: Key): Promise<Item | undefined> {
  const item = await getItem(port, key)
  return item && itemAsDecided(port, item)
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
  /** Of an event in a season: the season as it was read, which is told what it keeps of its events. */
  readonly season?: SeasonNow
}

/**
 * Replaces an event's head if nobody changed it since it was read, if its new key is free, and if the chart that it goes to
 * is published.
 */
export async function replaceEvent(
  port: Port,
  { before, after, details, log = [], newChart, season }: EventReplacement,
  receiptFor: ReceiptFor<EventHead>,
): Promise<EventHead | 'changed' | 'key-taken'> {
  const written = details && detailsWrites(port, after.eventId, details)
  const { details: formerDetails, formerly, ...others } = after
  const kept = written === undefined ? formerDetails : written.ref
  const former = formerWords(before.formerly, {
    before: wordsOf(before),
    after: wordsOf(after),
    now: port.clock.now(),
  })
  const head = {
    ...others,
    ...defined({ details: kept, formerly: former }),
    version: before.version + 1,
  }
  const told = season && tellSeason(season, { head, details })
  const guard = asItWasRead(before)
  const isMoved = before.eventKey !== after.eventKey
  const items = [
    ...(isMoved ? moveWrites(port, { before, head, guard }) : [putHead(port, head, guard)]),
    ...(before.chartId === after.chartId ? [] : rebindWrites(port, { before, head, newChart })),
    putById(port, head),
    ...(written === undefined ? [] : [...written.writes, ...detailsRemoval(port, before)]),
    ...logWrites(port, log),
    ...(told === undefined ? [] : termsWrites(port, told).items),
    ...raiseRevisions(port, [before]),
  ]
  const outcome = await transactOnce(port, items, receiptFor(head))
  if (outcome.status === 'applied') return head
  if (await settleInTheWay(port, outcome.reasons)) return 'changed'
  const isTaken = isMoved && outcome.reasons[1]?.code === 'ConditionalCheckFailed'
  return isTaken ? 'key-taken' : 'changed'
}

function wordsOf({ eventKey, name, chartKey, chartId }: EventHead): EventWords {
  return { eventKey, ...defined({ name }), chartKey, chartId }
}

/** The head goes from one key to another; its place in the list stays, and tells that the event has not gone. */
function moveWrites(
  port: Port,
  move: { before: EventHead; head: EventHead; guard: HeadGuard },
): TransactItem[] {
  const { workspaceId, serial, eventKey: key } = move.head
  const { tableName: TableName } = port
  const Key = keys.eventHead(workspaceId, move.before.eventKey)
  return [
    { Delete: { TableName, Key, ...move.guard } },
    putHead(port, move.head, {
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
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

/** Events that go together: all of one chart, and all of one season if they are of any. */
export interface EventRemoval {
  readonly heads: readonly EventHead[]
  /** How their season is replaced, which loses them. */
  readonly season?: TermsReplacement
}

/** Deletes the heads of events, of all or of none, if nobody changed one since it was read; a worker then removes their rows. */
export async function deleteEvents(
  port: Port,
  { heads, season }: EventRemoval,
  receipt?: Receipt,
): Promise<boolean> {
  const items = [
    ...heads.flatMap((head) => removalOf(port, head)),
    ...countWrites(port, heads, { change: -heads.length, condition: 'id = :id' }),
    ...(season === undefined ? [] : termsWrites(port, season).items),
    ...raiseRevisions(port, heads),
  ]
  const outcome = await transactOnce(port, items, receipt)
  if (outcome.status === 'applied') return true
  await settleInTheWay(port, outcome.reasons)
  return false
}

function removalOf(port: Port, head: EventHead): TransactItem[] {
  const { tableName: TableName } = port
  const { workspaceId, eventKey, serial } = head
  return [
    { Delete: { TableName, Key: keys.eventHead(workspaceId, eventKey), ...asItWasRead(head) } },
    putById(port, head, { ttl: toldUntil(port) }),
    { Delete: { TableName, Key: keys.eventListing(workspaceId, serial) } },
    { Delete: { TableName, Key: chartPlaceOf(head) } },
  ]
}

/** Whether an event is in its workspace's list: one that is not has gone, whatever became of its head. */
export async function isEventListed(
  port: Port,
  { workspaceId, serial }: Pick<EventHead, 'workspaceId' | 'serial'>,
): Promise<boolean> {
  return (await getDecided(port, keys.eventListing(workspaceId, serial))) !== undefined
}

/** Reads a page of a workspace's events, newest first. */
export function listEvents(
  port: Port,
  workspaceId: string,
  request: PageRequest,
): Promise<Page<EventHead>> {
  return readPage(port, eventList(workspaceId), request)
}

/** Lists the events of a workspace from a cursor on, newest first. */
export function listEventsFrom(
  port: Port,
  workspaceId: string,
  request: CursorRequest,
): Promise<CursorPage<EventHead>> {
  return readByCursor(port, eventList(workspaceId), request)
}

function eventList(workspaceId: string): List<EventHead> {
  const headKey = (eventKey: string) => keys.eventHead(workspaceId, eventKey)
  return { listed: 'events', workspaceId, headKey, read: readEventItem }
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
  const heads = await readWhole(port, async (see) => {
    const entries = await Promise.all(wanted.map((it) => entriesOfChart(port, it)))
    return readListed(port, eventList(workspaceId), see(entries.flat()))
  })
  const of = (chart: ChartHead) => heads.filter((head) => head?.chartId === chart.chartId)
  return new Map(
    wanted.map(({ chart }) => [chart.chartId, of(chart).filter((head) => head !== undefined)]),
  )
}

async function entriesOfChart(
  port: Port,
  { chart: { workspaceId, chartKey, events }, limit }: EventsWanted,
): Promise<Item[]> {
  const found: Item[] = []
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
    found.push(...items)
    if (found.length >= limit) break
  }
  return found.slice(0, limit)
}
