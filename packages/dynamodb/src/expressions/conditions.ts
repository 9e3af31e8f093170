import { beginsWith, contains, equal, order, sizeOf } from './compare.ts'
import { valueAt } from './documents.ts'
import { isCall, isPath } from './expressions.ts'
import type { Call, Condition, Expressions, Operand } from './expressions.ts'
import { typeOf } from '../items/keys.ts'
import type { AttributeValue, Item } from '../types.ts'

/** The old form of a condition on one attribute. */
export interface Expectation {
  ComparisonOperator?: string
  AttributeValueList?: AttributeValue[]
  Value?: AttributeValue
  Exists?: boolean
}

export interface Conditional extends Expressions {
  Expected?: Record<string, Expectation>
  ConditionalOperator?: 'AND' | 'OR'
}

/** Whether the condition of a write holds for the item as it is; no item counts as an empty one. */
export function holds(request: Conditional, item: Item | undefined): boolean {
  if (request._condition !== undefined) {
    return matches(request._condition.expression, item ?? {})
  }
  return matchesAll(request.Expected, request.ConditionalOperator, item ?? {})
}

/** Whether an item matches a parsed condition. */
export function matches(condition: Condition, item: Item): boolean {
  switch (condition.type) {
    case 'and':
      return condition.args.every((part) => matches(part, item))
    case 'or':
      return condition.args.some((part) => matches(part, item))
    case 'not':
      return !condition.args.some((part) => matches(part, item))
    case 'function':
      return matchesCall(condition, item)
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'between':
    case 'in': {
      const [value, ...others] = condition.args.map((operand) => resolve(operand, item))
      return compare(condition.type, value, others)
    }
  }
}

/** Whether an item matches conditions in the old form, all of them or any. */
export function matchesAll(
  expected: Record<string, Expectation> | undefined,
  operator: 'AND' | 'OR' | undefined,
  item: Item,
): boolean {
  const entries = Object.entries(expected ?? {})
  if (entries.length === 0) return true
  const matchesEntry = ([name, expectation]: [string, Expectation]) =>
    compare(operatorOf(expectation), item[name], valuesOf(expectation))
  return operator === 'OR' ? entries.some(matchesEntry) : entries.every(matchesEntry)
}

function operatorOf(expectation: Expectation): string {
  if (expectation.Exists === false) return 'NULL'
  return expectation.ComparisonOperator ?? 'EQ'
}

function valuesOf(expectation: Expectation): AttributeValue[] {
  if (expectation.AttributeValueList !== undefined) return expectation.AttributeValueList
  return expectation.Value === undefined ? [] : [expectation.Value]
}

function matchesCall(call: Call, item: Item): boolean {
  const [value, argument] = call.args.map((operand) => resolve(operand, item))
  switch (call.name) {
    case 'attribute_exists':
      return value !== undefined
    case 'attribute_not_exists':
      return value === undefined
    case 'attribute_type':
      return value !== undefined && typeOf(value) === argument?.S
    case 'begins_with':
      return beginsWith(value, argument)
    case 'contains':
      return contains(value, argument)
    default:
      return false
  }
}

function resolve(operand: Operand, item: Item): AttributeValue | undefined {
  if (isPath(operand)) return valueAt(operand, item)
  if (!isCall(operand)) return operand
  const [inner] = operand.args
  const size = inner === undefined ? undefined : sizeOf(resolve(inner, item))
  return size === undefined ? undefined : { N: String(size) }
}

const ordered: Record<string, (sign: number) => boolean> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
}

const symbols: Record<string, string> = {
  EQ: '=',
  NE: '<>',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  IN: 'in',
  BETWEEN: 'between',
}

/** Compares by a symbol or by the name the old form gives it. */
export function compare(
  comparison: string,
  value: AttributeValue | undefined,
  others: readonly (AttributeValue | undefined)[],
): boolean {
  const symbol = symbols[comparison] ?? comparison
  const test = ordered[symbol]
  if (test !== undefined) {
    const sign = order(value, others[0])
    return sign !== undefined && test(sign)
  }
  switch (symbol) {
    case '=':
      return equal(value, others[0])
    case '<>':
      return !equal(value, others[0])
    case 'in':
      return others.some((other) => equal(value, other))
    case 'between':
      return compare('>=', value, [others[0]]) && compare('<=', value, [others[1]])
    case 'NULL':
      return value === undefined
    case 'NOT_NULL':
      return value !== undefined
    case 'BEGINS_WITH':
      return beginsWith(value, others[0])
    case 'CONTAINS':
      return contains(value, others[0])
    case 'NOT_CONTAINS':
      return value !== undefined && !contains(value, others[0])
    default:
      return false
  }
}
