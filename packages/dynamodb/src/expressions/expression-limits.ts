import { isCall, isPath } from './expressions.ts'
import { typeOf } from '../items/keys.ts'
import type { Condition, Expressions, Operand, Path, Value } from './expressions.ts'

/** Bytes of one expression. */
export const expressionBytesMax = 4096
/** Operators and functions of one expression. */
export const operatorsMax = 300
/** Operands of one IN. */
export const inOperandsMax = 100
/** Names and positions of one path. */
export const pathDepthMax = 32

const names = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const

/** Why an expression is too long to be read, or undefined. */
export function sizeFault(request: Partial<Record<string, unknown>>): string | undefined {
  for (const name of names) {
    const expression = request[name]
    if (typeof expression !== 'string') continue
    const size = Buffer.byteLength(expression)
    if (size > expressionBytesMax) {
      return `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`
    }
  }
  return undefined
}

/** Why a parsed expression is too large, or undefined. */
export function complexityFault(request: Expressions): string | undefined {
  const conditions = [
    ['ConditionExpression', request._condition],
    ['FilterExpression', request._filter],
  ] as const
  for (const [name, parsed] of conditions) {
    const fault = parsed && conditionFault(parsed.expression)
    if (fault !== undefined) return `Invalid ${name}: ${fault}`
  }
  const paths = request._projection?.paths.find((path) => path.length > pathDepthMax)
  if (paths !== undefined) return `Invalid ProjectionExpression: ${tooDeep(paths)}`
  const sections = request._updates?.sections ?? []
  const count = sections.reduce(
    (sum, section) => sum + (section.type === 'set' ? valueCost(section.val) : 0),
    0,
  )
  if (count > operatorsMax) return `Invalid UpdateExpression: ${tooMany(count)}`
  const deep = sections.find((section) => section.path.length > pathDepthMax)
  return deep && `Invalid UpdateExpression: ${tooDeep(deep.path)}`
}

function conditionFault(condition: Condition): string | undefined {
  const wide = widestIn(condition)
  if (wide > inOperandsMax) {
    return `The IN operator is provided with too many operands; number of operands: ${wide}`
  }
  const count = conditionCost(condition)
  if (count > operatorsMax) return tooMany(count)
  const unordered = unorderedIn(condition)
  if (unordered !== undefined) return unordered
  const deep = pathsOf(condition).find((path) => path.length > pathDepthMax)
  return deep && tooDeep(deep)
}

function tooMany(count: number): string {
  return `The expression contains too many operators; operator count: ${count}`
}

function tooDeep(path: Path): string {
  return `The document path has too many nesting elements; nesting levels: ${path.length}`
}

function isLogical(condition: Condition): condition is Condition & { args: Condition[] } {
  return condition.type === 'and' || condition.type === 'or' || condition.type === 'not'
}

function conditionCost(condition: Condition): number {
  return isLogical(condition)
    ? condition.args.reduce((sum, part) => sum + conditionCost(part), 1)
    : condition.args.reduce((sum, operand) => sum + valueCost(operand), 1)
}

function valueCost(value: Value): number {
  if (isPath(value) || !('type' in value)) return 0
  return value.args.reduce((sum, part) => sum + valueCost(part), 1)
}

function widestIn(condition: Condition): number {
  if (isLogical(condition)) return Math.max(...condition.args.map(widestIn))
  return condition.type === 'in' ? condition.args.length - 1 : 0
}

const ordering = ['<', '<=', '>', '>=', 'between']

/** Only texts, numbers and binaries have an order; a literal of another type is refused at once. */
function unorderedIn(condition: Condition): string | undefined {
  if (isLogical(condition)) {
    for (const part of condition.args) {
      const fault = unorderedIn(part)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  if (!ordering.includes(condition.type)) return undefined
  for (const operand of condition.args) {
    if (isPath(operand) || isCall(operand)) continue
    const type = typeOf(operand)
    if (type === 'S' || type === 'N' || type === 'B') continue
    const operator = condition.type.toUpperCase()
    return `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`
  }
  return undefined
}

function pathsOf(condition: Condition): Path[] {
  if (isLogical(condition)) return condition.args.flatMap(pathsOf)
  return condition.args.flatMap(operandPaths)
}

function operandPaths(operand: Operand): Path[] {
  if (isPath(operand)) return [operand]
  return isCall(operand) ? operand.args.flatMap(operandPaths) : []
}
