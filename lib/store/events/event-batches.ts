import { AlreadyRecorded, Fault } from '../../faults.ts'
import { instant } from '../../clock.ts'
import type { EventHead } from '../../records/records.ts'
import type { EventConflict, EventsCreated } from './create-events.ts'
import { detailsRemoval } from './event-details.ts'
import { chartPlaceOf, chartPlacePut, listingOf, putById, putHead } from './event-writes.ts'
import { packText, unpackText } from '../table/items.ts'
import { listingPut } from '../table/listings.ts'
import { backOff, type Port } from '../table/port.ts'
import { getItem, queryAll } from '../table/read.ts'
import { transactOnce, type Receipt } from '../table/receipts.ts'
import { partitionStarts } from '../table/partitions.ts'
import { keys, sortable } from '../table/table.ts'
import { transact, type Reason, type Transacted, type TransactItem } from '../table/transact.ts'

// Events that do not fit into one transaction are created all or none like this:
//
// 1. Open: a record of the heads that are to be, with a deadline, and what the events say beyond their heads.
// 2. Reserve: every key, every id and every place in the two lists, some in each transaction, which also checks that the
//    record is still open. Whoever wants a reserved key waits.
// 3. Decide: one transaction closes the record before its deadline, counts the events on their chart, which must still
//    be published, and keeps the answer. This is the commit point: before it nobody finds an event, after it everybody finds
//    all of them. Whoever reads a reserved key asks the record, and takes the head from there (`decided-heads.ts`).
// 4. Apply: the heads take their reserved keys, all of them at once. May be repeated by anyone: where nothing is reserved
//    any more, it was done before. Whoever changes an event that is only decided ends this first.
// 5. Finish: the record goes.
//
// A key that is taken undoes all that, and so does a deadline that has passed: the record is marked first, so that nothing
// of steps 2 and 3 can land any more, then the reservations go. Whoever meets a reservation past its deadline ends its
// batch, and so does a timer.

/** Milliseconds in which a batch is decided, or not at all. */
const BATCH_MS_MAX = 15_000

/** Events reserved in one transaction: key, id and two places for each, and the record, of up to 100 items. */
const CHUNK = 24

/** Heads that take their places in one transaction: all that one request creates. */
const HEADS_AT_ONCE = 100

/** Attempts of one transaction that others are in the way of. */
const ROUNDS_MAX = 6

/** Everything that is to be created. */
export interface Batch {
  readonly heads: readonly EventHead[]
  readonly details: readonly TransactItem[]
  /** The first is guarded by the chart, which must still be published. */
  readonly counts: readonly TransactItem[]
}

/** Creates events all or none, in several transactions. */
export async function createBatch(
  port: Port,
  batch: Batch,
  receipt: Receipt | undefined,
): Promise<EventsCreated> {
  const batchId = `${sortable(instant(port.clock.now() + BATCH_MS_MAX))}#${port.ids.ulid()}`
  await open(port, batchId, batch)
  for (const chunk of chunksOf(batch.heads, CHUNK)) {
    const conflict = await reserve(port, batchId, chunk)
    if (conflict === undefined) continue
    await settle(port, batchId, { isDue: true })
    return conflict
  }
  const conflict = await decide(port, batchId, { counts: batch.counts, receipt })
  await settle(port, batchId, { isDue: conflict !== undefined })
  return conflict ?? { status: 'created' }
}

/** Ends a batch that is decided or past its deadline; leaves one that is under way. */
export async function settleBatch(port: Port, batchId: string): Promise<void> {
  await settle(port, batchId, { isDue: batchId < sortable(port.clock.now()) })
}

/** Ends the batches whose reservations stood in the way of a write, if they can be; answers whether there were any. */
export async function settleInTheWay(port: Port, reasons: readonly Reason[]): Promise<boolean> {
  const batchIds = new Set(
    reasons.flatMap(({ item }) => (item?.['bt'] as string | undefined) ?? []),
  )
  for (const batchId of batchIds) await settleBatch(port, batchId)
  return batchIds.size > 0
}

/** Ends what processes left behind that were creating many events together: all batches that are past their deadlines, each by itself; answers how many it ended, and tells which it could not. */
export async function settleEventBatches(
  port: Port,
  onFailure: (batchId: string, error: unknown) => void,
): Promise<number> {
  const due = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND sk < :now',
    ExpressionAttributeValues: {
      ':pk': partitionStarts.eventBatches,
      ':now': sortable(port.clock.now()),
    },
    ProjectionExpression: 'sk',
  })
  let ended = 0
  for (const { sk } of due) {
    try {
      await settle(port, sk as string, { isDue: true })
      ended += 1
    } catch (error) {
      onFailure(sk as string, error)
    }
  }
  return ended
}

async function open(port: Port, batchId: string, { heads, details }: Batch): Promise<void> {
  const data = packText(JSON.stringify(heads))
  const record = { ...keys.eventBatch(batchId), st: 'P', data }
  await write(port, [{ Put: { TableName: port.tableName, Item: record } }])
  for (const chunk of chunksOf(details, CHUNK)) await write(port, chunk)
}

