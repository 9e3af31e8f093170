import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import { rowDecided } from './decided.ts'
import type { Item } from '../table/items.ts'
import { reportDamage } from './operations.ts'
import type { Port } from '../table/port.ts'
import { conditionOf, type GuardedRow } from './guarded-rows.ts'
import { isCreated, keptIn } from '../table/row-kinds.ts'
import type { Key } from '../table/table.ts'
import { insertStatement, updateStatement, type Statement } from './statement.ts'
import type { Write } from './write-all.ts'
import type { ItemWrite } from '../table/write-item.ts'

// The three writes of a lock, each alone and as statements, which do the same and travel together. `lk` names the operation that has the row, `ln` is the row as it will be: empty where the
// row is only checked, and with `k` for extra data that stays, so that kilobytes of it are not paid for twice. The row's
// own attributes stay untouched and visible meanwhile. Save one: a `ttl` is put away as `lt`, or TTL might remove the row with what
// is decided for it, before that is applied.

/** What a lock on a row says. */
export interface Lock {
  readonly operationId: string
  /** The row's attributes after the commit; undefined where it is only checked. */
  readonly after: Item | undefined
}

/** A lock of an operation that was committed at that moment. */
export type Applying = Lock & { readonly at: Instant }

/** Takes the lock if the row is as its guard wants it and nobody has it. */
export function lockWrite(port: Port, operationId: string, row: GuardedRow): ItemWrite {
  return new UpdateCommand(lockUpdate(port, operationId, row))
}

/**
 * The same as statements, to be tried in turn; none where there is no such statement. A statement changes what is there or creates what is
 * not: a row that was never written is absent, or else what an operation that was aborted has left of it, which is its key.
 */
export function lockStatements(port: Port, operationId: string, row: GuardedRow): Statement[] {
  const { key, guard, after, keepsData = false } = row
  const { version, hold } = guard
  if (isTidied(key) || isCreated(key)) return []
  const set = { lk: operationId, ln: effectOf(after, keepsData) }
  if (version === undefined) {
    const where = '"lk" IS MISSING AND "v" IS MISSING'
    const update = updateStatement(port, key, { set, where, values: [], isShown: true })
    return hold === undefined ? [insertStatement(port, { ...key, ...set }), update] : []
  }
  const where = `"lk" IS MISSING AND "v" = ?${hold === undefined ? '' : ' AND "x" > ?'}`
  const values = hold === undefined ? [version] : [version, hold.after]
  return [updateStatement(port, key, { set, where, values, isShown: true })]
}

/** The same, as part of a transaction. */
export function lockUpdate({ tableName }: Port, operationId: string, row: GuardedRow) {
  const { key, after, keepsData = false } = row
  const { condition, values } = conditionOf(row)
  return {
    TableName: tableName,
    Key: key,
    ...(isTidied(key)
      ? { UpdateExpression: 'SET lk = :lk, ln = :ln, lt = #ttl REMOVE #ttl', ...named }
      : { UpdateExpression: 'SET lk = :lk, ln = :ln' }),
    ConditionExpression: condition,
    ExpressionAttributeValues: { ...values, ':lk': operationId, ':ln': effectOf(after, keepsData) },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const
}

const named = { ExpressionAttributeNames: { '#ttl': 'ttl' } }

/** Whether TTL removes the row some day. */
function isTidied({ pk }: Key): boolean {
  return keptIn(pk)?.isTidied === true
}

function effectOf(after: Item | undefined, keepsData: boolean): Item {
  if (after === undefined || !keepsData) return after ?? {}
  const { ed, ...rest } = after
  return { ...rest, k: 1 }
}

/** Makes the row what the lock says, changed at the moment of the decision, if the operation has it still; takes the lock off a row that was only checked. */
export function applyWrite(port: Port, key: Key, applying: Applying): ItemWrite {
  const { operationId, after } = applying
  if (after === undefined) return undoWrite(port, key, operationId)
  return new PutCommand(applyPut(port, key, { ...applying, after }))
}

/** Makes the row what the lock says, if the operation has it still. */
export function applyPut(
  port: Port,
  key: Key,
  { operationId, after, at }: Applying & { readonly after: Item },
) {
  return {
    TableName: port.tableName,
    Item: { ...key, ...rowDecided(after, at) },
    ConditionExpression: 'lk = :lk',
    ExpressionAttributeValues: { ':lk': operationId },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const
}

/**
 * The same for a row that travels with others, where it is known what was there before: a statement replaces no item, so it takes away what
 * the row no longer has.
 */
export function applyTogether(
  port: Port,
  { key, before }: { readonly key: Key; readonly before: Item | undefined },
  applying: Applying,
): Write {
  const { operationId, after, at } = applying
  if (after === undefined) return undoTogether(port, key, operationId)
  const alone = () => applyWrite(port, key, applying)
  if (before === undefined || isTidied(key) || isCreated(key)) return { alone }
  const set = rowDecided(after, at)
  const gone = Object.keys(before).filter((name) => set[name] === undefined && !(name in key))
  const remove = [...new Set([...gone, 'lk', 'ln'])]
  return { alone, statement: updateStatement(port, key, { set, remove, ...lockedBy(operationId) }) }
}

const lockedBy = (operationId: string) => ({ where: '"lk" = ?', values: [operationId] })

/** Takes the lock off a row that travels with others. */
export function undoTogether(port: Port, key: Key, operationId: string): Write {
  const alone = () => undoWrite(port, key, operationId)
  if (isTidied(key) || isCreated(key)) return { alone }
  const remove = ['lk', 'ln']
  return { alone, statement: updateStatement(port, key, { remove, ...lockedBy(operationId) }) }
}

/** Takes the lock off the row, if the operation has it still; with it goes a row that was only to be created. */
export function undoWrite({ tableName }: Port, key: Key, operationId: string): ItemWrite {
  const mine = {
    ConditionExpression: 'lk = :lk',
    ExpressionAttributeValues: { ':lk': operationId },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const
  if (isCreated(key)) return new DeleteCommand({ TableName: tableName, Key: key, ...mine })
  return new UpdateCommand({
    TableName: tableName,
    Key: key,
    ...(isTidied(key)
      ? { UpdateExpression: 'REMOVE lk, ln, lt SET #ttl = if_not_exists(lt, #ttl)', ...named }
      : { UpdateExpression: 'REMOVE lk, ln' }),
    ...mine,
    ReturnValues: 'ALL_NEW',
  })
}

/** Reads the lock of a row that has one; one that cannot be read is reported by its row. */
export function readLock(port: Port, key: Key, { lk, ln, ed }: Item): Lock | undefined {
  if (typeof lk === 'string' && isPlain(ln)) {
    const { k, ...after } = ln as Item
    if (Object.keys(after).length === 0) return { operationId: lk, after: undefined }
    const kept = k === 1 ? { ed: ed as unknown } : {}
    const isWhole = typeof after['v'] === 'number' || isCreated(key)
    if (isWhole) return { operationId: lk, after: { ...after, ...kept } }
  }
  reportDamage(port, 'lock', key)
  return undefined
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
