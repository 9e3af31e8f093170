import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import { Fault } from '../../faults.ts'
import type { Item } from '../table/items.ts'
import { backOff, type Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import { shownKey } from '../table/row-kinds.ts'
import { keys, type Key } from '../table/table.ts'
import { noRoom, waitForRoom } from '../table/throttled.ts'
import {
  conditionFailed,
  isThrottledOnly,
  transactNow,
  type TransactItem,
} from '../table/transact.ts'
import { sendOnce, writeItem, type Sent } from '../table/write-item.ts'
import { DAY_MS } from '../../limits/durations.ts'

// The header of a large commit: the one item that says whether it happened.
//
// 1. It is opened pending, with a deadline, which may be put off (lease.ts). Who opened it may decide it, until the deadline;
//    after it anyone may abort it.
// 2. Committed and aborted are final. Both writes are conditional on the header being pending, so one of them wins.
// 3. A lost answer to either is settled by what the header says when the write is sent again; whoever has sent an abort
//    never decides any more.
// 4. Only once all is applied or undone it is marked finished, and only then it may be removed by TTL.

/** Milliseconds that a finished header is kept: longer than a request may be repeated with its key. */
const FINISHED_MS_KEPT = 2 * DAY_MS

/** Parts of details that a header may name; those of the largest commit fill a few. */
const PARTS_MAX = 100

/** What has been decided; a commit counts from that moment on. */
export type OperationOutcome =
  { readonly status: 'committed'; readonly at: Instant } | { readonly status: 'aborted' }

const aborted: OperationOutcome = { status: 'aborted' }

/** A header as it is read. */
export interface Operation {
  readonly operationId: string
  /** Undefined while it is pending. */
  readonly decided: OperationOutcome | undefined
  readonly deadline: Instant
  /** Parts of its details. */
  readonly parts: number
  readonly isFinished: boolean
}

/** What is found where a header should be. */
export type Found = Operation | 'missing' | 'damaged'

/** Attributes of a header that has just been opened. */
export function headerItem(deadline: Instant, parts: number): Item {
  return { st: 'P', dl: deadline, parts }
}

/** Reads a header, consistently; one that cannot be read is reported by its key. */
export async function readOperation(port: Port, operationId: string): Promise<Found> {
  const item = await getItem(port, keys.operation(operationId))
  if (item === undefined) return 'missing'
  const found = readHeader(operationId, item)
  if (found === 'damaged') reportDamage(port, 'header', keys.operation(operationId))
  return found
}

/** Reads a header's attributes. */
export function readHeader(operationId: string, item: Item): Operation | 'damaged' {
  const { st, dl, parts, fin, da } = item as Record<string, unknown>
  const isState = st === 'P' || st === 'A' || (st === 'C' && typeof da === 'number')
  if (!isState || typeof dl !== 'number' || !isCount(parts)) return 'damaged'
  const decided: Operation['decided'] =
    st === 'C' ? { status: 'committed', at: da as Instant } : st === 'A' ? aborted : undefined
  return { operationId, decided, deadline: dl as Instant, parts, isFinished: fin !== undefined }
}

function isCount(parts: unknown): parts is number {
  return Number.isInteger(parts) && Number(parts) >= 1 && Number(parts) <= PARTS_MAX
}

/** Says in the log what cannot be read: whoever runs the table must look at it. Secrets are left out of the key. */
export function reportDamage({ log }: Port, what: string, key: Key): void {
  log({ level: 'error', message: `A damaged ${what} keeps objects busy`, key: shownKey(key) })
}

/**
 * Commits a pending operation before its deadline, or else aborts it; answers which of the two it is, and when. What goes with the
 * decision is written in the same transaction, and so just as surely once; `isRefused` where a condition of it failed. Throws
 * a fault when that cannot be learned, or when the store has no room for it in time: then it was not committed, and the caller aborts it.
 */
export async function decideOperation(
  port: Port,
  { operationId, deadline }: Pick<Operation, 'operationId' | 'deadline'>,
  withDecision: readonly TransactItem[] = [],
): Promise<OperationOutcome & { readonly isRefused?: true }> {
  let hasSentUnknown = false
  for (let attempt = 1; ; attempt += 1) {
    const now = port.clock.now()
    // From here on the outcome may be a commit that nobody was told of.
    if (now >= deadline) return abortOperation(port, operationId, 'unknown')
    const decide = {
      TableName: port.tableName,
      Key: keys.operation(operationId),
      UpdateExpression: 'SET st = :committed, da = :now',
      ConditionExpression: 'st = :pending AND dl > :now',
      ExpressionAttributeValues: { ':committed': 'C', ':pending': 'P', ':now': now },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const
    const sent = await sendDecision(port, decide, withDecision)
    if (sent === 'barred') {
      const decided = await abortOperation(port, operationId, 'unknown')
      return decided.status === 'aborted' ? { ...decided, isRefused: true } : decided
    }
    if (sent.status === 'applied') return { status: 'committed', at: now }
    if (sent.status === 'refused') {
      const decided = decidedIn(operationId, sent.item)
      if (decided !== undefined) return decided
    }
    hasSentUnknown ||= sent.status === 'lost'
    if (hasSentUnknown || sent.status !== 'not-applied' || sent.why !== 'throttled') {
      await backOff(port, attempt)
    } else if (!(await waitForRoom(port, attempt))) throw noRoom(port)
  }
}

type Decision = Extract<TransactItem['Update'], object>

/** Sends it once; `barred` where only a condition of what goes with it failed. */
async function sendDecision(
  port: Port,
  decide: Decision,
  withDecision: readonly TransactItem[],
): Promise<Sent | 'barred'> {
  if (withDecision.length === 0) return sendOnce(port, new UpdateCommand(decide), 'unknown')
  const answer = await transactNow(port, [{ Update: decide }, ...withDecision], 'unknown')
  if (answer.status === 'applied') return { status: 'applied', item: undefined }
  if (answer.status === 'lost') return { status: 'lost' }
  const [header, ...others] = answer.reasons
  if (header?.code === 'ConditionalCheckFailed') return { status: 'refused', item: header.item }
  if (conditionFailed(others)) return 'barred'
  return { status: 'not-applied', why: isThrottledOnly(answer.reasons) ? 'throttled' : 'conflict' }
}

/**
 * Aborts an operation unless it has been committed; answers which of the two it is. A missing header counts as aborted:
 * it was never opened, or everything was cleaned up long ago. Throws a fault with that outcome when it cannot be learned.
 */
export async function abortOperation(
  port: Port,
  operationId: string,
  outcome: Fault['outcome'],
): Promise<OperationOutcome> {
  const abort = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.operation(operationId),
    UpdateExpression: 'SET st = :aborted',
    ConditionExpression: 'st = :pending',
    ExpressionAttributeValues: { ':aborted': 'A', ':pending': 'P' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  const settled = await writeItem(port, abort, outcome)
  if (settled.status === 'applied' || settled.item === undefined) return aborted
  const decided = decidedIn(operationId, settled.item)
  if (decided === undefined) throw new Fault('A header is damaged', { outcome })
  return decided
}

/** Marks an operation finished, which lets TTL remove its header; does nothing where there is no header any more. */
export async function finishOperation(port: Port, operationId: string): Promise<void> {
  const now = port.clock.now()
  const finish = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.operation(operationId),
    UpdateExpression: 'SET fin = :now, #ttl = :ttl',
    ConditionExpression: 'st IN (:committed, :aborted) AND attribute_not_exists(fin)',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':now': now,
      ':ttl': Math.ceil((now + FINISHED_MS_KEPT) / 1000),
      ':committed': 'C',
      ':aborted': 'A',
    },
  })
  await writeItem(port, finish, 'unknown')
}

/** Undefined while it is pending. */
function decidedIn(operationId: string, item: Item | undefined): OperationOutcome | undefined {
  if (item === undefined) return aborted
  const header = readHeader(operationId, item)
  return header === 'damaged' ? undefined : header.decided
}
