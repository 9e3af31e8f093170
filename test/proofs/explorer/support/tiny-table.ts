import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb'
import type { Item } from '../../../../lib/store/table/items.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import type { Command } from '../../../support/plain-client.ts'
import { toItem, withBytes } from '../../../support/plain-marshal.ts'
import { textOf, type Catalog, type Table } from './catalog.ts'
import { conditionOf, updateOf, type Names } from './expressions.ts'
import { operations, reads } from './operations.ts'
import { statementIn } from './statements.ts'

// A table with exactly the requests that the store sends. It has no state: a request and a table make an answer and another
// table. A test holds it against the embedded engine.

type Fields = Readonly<Record<string, unknown>>

/** A call as it is sent; equal calls are the same object. */
export interface Request {
  readonly id: number
  /** Of the SDK: `PutItem` and so on. */
  readonly operation: string
  readonly input: Fields
  readonly isWrite: boolean
}

/** An answer: what it says as text, and how to make it, which is needed only when somebody hears it for the first time. */
export interface Answer {
  readonly text: string
  readonly isError: boolean
  readonly make: () => unknown
}

/** What one call comes to. */
export interface Ran {
  readonly table: Table
  readonly answer: Answer
}

/** Gives calls numbers, and runs them. */
export interface TinyTable {
  request(command: Command): Request
  run(table: Table, request: Request): Ran
  /** All that were ever sent. */
  readonly requests: readonly Request[]
}

/** One over a catalog. */
export function openTinyTable(catalog: Catalog): TinyTable {
  const requests: Request[] = []
  const known = new Map<string, Request>()
  return {
    requests,
    request({ constructor, input }) {
      const name = constructor.name.replace(/^_/, '')
      const operation = operations[name]
      if (operation === undefined) throw new Error(`The tiny table knows no ${name}`)
      const text = `${operation} ${textOf(input)}`
      const found = known.get(text)
      if (found !== undefined) return found
      const isWrite = !reads.has(operation)
      const request = { id: requests.length, operation, input: input as Fields, isWrite }
      known.set(text, request)
      requests.push(request)
      return request
    },
    run: (table, request) => runners[request.operation]?.(catalog, table, request) ?? none(),
  }
}

function none(): never {
  throw new Error('The tiny table does not know this request')
}

type Runner = (catalog: Catalog, table: Table, request: Request) => Ran

const runners: Record<string, Runner> = {
  GetItem(catalog, table, { input }) {
    const id = table[catalog.keyId(input['Key'] as Key)] ?? 0
    const item = catalog.itemAt(id)
    return {
      table,
      answer: done(`item ${id}`, () => (item === undefined ? {} : { Item: item })),
    }
  },
  BatchGetItem(catalog, table, { input }) {
    const [[tableName, part]] = Object.entries(input['RequestItems'] as object) as [
      [string, { Keys: Key[] }],
    ]
    const ids = part.Keys.map((key) => table[catalog.keyId(key)] ?? 0).filter((id) => id !== 0)
    const make = () => ({
      Responses: { [tableName]: ids.map((id) => catalog.itemAt(id)) },
      UnprocessedKeys: {},
    })
    return { table, answer: done(`items ${ids.join(' ')}`, make) }
  },
  Query(catalog, table, { input }) {
    const names = namesOf(input)
    const test = conditionOf(input['KeyConditionExpression'] as string)
    const ids = catalog
      .keysUnder(String(names.values[':pk']))
      .map((keyId) => table[keyId] ?? 0)
      .filter((id) => id !== 0 && test(catalog.itemAt(id), names))
    const make = () => ({ Items: ids.map((id) => catalog.itemAt(id)), Count: ids.length })
    return { table, answer: done(`items ${ids.join(' ')}`, make) }
  },
  PutItem: (catalog, table, { input }) => writeOne(catalog, table, { put: true, input }),
  UpdateItem: (catalog, table, { input }) => writeOne(catalog, table, { put: false, input }),
  DeleteItem(catalog, table, { input }) {
    const keyId = catalog.keyId(input['Key'] as Key)
    const before = table[keyId] ?? 0
    if (holds(catalog, before, input))
      return { table: withItem(table, keyId, 0), answer: done('ok') }
    const isShown = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD'
    return { table, answer: conditionFailed(catalog, isShown ? before : 0) }
  },
  TransactWriteItems: transact,
  BatchExecuteStatement: execute,
}

/** One statement; what is wrong with it is said in its place. */
function execute(catalog: Catalog, table: Table, request: Request): Ran {
  const { key, isInsert, isShown, ...statement } = statementIn(request) ?? none()
  const keyId = catalog.keyId(key)
  const before = table[keyId] ?? 0
  const item = catalog.itemAt(before)
  if (statement.holds(item)) {
    const after = catalog.itemId(plain(statement.after(item)))
    const Item = isShown && item !== undefined ? { Item: item } : {}
    const make = () => ({ Responses: [Item] })
    return {
      table: withItem(table, keyId, after),
      answer: done(isShown ? `ok ${before}` : 'ok', make),
    }
  }
  if (isInsert) return { table, answer: refusedAs('DuplicateItem') }
  return { table, answer: refusedAs('ConditionalCheckFailed', item) }
}

function refusedAs(Code: string, item?: Item): Answer {
  const shownItem = item === undefined ? {} : { Item: item }
  return done(`${Code} ${textOf(shownItem)}`, () => ({
    Responses: [{ Error: { Code, ...shownItem } }],
  }))
}

