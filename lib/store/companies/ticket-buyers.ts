import { createHash } from 'node:crypto'
import { readSequence, type CursorPage, type CursorRequest } from '../table/cursors.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem } from '../table/read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from '../table/receipts.ts'
import { SERIAL_DIGITS } from '../table/sortable.ts'
import { BUYER_PREFIX, buyersPartition, keys, keyText } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { untilSettled } from '../table/until-settled.ts'
import { RECEIPT_MS_KEPT } from '../../limits/limits.ts'

// A company's ticket buyers are a set of ids. A buyer is one item, under a number that is made of the id: so the set has an
// order that stays, and pages have cursors, without a counter that everybody shares. Changes go like this:
//
// 1. Ids are changed in chunks, each in one transaction. Of a chunk, those that are as wanted already are left alone, and the
//    others are written on condition that they still are as they were read; where one is not, the chunk is read again.
// 2. Under an idempotency key, the transaction of a chunk keeps what it changed, and that of the last one keeps the answer. A
//    repeat of a request whose process died in between goes on behind the chunks that were done, and answers the same.

/** Ids in one transaction, which has room for the answer besides. */
const CHUNK = 90

/** Attempts of one chunk that others are in the way of. */
const ROUNDS_MAX = 8

/** Which ids are to be there, or not to be. */
export interface BuyersChange {
  readonly companyId: string
  readonly change: 'add' | 'remove'
  /** Each once. */
  readonly ids: readonly string[]
}

/** Which ids were changed, and which were as wanted already; in the order of the request. */
export interface BuyersChanged {
  readonly changed: readonly string[]
  readonly unchanged: readonly string[]
}

/** A ticket buyer, and the number by which pages are made. */
export interface TicketBuyer {
  readonly id: string
  readonly number: number
}

/** Adds ids, or removes them. */
export async function changeBuyers(
  port: Port,
  { ids, ...change }: BuyersChange,
  receiptFor: ReceiptFor<BuyersChanged>,
): Promise<BuyersChanged> {
  const changed = new Set<string>()
  const told = (): BuyersChanged => ({
    changed: ids.filter((id) => changed.has(id)),
    unchanged: ids.filter((id) => !changed.has(id)),
  })
  const request = receiptFor({ changed: [], unchanged: [] })
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = { ...change, ids: ids.slice(start, start + CHUNK), place: start / CHUNK }
    const isLast = start + CHUNK >= ids.length
    const done = await changeChunk(port, chunk, (now) => {
      for (const id of now) changed.add(id)
      const answer = isLast ? receiptFor(told()) : undefined
      for (const id of now) changed.delete(id)
      return { request: isLast ? undefined : request, answer }
    })
    for (const id of done) changed.add(id)
  }
  return told()
}

/** Lists a company's ticket buyers, in an order that stays. */
export function listBuyers(
  port: Port,
  companyId: string,
  request: CursorRequest,
): Promise<CursorPage<TicketBuyer>> {
  const read = (entries: readonly Item[]) => Promise.resolve(entries.map(readBuyer))
  const place = { partition: buyersPartition(companyId), prefix: BUYER_PREFIX }
  return readSequence(port, { ...place, isOldestFirst: true, read }, request)
}

interface Chunk extends BuyersChange {
  /** Which chunk of the request. */
  readonly place: number
}

/** What is kept with a chunk: what it changed, or after the last one the answer. */
type KeepWith = (changed: readonly string[]) => {
  readonly request: Receipt | undefined
  readonly answer: Receipt | undefined
}

/** Changes the ids of a chunk; answers which it changed, now or in an earlier sending of the same request. */
async function changeChunk(
  port: Port,
  chunk: Chunk,
  keepWith: KeepWith,
): Promise<readonly string[]> {
  const outcome = chunk.place === 0 ? 'not-applied' : 'unknown'
  return untilSettled(
    port,
    { to: 'change ticket buyers', outcome, roundsMax: ROUNDS_MAX },
    async () => {
      const done = await findProgress(port, chunk, keepWith([]).request)
      if (done !== undefined) return done
      const changing = await findChanging(port, chunk)
      const { request, answer } = keepWith(changing)
      const items = [
        ...changing.map((id) => buyerWrite(port, chunk, id)),
        ...(request === undefined ? [] : [progressPut(port, request, { chunk, changing })]),
      ]
      if (items.length === 0 && answer === undefined) return changing
      const { status } = await transactOnce(port, items, answer)
      return status === 'applied' ? changing : undefined
    },
  )
}

/** Those ids that are not as they are wanted. */
async function findChanging(port: Port, { companyId, change, ids }: Chunk): Promise<string[]> {
  const keyOf = (id: string) => keys.buyer(companyId, { id, number: numberOf(id) })
  const present = await batchGet(port, ids.map(keyOf))
  return ids.filter((id) => present.has(keyText(keyOf(id))) === (change === 'remove'))
}

function buyerWrite(
  { tableName: TableName }: Port,
  { companyId, change }: Chunk,
  id: string,
): TransactItem {
  const Key = keys.buyer(companyId, { id, number: numberOf(id) })
  return change === 'add'
    ? {
        Put: {
          TableName,
          Item: { ...Key, id },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }
    : { Delete: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } }
}

/** What an earlier sending of the request changed in this chunk; undefined where it did not come so far. */
async function findProgress(
  port: Port,
  { place }: Chunk,
  request: Receipt | undefined,
): Promise<readonly string[] | undefined> {
  if (request === undefined) return undefined
  const item = await getItem(port, keys.progress(request, place))
  if (item?.['fp'] !== request.fingerprint) return undefined
  return (item['exp'] as number) > port.clock.now() ? (item['ids'] as string[]) : undefined
}

function progressPut(
  { tableName: TableName, clock }: Port,
  request: Receipt,
  { chunk, changing }: { chunk: Chunk; changing: readonly string[] },
): TransactItem {
  const { fingerprint: fp } = request
  const exp = clock.now() + RECEIPT_MS_KEPT
  const Item = { fp, exp, ids: changing, ttl: Math.ceil(exp / 1000) }
  return {
    Put: {
      TableName,
      Item: { ...keys.progress(request, chunk.place), ...Item },
      ConditionExpression: 'attribute_not_exists(pk) OR exp <= :now OR fp <> :fp',
      ExpressionAttributeValues: { ':now': clock.now(), ':fp': fp },
    },
  }
}

function readBuyer(item: Item): TicketBuyer {
  const digits = (item['sk'] as string).slice(BUYER_PREFIX.length).slice(0, SERIAL_DIGITS)
  return { id: item['id'] as string, number: Number(digits) }
}

/** Hexadecimal digits of a number below 2^52. */
const NUMBER_DIGITS = 13

function numberOf(id: string): number {
  const hash = createHash('sha256').update(id).digest('hex')
  return Number.parseInt(hash.slice(0, NUMBER_DIGITS), 16)
}
