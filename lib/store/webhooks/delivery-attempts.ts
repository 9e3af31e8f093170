import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Notice } from '../../rules/notice.ts'
import type { Attempt, Delivery, DeliveryStatus } from '../../records/webhook.ts'
import {
  attemptItem,
  deliveryIdOf,
  deliveryKey,
  newDeliveryItem,
  readDelivery,
  type DeliveryName,
  type DeliveryState,
} from './delivery-items.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import { writeItem } from '../table/write-item.ts'

// What is done to a delivery's item while it is delivered. Every write is conditional on the number of attempts on file, so that
// each attempt is made once and recorded once, however often and in whatever order its message comes:
//
// 1. Whoever is to make an attempt claims it, for a while: after that somebody else may.
// 2. Its result is recorded by whoever still has the claim.
// 3. Once what follows from the result was sent to the queues, that is noted.

/** A claim to an attempt: whose it is, and until when nobody else may have it. */
export interface Claim {
  readonly claimId: string
  readonly until: Instant
}

/** What a conditional write to a delivery came to: with the delivery as it is now, undefined where there is none. */
export type DeliveryWrite =
  | { readonly status: 'applied'; readonly delivery: DeliveryState }
  | { readonly status: 'refused'; readonly delivery: DeliveryState | undefined }

/** A notice for an endpoint. */
export interface NoticeSent {
  readonly endpointId: string
  readonly notice: Notice
  /** Whether a delivery of it may lie where an earlier version put them. */
  readonly mayBeBefore?: boolean
}

