import { complexityFault, sizeFault } from '../expressions/expression-limits.ts'
import type { Expressions } from '../expressions/expressions.ts'
import { itemSize, itemSizeMax } from '../items/item-size.ts'
import { syntaxFault } from '../expressions/syntax.ts'
import type { AttributeValue, Item } from '../types.ts'

/** Maps and lists inside each other, the attribute's own included. */
export const nestingMax = 32

export const tooNested =
  'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit'

/** A rule about a request beyond the types of its fields: the message of its refusal, or none. */
export type Rule = (part: never) => string | undefined

interface Part extends Expressions {
  Item?: Item
  Key?: Item
  ExpressionAttributeValues?: Item
}

/**
 * dynalite's rules of an action, with what they lack around them: limits of expressions, of nesting
 * and of items in bytes, and the words of a syntax error.
 */
export function withLimits(rule: Rule): Rule {
  const all = (part: Part & Record<string, unknown>): string | undefined =>
    sizeFault(part) ??
    nestingFault(part) ??
    worded(part, rule(part as never)) ??
    itemFault(part.Item) ??
    complexityFault(part)
  return all
}

/** Why an item is too large, or undefined. */
export function itemFault(item: Item | undefined): string | undefined {
  return item !== undefined && itemSize(item) > itemSizeMax
    ? 'Item size has exceeded the maximum allowed size'
    : undefined
}

function nestingFault({ Item: item, ExpressionAttributeValues: values }: Part): string | undefined {
  const found = Object.values({ ...item, ...values })
  return found.some((value) => nesting(value) > nestingMax) ? tooNested : undefined
}

/** How many maps and lists are inside each other, the value's own included. */
export function nesting(value: AttributeValue): number {
  const inner = value.L ?? (value.M && Object.values(value.M))
  if (inner === undefined) return 0
  return 1 + inner.reduce((deepest, part) => Math.max(deepest, nesting(part)), 0)
}

function worded(part: Record<string, unknown>, message: string | undefined): string | undefined {
  const name = /^Invalid (\w+): Syntax error; /.exec(message ?? '')?.[1]
  if (name === undefined) return message
  return syntaxFault(name, String(part[name])) ?? message
}

interface PageRules {
  Select?: string
  IndexName?: string
  ProjectionExpression?: string
  AttributesToGet?: string[]
}

/** Why what a Query or Scan selects does not go together, or undefined. */
export function selectFault(request: PageRules): string | undefined {
  const { Select: select, ProjectionExpression: expression, AttributesToGet: list } = request
  const lead = 'One or more parameter values were invalid: '
  const field = expression === undefined ? 'AttributesToGet' : 'ProjectionExpression'
  const chosen = expression !== undefined || list !== undefined
  if (chosen && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    const what = select === 'COUNT' ? 'only the Count' : select
    return `${lead}Cannot specify the ${field} when choosing to get ${what}`
  }
  if (!chosen && select === 'SPECIFIC_ATTRIBUTES') {
    return `${lead}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES`
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && request.IndexName === undefined) {
    return `${lead}ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName`
  }
  return undefined
}