function writeOne(
  catalog: Catalog,
  table: Table,
  { put, input }: { put: boolean; input: Fields },
): Ran {
  const keyId = catalog.keyId((put ? input['Item'] : input['Key']) as Key)
  const before = table[keyId] ?? 0
  if (!holds(catalog, before, input)) {
    const shown = input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' ? before : 0
    return { table, answer: conditionFailed(catalog, shown) }
  }
  const after = catalog.itemId(itemAfter(catalog, before, input))
  const isShown = input['ReturnValues'] === 'ALL_NEW'
  const make = () => (isShown ? { Attributes: catalog.itemAt(after) } : {})
  return {
    table: withItem(table, keyId, after),
    answer: done(isShown ? `ok ${after}` : 'ok', make),
  }
}

function itemAfter(catalog: Catalog, before: number, input: Fields): Item {
  if (input['Item'] !== undefined) return plain(input['Item'] as Fields)
  const start = catalog.itemAt(before) ?? (input['Key'] as Item)
  const update = updateOf(input['UpdateExpression'] as string)
  return plain(update(start, namesOf(input)))
}

/** The document client leaves out what is undefined. */
function plain(item: Fields): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))
}

function holds(catalog: Catalog, itemId: number, input: Fields): boolean {
  const condition = input['ConditionExpression'] as string | undefined
  return condition === undefined || conditionOf(condition)(catalog.itemAt(itemId), namesOf(input))
}

function namesOf(input: Fields): Names {
  return {
    values: input['ExpressionAttributeValues'] ?? {},
    aliases: (input['ExpressionAttributeNames'] ?? {}) as Record<string, string>,
  }
}

function withItem(table: Table, keyId: number, itemId: number): Table {
  if ((table[keyId] ?? 0) === itemId) return table
  const next = table.slice()
  while (next.length < keyId) next.push(0)
  next[keyId] = itemId
  return next
}

/** Of a client request token that has applied; in the table, so that it is part of every state. */
export const tokenKey = (token: string): Key => ({ pk: `token ${token}`, sk: '' })

function transact(catalog: Catalog, table: Table, { id, input }: Request): Ran {
  const token = tokenKey(String(input['ClientRequestToken']))
  const applied = catalog.find(table, token)
  if (applied !== undefined) {
    return { table, answer: applied['request'] === id ? done('ok') : refused(MISMATCH) }
  }
  const parts = (input['TransactItems'] as Record<string, Fields>[]).map((item) => {
    const [[kind, part]] = Object.entries(item) as [[string, Fields]]
    const keyId = catalog.keyId((part['Item'] ?? part['Key']) as Key)
    return { kind, part, keyId, before: table[keyId] ?? 0 }
  })
  const reasons = parts.map(({ part, before }) => {
    if (holds(catalog, before, part)) return { code: 'None', itemId: 0 }
    const isShown = part['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD'
    return { code: 'ConditionalCheckFailed', itemId: isShown ? before : 0 }
  })
  if (reasons.some(({ code }) => code !== 'None')) {
    return { table, answer: cancelled(catalog, reasons) }
  }
  let next = withItem(table, catalog.keyId(token), catalog.itemId({ ...token, request: id }))
  for (const { kind, part, keyId, before } of parts) {
    if (kind === 'ConditionCheck') continue
    const after = kind === 'Delete' ? 0 : catalog.itemId(itemAfter(catalog, before, part))
    next = withItem(next, keyId, after)
  }
  return { table: next, answer: done('ok') }
}

function done(text: string, make: () => unknown = () => ({})): Answer {
  return { text, isError: false, make }
}

const $metadata = { httpStatusCode: 400, attempts: 1 }

function conditionFailed(catalog: Catalog, itemId: number): Answer {
  const make = () =>
    new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata,
      ...shown(catalog, itemId),
    })
  return { text: `refused ${itemId}`, isError: true, make }
}

function shown(catalog: Catalog, itemId: number) {
  const item = catalog.itemAt(itemId)
  if (item === undefined) return {}
  return { Item: withBytes(toItem(item)) as Record<string, AttributeValue> }
}

interface ReasonSeen {
  readonly code: string
  readonly itemId: number
}

function cancelled(catalog: Catalog, reasons: readonly ReasonSeen[]): Answer {
  const text = `cancelled ${reasons.map(({ code, itemId }) => `${code}:${itemId}`).join(' ')}`
  const make = () =>
    new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata,
      CancellationReasons: reasons.map(({ code, itemId }) => ({
        Code: code,
        ...shown(catalog, itemId),
      })),
    })
  return { text, isError: true, make }
}

/** The store is in the middle of another transaction: nothing was done. */
export function conflict({ operation, input }: Request): Answer {
  if (operation === 'TransactWriteItems') {
    const count = (input['TransactItems'] as unknown[]).length
    const reasons = Array.from({ length: count }, () => ({
      code: 'TransactionConflict',
      itemId: 0,
    }))
    return cancelled(nothing, reasons)
  }
  if (operation === 'BatchExecuteStatement') return refusedAs('TransactionConflict')
  return refused('TransactionConflictException')
}

/** One token was used for two different transactions. */
const MISMATCH = 'IdempotentParameterMismatchException'

function refused(name: string): Answer {
  const make = () =>
    new DynamoDBServiceException({ name, message: name, $fault: 'client', $metadata })
  return { text: name, isError: true, make }
}

/** For answers that show no item. */
const nothing = { itemAt: () => undefined } as unknown as Catalog