/** Puts a notice's delivery on file if there is none: with a claim to its first attempt, or to wait for that. */
export async function putDelivery(
  port: Port,
  sent: NoticeSent,
  claim?: Claim,
): Promise<DeliveryWrite> {
  const item = newDeliveryItem(port, sent)
  const before = sent.mayBeBefore === true ? await getBefore(port, sent) : undefined
  if (before !== undefined) return { status: 'refused', delivery: before }
  const claimed = defined({ cl: claim?.claimId, ls: claim?.until })
  const put = new PutCommand({
    TableName: port.tableName,
    Item: { ...item, ...claimed },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  const written = await writeItem(port, put, 'unknown')
  if (written.status === 'applied') {
    return { status: 'applied', delivery: readDelivery({ ...item, ...claimed }) }
  }
  return settled(written.item, (found) => isClaimed(found, claim))
}

async function getBefore(
  port: Port,
  { endpointId, notice }: NoticeSent,
): Promise<DeliveryState | undefined> {
  const key = deliveryKey({ endpointId, deliveryId: deliveryIdOf(notice), isBefore: true })
  const item = await getItem(port, key)
  return item === undefined ? undefined : readDelivery(item)
}

/** Claims the next attempt of a delivery; refused where it is another one's turn, or where one is under way. */
export async function claimDelivery(
  port: Port,
  delivery: DeliveryName & Pick<Delivery, 'attempts'>,
  claim: Claim,
): Promise<DeliveryWrite> {
  const update = guardedUpdate(port, deliveryKey(delivery), {
    UpdateExpression: 'SET cl = :cl, ls = :ls',
    ConditionExpression: `size(atts) = :made AND ${IS_OPEN} AND ${IS_UNCLAIMED}`,
    ExpressionAttributeValues: {
      ':cl': claim.claimId,
      ':ls': claim.until,
      ':made': delivery.attempts.length,
      ':now': port.clock.now(),
      ...OPEN_VALUES,
    },
  })
  const written = await writeItem(port, update, 'unknown')
  if (written.status === 'applied') return applied(written.item)
  return settled(written.item, (found) => isClaimed(found, claim))
}

/** What an attempt came to, and where the delivery stands then. */
export interface AttemptResult {
  readonly attempt: Attempt
  readonly status: DeliveryStatus
  readonly nextAttemptAt: Instant | undefined
}

/** Records what came of a claimed attempt; refused where the claim was lost to somebody else. */
export async function recordAttempt(
  port: Port,
  claimed: DeliveryState,
  { attempt, status, nextAttemptAt }: AttemptResult,
): Promise<DeliveryWrite> {
  const { attempts } = claimed
  const isFinal = nextAttemptAt === undefined
  const update = guardedUpdate(port, deliveryKey(claimed), {
    UpdateExpression: isFinal
      ? 'SET atts = list_append(atts, :attempt), st = :st REMOVE cl, ls, tl, na'
      : 'SET atts = list_append(atts, :attempt), st = :st, na = :na REMOVE cl, ls, tl',
    ConditionExpression: 'size(atts) = :made AND cl = :cl',
    ExpressionAttributeValues: {
      ':attempt': [attemptItem(attempt)],
      ':st': status,
      ':made': attempts.length,
      ':cl': claimed.claimId,
      ...(isFinal ? {} : { ':na': nextAttemptAt }),
    },
  })
  const written = await writeItem(port, update, 'unknown')
  if (written.status === 'applied') return applied(written.item)
  // An answer that was lost: the attempt that is on file is this one.
  return settled(written.item, (found) => {
    const { at, latencyMs } = found.attempts[attempts.length] ?? {}
    return at === attempt.at && latencyMs === attempt.latencyMs
  })
}

/** Ends a delivery without an attempt; refused where one was made since, or is under way. */
export async function endDelivery(
  port: Port,
  delivery: DeliveryName & Pick<Delivery, 'attempts'>,
  failure: string,
): Promise<DeliveryWrite> {
  const update = guardedUpdate(port, deliveryKey(delivery), {
    UpdateExpression: 'SET st = :failed, fa = :fa REMOVE cl, ls, na, tl',
    ConditionExpression: `size(atts) = :made AND ${IS_OPEN} AND ${IS_UNCLAIMED}`,
    ExpressionAttributeValues: {
      ':failed': 'failed',
      ':fa': failure,
      ':made': delivery.attempts.length,
      ':now': port.clock.now(),
      ...OPEN_VALUES,
    },
  })
  const written = await writeItem(port, update, 'unknown')
  if (written.status === 'applied') return applied(written.item)
  const made = delivery.attempts.length
  return settled(
    written.item,
    (found) => found.failure === failure && found.attempts.length === made,
  )
}

/** Notes that what follows from a delivery's state was sent to the queues; of a state that it has left it notes nothing. */
export async function markTold(port: Port, told: DeliveryState): Promise<void> {
  const { attempts, status } = told
  const update = guardedUpdate(port, deliveryKey(told), {
    UpdateExpression: 'SET tl = :true',
    ConditionExpression: 'size(atts) = :made AND st = :st',
    ExpressionAttributeValues: { ':true': true, ':made': attempts.length, ':st': status },
  })
  await writeItem(port, update, 'unknown')
}

/** It has not ended. */
const IS_OPEN = 'st IN (:queued, :retrying)'
const OPEN_VALUES = { ':queued': 'queued', ':retrying': 'retrying' } as const

/** No attempt is under way. */
const IS_UNCLAIMED = '(attribute_not_exists(ls) OR ls <= :now)'

function guardedUpdate(
  { tableName }: Port,
  key: ReturnType<typeof deliveryKey>,
  input: {
    UpdateExpression: string
    ConditionExpression: string
    ExpressionAttributeValues: Item
  },
): UpdateCommand {
  return new UpdateCommand({
    TableName: tableName,
    Key: key,
    ...input,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
}

function applied(item: Item | undefined): DeliveryWrite {
  return { status: 'applied', delivery: readDelivery(item ?? {}) }
}

/** A write whose condition failed may be one of our own that was sent again: the item tells. */
function settled(item: Item | undefined, isOurs: (found: DeliveryState) => boolean): DeliveryWrite {
  if (item === undefined) return { status: 'refused', delivery: undefined }
  const delivery = readDelivery(item)
  return { status: isOurs(delivery) ? 'applied' : 'refused', delivery }
}

function isClaimed({ claimId }: DeliveryState, claim: Claim | undefined): boolean {
  return claim !== undefined && claimId === claim.claimId
}
