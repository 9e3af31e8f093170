import dynalite from 'dynalite/db/index.js'
import { compare } from '../expressions/conditions.ts'
import type { Expectation } from '../expressions/conditions.ts'
import { equal } from '../expressions/compare.ts'
import { invalidParameter, validationError } from '../errors.ts'
import { definedType, itemKey, keyNames, keyOf, last } from '../items/keys.ts'
import { checkSelection, checkStartKey, findTable, readPage } from './page.ts'
import type { PageRequest } from './page.ts'
import { checkKeyValue } from '../tables/schema-rules.ts'
import type { Range, Store } from '../store.ts'
import type { AttributeValue, Table } from '../types.ts'

export interface QueryRequest extends PageRequest {
  KeyConditions: Record<string, Expectation>
  ScanIndexForward?: boolean
}

/** Query: one partition of a table, in the order of the sort key. */
export function query(store: Store, request: QueryRequest): Promise<object> {
  const table = findTable(store, request)
  checkStartKey(table, request.ExclusiveStartKey)
  checkKeyConditions(table, request)
  checkStartInRange(table, request)
  checkFilter(table, request)
  checkSelection(request, table)
  return readPage(store, request, { table, range: rangeOf(table, request) })
}

const notIndexable = ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN']

function checkKeyConditions(
  { description }: Table,
  { KeyConditions: conditions }: QueryRequest,
): void {
  const names = keyNames(description)
  const count = Object.keys(conditions).length
  for (const [at, name] of names.entries()) {
    const condition = conditions[name]
    if (at === 0 && names.length === 1 && count > 1) {
      throw validationError('Query key condition not supported')
    }
    if (condition === undefined) {
      if (at > 0 && count === 1) continue
      throw validationError(`Query condition missed key schema element: ${name}`)
    }
    if (notIndexable.includes(condition.ComparisonOperator ?? '')) {
      throw validationError('Attempted conditional constraint is not an indexable operation')
    }
    const type = definedType(description, name)
    if (condition.AttributeValueList?.some((value) => value[type] === undefined) === true) {
      throw invalidParameter('Condition parameter type does not match schema type')
    }
    for (const value of condition.AttributeValueList ?? []) checkKeyValue(name, value, at === 0)
    if (at === 0 && condition.ComparisonOperator !== 'EQ') {
      throw validationError('Query key condition not supported')
    }
  }
}

function checkStartInRange({ description }: Table, request: QueryRequest): void {
  const { ExclusiveStartKey: start, KeyConditions: conditions } = request
  if (start === undefined) return
  const [partition = '', sort = ''] = keyNames(description)
  const same = equal(start[partition], conditions[partition]?.AttributeValueList?.[0])
  const sorted = conditions[sort]
  if (sorted === undefined) {
    if (same) return
    throw validationError(
      'The provided starting key is outside query boundaries based on provided conditions',
    )
  }
  const values = sorted.AttributeValueList ?? []
  if (!compare(sorted.ComparisonOperator ?? '', start[sort], values)) {
    throw validationError('The provided starting key does not match the range key predicate')
  }
  if (!same) {
    throw validationError('The query can return at most one row and cannot be restarted')
  }
}

function checkFilter({ description }: Table, request: QueryRequest): void {
  const heads = request.QueryFilter ?? request._filter?.pathHeads
  if (heads === undefined) return
  const word = request.QueryFilter === undefined ? 'Filter Expression' : 'QueryFilter'
  for (const name of keyNames(description)) {
    if (name in heads) {
      throw validationError(
        `${word} can only contain non-primary key attributes: Primary key attribute: ${name}`,
      )
    }
  }
}

function rangeOf({ description }: Table, request: QueryRequest): Range {
  const [partition = '', sort = ''] = keyNames(description)
  const value = request.KeyConditions[partition]?.AttributeValueList?.[0] ?? {}
  const type = definedType(description, partition)
  const text = String(value[type])
  const head =
    `${keyOf.items(description)}${dynalite.hashPrefix(text, type)}/` +
    `${dynalite.toRangeStr(text, type)}/`
  const range = sortRange(head, request.KeyConditions[sort])
  const reverse = request.ScanIndexForward === false
  const start = request.ExclusiveStartKey
  if (start === undefined) return { ...range, reverse }
  const from = itemKey(description, start)
  // A page goes on after its start key, and never before where the condition begins.
  if (reverse) return { gte: range.gte, lt: from < range.lt ? from : range.lt, reverse }
  return from < range.gte ? { ...range } : { gt: from, lt: range.lt }
}

/** The rows under a partition that a condition on the sort key allows. */
function sortRange(head: string, condition: Expectation | undefined): { gte: string; lt: string } {
  const [value, upper] = condition?.AttributeValueList ?? []
  if (condition === undefined || value === undefined) return { gte: head, lt: head + last }
  // Every row of one sort value starts with its text and a slash; `last` follows all of them.
  const from = head + sortText(value)
  const to = `${from}/${last}`
  switch (condition.ComparisonOperator ?? 'EQ') {
    case 'LT':
      return { gte: head, lt: `${from}/` }
    case 'LE':
      return { gte: head, lt: to }
    case 'GT':
      return { gte: to, lt: head + last }
    case 'GE':
      return { gte: `${from}/`, lt: head + last }
    case 'BETWEEN':
      return { gte: `${from}/`, lt: `${head}${sortText(upper ?? value)}/${last}` }
    case 'BEGINS_WITH':
      return { gte: from, lt: from + last }
    default:
      return { gte: `${from}/`, lt: to }
  }
}

function sortText(value: AttributeValue): string {
  return dynalite.toRangeStr(value)
}