async function reserve(
  port: Port,
  batchId: string,
  heads: readonly EventHead[],
): Promise<EventConflict | undefined> {
  const { tableName: TableName } = port
  const keyPuts = heads.map(({ workspaceId, eventKey }) => ({
    Put: {
      TableName,
      Item: { ...keys.eventHead(workspaceId, eventKey), bt: batchId },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  }))
  const places = heads.map((head) =>
    listingPut(TableName, 'events', { ...listingOf(head), batchId }),
  )
  const chartPlaces = heads.map((head) => chartPlacePut(port, head, batchId))
  const byId = heads.map((head) => putById(port, head))
  const isOpen = { ConditionCheck: { TableName, Key: keys.eventBatch(batchId), ...stillOpen } }
  const outcome = await write(port, [...keyPuts, ...places, ...chartPlaces, ...byId, isOpen])
  if (outcome.status === 'applied') return undefined
  const failed = outcome.reasons.findIndex(({ code }) => code === 'ConditionalCheckFailed')
  const taken = heads[failed]
  if (taken === undefined) return { status: 'contended' }
  if (await settleInTheWay(port, outcome.reasons)) return { status: 'contended' }
  return { status: 'key-taken', eventKey: taken.eventKey }
}

const stillOpen = {
  ConditionExpression: 'st = :open',
  ExpressionAttributeValues: { ':open': 'P' },
}

/** Undefined when it is decided that the events shall be; otherwise nothing was done. */
async function decide(
  port: Port,
  batchId: string,
  { counts, receipt }: { counts: readonly TransactItem[]; receipt: Receipt | undefined },
): Promise<EventConflict | undefined> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    if (batchId < sortable(port.clock.now())) break
    const outcome = await transactOnce(port, [mark(port, batchId, 'C'), ...counts], receipt).catch(
      async (error: unknown) => {
        if (error instanceof AlreadyRecorded) await settle(port, batchId, { isDue: true })
        throw error
      },
    )
    if (outcome.status === 'applied') return undefined
    const [record, chart] = outcome.reasons
    if (record?.code === 'ConditionalCheckFailed') break
    if (chart?.code === 'ConditionalCheckFailed') return { status: 'chart-changed' }
    await backOff(port, round)
  }
  return { status: 'contended' }
}

/** Applies what is decided, undoes what is due, and leaves the rest. */
async function settle(port: Port, batchId: string, { isDue }: { isDue: boolean }): Promise<void> {
  const { tableName: TableName } = port
  const Key = keys.eventBatch(batchId)
  const record = await getItem(port, Key)
  if (record === undefined) return
  const heads = JSON.parse(unpackText(record['data'] as Uint8Array[])) as EventHead[]
  if (record['st'] === 'C') await apply(port, batchId, heads)
  else {
    if (!isDue) return
    const isOpen = record['st'] === 'P'
    const marked = isOpen ? await write(port, [mark(port, batchId, 'A')]) : undefined
    // Somebody decided it meanwhile: look again.
    if (marked?.status === 'cancelled') return settle(port, batchId, { isDue })
    await undo(port, batchId, heads)
  }
  await write(port, [{ Delete: { TableName, Key } }])
}

async function apply(port: Port, batchId: string, heads: readonly EventHead[]): Promise<void> {
  const puts = heads.map((head) => putHead(port, head, reservedBy(batchId)))
  for (const chunk of chunksOf(puts, HEADS_AT_ONCE)) await write(port, chunk)
}

async function undo(port: Port, batchId: string, heads: readonly EventHead[]): Promise<void> {
  const { tableName: TableName } = port
  for (const chunk of chunksOf(heads, CHUNK)) {
    const reserved = chunk.flatMap((head) => [
      keys.eventHead(head.workspaceId, head.eventKey),
      keys.eventListing(head.workspaceId, head.serial),
      chartPlaceOf(head),
    ])
    const mine = reservedBy(batchId)
    await write(port, [
      ...reserved.map((Key) => ({ Delete: { TableName, Key, ...mine } })),
      ...chunk.map(({ eventId }) => ({ Delete: { TableName, Key: keys.eventById(eventId) } })),
    ])
  }
  const details = heads.flatMap((head) => detailsRemoval(port, head))
  for (const chunk of chunksOf(details, CHUNK)) await write(port, chunk)
}

function reservedBy(batchId: string) {
  return {
    ConditionExpression: 'bt = :batch',
    ExpressionAttributeValues: { ':batch': batchId },
  }
}

/** Marks a record that is open: decided, or abandoned. Once it is abandoned it cannot be decided, however late that lands. */
function mark({ tableName }: Port, batchId: string, status: 'C' | 'A'): TransactItem {
  return {
    Update: {
      TableName: tableName,
      Key: keys.eventBatch(batchId),
      UpdateExpression: 'SET st = :status',
      ConditionExpression: stillOpen.ConditionExpression,
      ExpressionAttributeValues: { ':status': status, ...stillOpen.ExpressionAttributeValues },
    },
  }
}

/** Applies all items or, where a condition fails, none; throws a fault where others stay in the way. */
async function write(port: Port, items: TransactItem[]): Promise<Transacted> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const outcome = await transact(port, items)
    if (outcome.status === 'applied') return outcome
    if (outcome.reasons.some(({ code }) => code === 'ConditionalCheckFailed')) return outcome
    await backOff(port, round)
  }
  throw new Fault('The store is too busy to create events', { outcome: 'unknown' })
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = []
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size))
  }
  return chunks
}
