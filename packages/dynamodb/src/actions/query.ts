import dynalite from 'dynalite/db/index.js'
import { compare } from '../expressions/conditions.ts'
import type { Expectation } from '../expressions/conditions.ts'
import { equal } from '../expressions/compare.ts'
import { invalidParameter, validationError } from '../errors.ts'
import { definedType, indexKey, itemKey, keyNames, last } from '../items/keys.ts'
import { prefixOf, readPage } from './page.ts'
import type { PageRequest, Source } from './page.ts'
import { checkKeyValue } from '../tables/schema-rules.ts'
import { checkSelection, checkStartKey, findSource } from './source.ts'
import type { Range, Store } from '../store.ts'
import type { AttributeValue, Item } from '../types.ts'

export interface QueryRequest extends PageRequest {
  KeyConditions: Record<string, Expectation>
  ScanIndexForward?: boolean
}

/** Query: one partition of a table or index, in the order of the sort key. */
export function query(store: Store, request: QueryRequest): Promise<object> {
  const source = findSource(store, request)
  checkStartKey(source, request.ExclusiveStartKey)
  checkKeyConditions(source, request)
  checkStartInRange(source, request)
  checkFilter(source, request)
  checkSelection(request, source)
  return readPage(store, request, { source, range: rangeOf(source, request) })
}

const notIndexable = ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN']

function checkKeyConditions(source: Source, { KeyConditions: conditions }: QueryRequest): void {
  const names = keyNames(source.index ?? source.table.description)
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
    const type = definedType(source.table.description, name)
    if (condition.AttributeValueList?.some((value) => value[type] === undefined) === true) {
      throw invalidParameter('Condition parameter type does not match schema type')
    }
    for (const value of condition.AttributeValueList ?? []) checkKeyValue(name, value, at === 0)
    if (at === 0 && condition.ComparisonOperator !== 'EQ') {
      throw validationError('Query key condition not supported')
    }
  }
}

function checkStartInRange(source: Source, request: QueryRequest): void {
  const { ExclusiveStartKey: start, KeyConditions: conditions } = request
  if (start === undefined) return
  const [partition = '', sort = ''] = keyNames(source.index ?? source.table.description)
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

function checkFilter(source: Source, request: QueryRequest): void {
  const heads = request.QueryFilter ?? request._filter?.pathHeads
  if (heads === undefined) return
  const word = request.QueryFilter === undefined ? 'Filter Expression' : 'QueryFilter'
  for (const name of keyNames(source.index ?? source.table.description)) {
    if (name in heads) {
      throw validationError(
        `${word} can only contain non-primary key attributes: Primary key attribute: ${name}`,
      )
    }
  }
}

function rangeOf(source: Source, request: QueryRequest): Range {
  const { description } = source.table
  const [partition = '', sort = ''] = keyNames(source.index ?? description)
  const value = request.KeyConditions[partition]?.AttributeValueList?.[0] ?? {}
  const type = definedType(description, partition)
  const text = String(value[type])
  const head =
    `${prefixOf(source)}${dynalite.hashPrefix(text, type)}/` + `${dynalite.toRangeStr(text, type)}/`
  const range = sortRange(head, request.KeyConditions[sort])
  const reverse = request.ScanIndexForward === false
  const start = request.ExclusiveStartKey
  if (start === undefined) return { ...range, reverse }
  const from = startKey(source, start)
  // A page goes on after its start key, and never before where the condition begins.
  if (reverse) return { gte: range.gte, lt: from < range.lt ? from : range.lt, reverse }
  return from < range.gte ? { ...range } : { gt: from, lt: range.lt }
}

/** Where a page that starts after this position begins. */
export function startKey({ table, index }: Source, start: Item): string {
  return index === undefined
    ? itemKey(table.description, start)
    : indexKey(table.description, index, start)
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
