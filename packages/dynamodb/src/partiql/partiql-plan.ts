import { validationError } from '../errors.ts'
import { isPath } from '../expressions/expressions.ts'
import type { Condition, Expressions, Operand, Section } from '../expressions/expressions.ts'
import { keyNames } from '../items/keys.ts'
import type { Returning, Statement } from './partiql-parser.ts'
import { isLiteral } from './partiql-values.ts'
import type { AttributeValue, Item, TableDescription } from '../types.ts'
import type { DeleteRequest, PutRequest, UpdateRequest } from '../items/write-requests.ts'

/** What a condition says of a key, and what it says besides. */
interface Split {
  key: Item
  rest: Condition[]
}

/** Finds the equalities on key attributes among the parts that must all hold. */
function splitKey(names: readonly string[], where: Condition): Split {
  const key: Item = {}
  const rest: Condition[] = []
  for (const part of partsOf(where)) {
    const found = part.type === '=' ? onAttribute(part.args) : undefined
    if (found !== undefined && names.includes(found.name) && key[found.name] === undefined) {
      key[found.name] = found.value
    } else rest.push(part)
  }
  return { key, rest }
}

function partsOf(where: Condition): Condition[] {
  return where.type === 'and' ? where.args.flatMap(partsOf) : [where]
}

function onAttribute([left, right]: readonly Operand[]): Named | undefined {
  if (left === undefined || right === undefined) return undefined
  const [path, value] = isPath(left) ? [left, right] : [right, left]
  if (!isPath(path) || path.length !== 1 || !isLiteral(value)) return undefined
  return { name: String(path[0]), value }
}

interface Named {
  name: string
  value: AttributeValue
}

/** The whole key that a condition names; refuses one that names less. */
function wholeKey(table: TableDescription, where: Condition): Split {
  const names = keyNames(table)
  const split = splitKey(names, where)
  if (names.every((name) => split.key[name] !== undefined)) return split
  throw validationError('Where clause does not contain a mandatory equality on all key attributes')
}

/** A parsed condition as the engine's requests carry it; attributes may be of the key. */
function asCondition(parts: readonly Condition[]): Required<Expressions>['_condition'] {
  const [only] = parts
  const expression: Condition =
    parts.length === 1 && only !== undefined ? only : { type: 'and', args: [...parts] }
  return { expression, nestedPaths: {}, pathHeads: {} }
}

/** What a statement that writes is, as a request of the engine. */
export type Write =
  | { kind: 'Put'; request: PutRequest }
  | { kind: 'Update'; request: UpdateRequest }
  | { kind: 'Delete'; request: DeleteRequest }

/** Turns a statement into a request for one item. */
export function planWriting(table: TableDescription, statement: Statement): Write {
  const { TableName } = table
  const [partition = ''] = keyNames(table)
  const present: Condition = { type: 'function', name: 'attribute_exists', args: [[partition]] }
  const absent: Condition = { ...present, name: 'attribute_not_exists' }
  switch (statement.kind) {
    case 'insert':
      return {
        kind: 'Put',
        request: { TableName, Item: statement.item, _condition: asCondition([absent]) },
      }
    case 'update': {
      const { key, rest } = wholeKey(table, statement.where)
      const request: UpdateRequest = {
        TableName,
        Key: key,
        ...returned(statement.returning),
        _updates: asUpdates(statement.sections),
        _condition: asCondition([present, ...rest]),
      }
      return { kind: 'Update', request }
    }
    case 'delete': {
      const { key, rest } = wholeKey(table, statement.where)
      const onlyIf =
        rest.length > 0 &&
        asCondition([{ type: 'or', args: [absent, asCondition(rest).expression] }])
      const request: DeleteRequest = {
        TableName,
        Key: key,
        ...returned(statement.returning),
        ...(onlyIf !== false && { _condition: onlyIf }),
      }
      return { kind: 'Delete', request }
    }
  }
}

function returned(returning: Returning | undefined): { ReturnValues?: Returning } {
  return returning === undefined ? {} : { ReturnValues: returning }
}

function asUpdates(sections: Section[]): Required<Expressions>['_updates'] {
  const paths = sections.map((section) => section.path)
  const nested = paths.filter((path) => path.length > 1).map((path) => [String(path[0]), true])
  return { sections, paths, nestedPaths: Object.fromEntries(nested) as object }
}
