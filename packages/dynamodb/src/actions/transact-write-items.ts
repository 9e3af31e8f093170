import { createHash } from 'node:crypto'
import { consumedList } from './batch-get-item.ts'
import { readUnits, sumUsages, writeUsage } from '../items/capacity.ts'
import type { Usage } from '../items/capacity.ts'
import { commit } from '../items/commit.ts'
import type { Change } from '../items/commit.ts'
import { ApiError, dynamoError, transactionCancelled, validationError } from '../errors.ts'
import type { CancellationReason } from '../errors.ts'
import { asWritten } from '../expressions/expressions.ts'
import { itemSize } from '../items/item-size.ts'
import { keyOf } from '../items/keys.ts'
import { planCheck, planDelete, planPut, planUpdate } from '../items/plan-write.ts'
import type { PlannedWrite } from '../items/plan-write.ts'
import { requireTable } from '../store.ts'
import type { Step, Store } from '../store.ts'
import type { Item } from '../types.ts'
import type {
  DeleteRequest,
  PutRequest,
  UpdateRequest,
  WriteRequest,
} from '../items/write-requests.ts'

/** How long a client token stands for its request. */
export const tokenMilliseconds = 10 * 60 * 1000
/** All items of a transaction together. */
export const transactionBytesMax = 4 * 1024 * 1024
/** A transaction pays for everything twice. */
const transactionFactor = 2

export interface TransactItem {
  ConditionCheck?: DeleteRequest
  Put?: PutRequest
  Delete?: DeleteRequest
  Update?: UpdateRequest
}

export interface TransactWriteRequest extends Pick<WriteRequest, 'ReturnConsumedCapacity'> {
  TransactItems: TransactItem[]
  ClientRequestToken?: string
}

/** What is kept of an applied transaction under its client token. */
export interface Token {
  at: number
  hash: string
  /** What a repeat consumes: it reads the items. */
  reads: Usage[]
}

/**
 * TransactWriteItems: plan all, read all, decide all, and either cancel with a reason for each item
 * or apply everything, its stream records and its token in one batch.
 */
export async function transactWriteItems(
  store: Store,
  request: TransactWriteRequest,
): Promise<object> {
  return store.exclusively(async () => {
    const token = findToken(store, request.ClientRequestToken)
    if (token !== undefined) return repeated(request, token)
    const plans = allOrCancel(request.TransactItems, (item) => planItem(store, item))
    refuseRepeatedKeys(plans.map((plan) => plan.key))
    const changes = allOrCancel(plans, (plan): Change => decide(store, plan))
    refuseTooLarge(changes)
    const usages = changes.map(({ table, before, after }) => writeUsage(table, before, after))
    const reads = sumUsages(changes.map(readUsage), transactionFactor)
    await commit(store, changes, tokenSteps(store, request, reads))
    return {
      ConsumedCapacity: consumedList(
        sumUsages(usages, transactionFactor),
        request.ReturnConsumedCapacity,
        'Write',
      ),
    }
  })
}

function planItem(store: Store, item: TransactItem): PlannedWrite {
  const tableOf = (request: WriteRequest) => requireTable(store, request.TableName)
  if (item.Put) return planPut(tableOf(item.Put), item.Put)
  if (item.Update) return planUpdate(tableOf(item.Update), item.Update)
  if (item.Delete) return planDelete(tableOf(item.Delete), item.Delete)
  if (item.ConditionCheck) return planCheck(tableOf(item.ConditionCheck), item.ConditionCheck)
  throw validationError(onlyOneAction)
}

export const onlyOneAction = 'TransactItems can only contain one of Check, Put, Update or Delete'

/** Refuses a transaction that names an item twice. */
function refuseRepeatedKeys(keys: readonly string[]): void {
  if (new Set(keys).size < keys.length) {
    throw validationError('Transaction request cannot include multiple operations on one item')
  }
}

/** Does a step for every item; when some refuse, cancels with a reason for each. */
function allOrCancel<From, To>(items: readonly From[], step: (item: From) => To): To[] {
  const done: To[] = []
  const reasons = items.map((item): CancellationReason => {
    try {
      done.push(step(item))
      return { Code: 'None' }
    } catch (error) {
      if (!(error instanceof ApiError) || error.atOnce) throw error
      return reasonOf(error)
    }
  })
  if (done.length < items.length) throw transactionCancelled(reasons)
  return done
}

function decide(store: Store, { table, key, next }: PlannedWrite): Change {
  const before = store.get(key) as Item | undefined
  return { table, before, after: next(before) }
}

function refuseTooLarge(changes: readonly Change[]): void {
  if (changes.reduce((sum, change) => sum + bytesOf(change), 0) > transactionBytesMax) {
    throw validationError('Transaction request size exceeded the maximum allowed size of 4 MB')
  }
}

function reasonOf({ body }: ApiError): CancellationReason {
  const failed = body.__type.endsWith('ConditionalCheckFailedException')
  return {
    Code: failed ? 'ConditionalCheckFailed' : 'ValidationError',
    Message: String(body['message']),
    ...(body['Item'] === undefined ? {} : { Item: body['Item'] as Item }),
  }
}

function bytesOf({ before, after }: Change): number {
  const item = after ?? before
  return item === undefined ? 0 : itemSize(item)
}

function readUsage(change: Change): Usage {
  const { TableName: tableName } = change.table.description
  return { tableName, units: readUnits(bytesOf(change), true) }
}

function hashOf(items: readonly TransactItem[]): string {
  const written = items.map((item) =>
    Object.entries(item).map(([name, part]) => [name, asWritten(part as object)]),
  )
  return createHash('sha256').update(canonical(written)).digest('hex')
}

/** JSON with sorted names: the same request always reads the same. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const parts = value as Record<string, unknown>
  const names = Object.keys(parts).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(parts[name])}`).join(',')}}`
}

function findToken(store: Store, token: string | undefined): Token | undefined {
  if (token === undefined) return undefined
  const found = store.get(keyOf.token(token)) as Token | undefined
  return found && store.clock.now() - found.at < tokenMilliseconds ? found : undefined
}

function repeated(request: TransactWriteRequest, token: Token): object {
  if (token.hash !== hashOf(request.TransactItems)) {
    throw dynamoError('IdempotentParameterMismatchException', mismatch)
  }
  return {
    ConsumedCapacity: consumedList(token.reads, request.ReturnConsumedCapacity, 'Read'),
  }
}

const mismatch =
  'An error occurred (IdempotentParameterMismatchException): The request uses the same client token ' +
  'as a previous, but non-identical request. Do not reuse a client token with different requests, ' +
  'unless the requests are identical'

function tokenSteps(
  store: Store,
  { ClientRequestToken: token, TransactItems: items }: TransactWriteRequest,
  reads: Usage[],
): Step[] {
  if (token === undefined) return []
  const at = store.clock.now()
  return [
    {
      type: 'put',
      key: keyOf.token(token),
      value: { at, hash: hashOf(items), reads } satisfies Token,
    },
    { type: 'put', key: keyOf.tokenAge(at) + token, value: token },
  ]
}
