import { defined } from '../../defined.ts'
import { AlreadyRecorded, Fault } from '../../faults.ts'
import { instant, type Instant } from '../../clock.ts'
import type { StoredAnswer } from '../commit/details.ts'
import { packText, unpackText, type Item } from './items.ts'
import { backOff, type Port } from './port.ts'
import { batchGet, getItem } from './read.ts'
import { keys, keyText } from './table.ts'
import { isThrottledOnly, transact } from './transact.ts'
import type { Reason, Transacted, TransactItem } from './transact.ts'
import { untilSettled } from './until-settled.ts'
import { inRounds } from '../../in-rounds.ts'
import { RECEIPT_MS_KEPT, SLOW_STORE_SECONDS } from '../../limits/limits.ts'

// What a request with an idempotency key answered:
//
// 1. It is written in the very commit that makes the change: the answer itself, or for a large commit the operation, whose
//    header says whether the change was made and whose details hold the answer.
// 2. It is written only where there is none; or only an old one; or one that points to an operation which was seen aborted.
//    Of two copies of a request that arrive together, one loses there, and nothing of it is done.
// 3. After 24 hours by the clock it counts no more, whenever TTL removes it.

/** Which request: by the key that asks and a hash of the idempotency key. */
export interface RequestName {
  readonly keyId: string
  readonly hash: string
}

/** What to keep with a commit: the request, and its answer if the commit succeeds. */
export interface Receipt extends RequestName {
  /** Of everything that decides what the request means. */
  readonly fingerprint: string
  readonly answer: StoredAnswer
  /** The operation that an earlier attempt of this request left, and that was aborted. */
  readonly replaces?: string
}

/** What to keep of a request, if it has an idempotency key, once it is known what comes of it. */
export type ReceiptFor<T> = (value: T) => Receipt | undefined

/** What is kept of a request: its answer, or the operation that will tell it. */
export type Recorded = { readonly fingerprint: string } & (
  | { readonly kind: 'answer'; readonly answer: StoredAnswer }
  | { readonly kind: 'operation'; readonly operationId: string }
)

/** Reads what is kept of a request; undefined where nothing is, or nothing that still counts. */
export async function findRecorded(port: Port, name: RequestName): Promise<Recorded | undefined> {
  const item = await getItem(port, keys.receipt(name))
  if (item === undefined || !isCurrent(item, port.clock.now())) return undefined
  const fingerprint = item['fp'] as string
  const operationId = item['op'] as string | undefined
  if (operationId !== undefined) return { kind: 'operation', fingerprint, operationId }
  const first = item['a'] as Uint8Array
  const answerId = item['id'] as string
  const partKeys = Array.from({ length: (item['parts'] as number) - 1 }, (_, index) =>
    keys.receiptPart(name, { answerId, part: index + 1 }),
  )
  const rest = partKeys.length === 0 ? new Map<string, Item>() : await batchGet(port, partKeys)
  const parts = partKeys.flatMap(
    (key) => (rest.get(keyText(key))?.['a'] as Uint8Array | undefined) ?? [],
  )
  const body = unpackText([first, ...parts])
  return { kind: 'answer', fingerprint, answer: { status: item['status'] as number, body } }
}

/** Throws when an item that was read keeps the request already, and not just an attempt that is to be replaced. */
export function refuseInTheWay(
  { clock }: Port,
  item: Item | undefined,
  { replaces }: Pick<Receipt, 'replaces'>,
): void {
  if (item === undefined || !isCurrent(item, clock.now())) return
  if (replaces === undefined || item['op'] !== replaces) throw new AlreadyRecorded()
}

function isCurrent(item: Item, now: Instant): boolean {
  return (item['exp'] as number) > now
}

/** The writes that keep an answer; the first is the one whose condition counts. */
export function answerWrites(port: Port, receipt: Receipt): TransactItem[] {
  const { status, body } = receipt.answer
  const [first, ...rest] = packText(body)
  const answerId = port.ids.ulid()
  const times = timesOf(port)
  return [
    receiptPut(port, receipt, { ...times, status, a: first, id: answerId, parts: rest.length + 1 }),
    ...rest.map((a, index) => ({
      Put: {
        TableName: port.tableName,
        Item: { ...keys.receiptPart(receipt, { answerId, part: index + 1 }), a, ttl: times.ttl },
      },
    })),
  ]
}

/** The write that points to the operation which will tell the answer. */
export function pointerWrite(port: Port, receipt: Receipt, operationId: string): TransactItem {
  return receiptPut(port, receipt, { ...timesOf(port), op: operationId })
}

function timesOf({ clock }: Port) {
  const expiresAt = instant(clock.now() + RECEIPT_MS_KEPT)
  return { exp: expiresAt, ttl: Math.ceil(expiresAt / 1000) }
}

function receiptPut(port: Port, receipt: Receipt, attributes: Item): TransactItem {
  const { fingerprint: fp, replaces } = receipt
  const clauses = ['attribute_not_exists(pk)', 'exp <= :now']
  if (replaces !== undefined) clauses.push('op = :replaces')
  return {
    Put: {
      TableName: port.tableName,
      Item: { ...keys.receipt(receipt), fp, ...attributes },
      ConditionExpression: clauses.join(' OR '),
      ExpressionAttributeValues: {
        ':now': port.clock.now(),
        ...defined({ ':replaces': replaces }),
      },
    },
  }
}

/** Throws when the write at that place found that its request is kept already. */
export function refuseRecorded(reasons: readonly Reason[], place: number): void {
  if (reasons[place]?.code === 'ConditionalCheckFailed') throw new AlreadyRecorded()
}

/**
 * Applies items, and keeps the answer if there is one to keep; throws when the request is kept already. Sends them again where the store
 * was only too slow to take them, and throws a fault that says so where it stays like that: cancelled means that others were in the way.
 */
export async function transactOnce(
  port: Port,
  items: TransactItem[],
  receipt: Receipt | undefined,
): Promise<Transacted> {
  const all = receipt === undefined ? items : [...items, ...answerWrites(port, receipt)]
  const backingOff = (round: number) => backOff(port, round)
  const settled = await inRounds(backingOff, async () => {
    const outcome = await transact(port, all)
    if (outcome.status === 'applied') return outcome
    refuseRecorded(outcome.reasons, items.length)
    return isThrottledOnly(outcome.reasons) ? undefined : outcome
  })
  if (settled !== undefined) return settled
  throw new Fault('The store is too slow to take a change', {
    outcome: 'not-applied',
    retryAfterSeconds: SLOW_STORE_SECONDS,
  })
}

/** Throws when the request is kept already; for actions that are about to answer without having changed anything. */
export async function refuseIfRecorded(
  port: Port,
  request: RequestName & Pick<Receipt, 'replaces'>,
): Promise<void> {
  refuseInTheWay(port, await getItem(port, keys.receipt(request)), request)
}

/** Keeps the answer of a request that changed nothing; throws when the request is kept already. */
export async function keepReceipt(port: Port, receipt: Receipt | undefined): Promise<void> {
  if (receipt === undefined) return
  await untilSettled(port, { to: 'keep an answer' }, async () => {
    const outcome = await transactOnce(port, [], receipt)
    return outcome.status === 'applied' ? outcome : undefined
  })
}
