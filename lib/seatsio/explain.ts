import type { InputIssue, SchemaIssue } from '../http/surface.ts'

/** What `explain` says of a field that is missing: its name is told with the place. */
const MISSING = 'required key not found'

/** The words of this API for a refused value; `pointTo` puts its place in front. */
export function explain(issue: SchemaIssue): string | undefined {
  if (issue.code === 'invalid_type') return explainType(issue)
  if (issue.code === 'too_small') return explainBound(issue, 'minimum')
  if (issue.code === 'too_big') return explainBound(issue, 'maximum')
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return explainChoice(issue)
  return undefined
}

/** `#/events/0: required key [chartKey] not found`: the place of a fault as a JSON pointer, and what it is. */
export function pointTo({ path, message }: InputIssue): string {
  const isMissing = message === MISSING && path.length > 0
  const place = isMissing ? path.slice(0, -1) : path
  const pointer = ['#', ...place.map(escape)].join('/')
  const what = isMissing ? `required key [${String(path.at(-1))}] not found` : message
  return `${pointer}: ${what}`
}

function escape(part: string | number): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}

function explainType({ input, expected = '' }: SchemaIssue): string {
  if (input === undefined) return MISSING
  return `expected type: ${typeNames[expected] ?? expected}, found: ${typeOf(input)}`
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  int: 'Integer',
  boolean: 'Boolean',
  array: 'JSONArray',
  object: 'JSONObject',
  record: 'JSONObject',
  null: 'Null',
}

/** The name that this API has for the type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'Null'
  if (Array.isArray(value)) return 'JSONArray'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Number'
  return typeNames[typeof value] ?? typeof value
}

function explainBound(issue: SchemaIssue, side: 'minimum' | 'maximum'): string {
  const { origin, input } = issue
  const bound = String(issue[side])
  if (origin === 'array') {
    const found = Array.isArray(input) ? input.length : 0
    return `expected ${side} item count: ${bound}, found: ${found}`
  }
  if (origin === 'string') {
    const found = typeof input === 'string' ? input.length : 0
    return `expected ${side === 'minimum' ? 'minLength' : 'maxLength'}: ${bound}, actual: ${found}`
  }
  const relation = side === 'minimum' ? 'greater' : 'less'
  return `${String(input)} is not ${relation} or equal to ${bound}`
}

function explainChoice({ values = [], input }: SchemaIssue): string {
  if (input === undefined) return MISSING
  if (typeof input !== 'string') return `expected type: String, found: ${typeOf(input)}`
  return `${input} is not a valid enum value: expected one of ${values.map(String).join(', ')}`
}
