import { validationError } from '../errors.ts'
import { shown } from './shown-values.ts'
import type { Shape } from './shown-values.ts'
import { tableNameOf } from '../store.ts'

/** Violations that one answer lists; the rest are not told. */
const errorsMax = 10

/** Refuses a request whose fields break the constraints of its shape; all of them are told at once. */
export function checkConstraints(data: Record<string, unknown>, shapes: object): void {
  const fields = shapes as Record<string, Shape | string>
  for (const [name, shape] of Object.entries(fields)) {
    if (typeof shape !== 'string') checkDemand(name, data[name], shape)
  }
  const errors: string[] = []
  checkFields(data, fields, { path: '', errors })
  if (errors.length === 0) return
  const noun = errors.length > 1 ? 'errors' : 'error'
  throw validationError(`${errors.length} validation ${noun} detected: ${errors.join('; ')}`)
}

/** Some fields of the table actions have words of their own. */
function checkDemand(name: string, value: unknown, shape: Shape): void {
  if (shape.required === true && value === undefined) {
    throw validationError(`The parameter '${name}' is required but was not present in the request`)
  }
  if (shape.tableName === true && typeof value === 'string') {
    if (value.length < 3 || value.length > 255) {
      throw validationError(
        `${name} must be at least 3 characters long and at most 255 characters long`,
      )
    }
  }
}

interface Place {
  /** Where the checked value is, as messages name it, with a dot behind. */
  path: string
  errors: string[]
}

function checkFields(
  data: Record<string, unknown>,
  fields: Record<string, Shape | string>,
  { path, errors }: Place,
): void {
  for (const [name, shape] of Object.entries(fields)) {
    if (typeof shape === 'string') continue
    checkValue(data[name], shape, { path: path + lowerFirst(name), errors })
  }
}

function checkValue(value: unknown, shape: Shape, place: Place): void {
  for (const [rule, bound] of Object.entries(shape)) {
    if (place.errors.length >= errorsMax) return
    if (rule === 'children') checkInside(value, shape, place)
    const constraint = violated(rule, bound, value)
    if (constraint === undefined) continue
    place.errors.push(
      `Value ${quoted(shown(value, shape))} at '${place.path}' failed to satisfy constraint: ${constraint}`,
    )
  }
}

function checkInside(value: unknown, { type = '', children }: Shape, place: Place): void {
  if (value === undefined || value === null || typeof children !== 'object') return
  const { path, errors } = place
  if (/List$/.test(type)) {
    for (const [at, part] of (value as unknown[]).entries()) {
      checkValue(part, children, { path: `${path}.${at + 1}.member`, errors })
    }
  } else if (type.includes('Map')) {
    for (const [name, part] of Object.entries(value) as [string, unknown][]) {
      checkValue(part, children, { path: `${path}.${name}.member`, errors })
    }
  } else {
    checkFields(value as Record<string, unknown>, children as Record<string, Shape>, {
      path: `${path}.`,
      errors,
    })
  }
}

const words: Record<string, (bound: unknown) => string> = {
  notNull: () => 'Member must not be null',
  greaterThanOrEqual: (least) => `Member must have value greater than or equal to ${String(least)}`,
  lessThanOrEqual: (most) => `Member must have value less than or equal to ${String(most)}`,
  regex: (pattern) => `Member must satisfy regular expression pattern: ${String(pattern)}`,
  lengthGreaterThanOrEqual: (least) =>
    `Member must have length greater than or equal to ${String(least)}`,
  lengthLessThanOrEqual: (most) => `Member must have length less than or equal to ${String(most)}`,
  enum: (names) => `Member must satisfy enum value set: [${(names as string[]).join(', ')}]`,
  keys: (rules) => `Map keys must satisfy constraint: ${listed(rules as object)}`,
  values: (rules) => `Map value must satisfy constraint: ${listed(rules as object)}`,
}

function listed(rules: object): string {
  const parts = Object.entries(rules) as [string, unknown][]
  return `[${parts.map(([rule, bound]) => words[rule]?.(bound)).join(', ')}]`
}

function violated(rule: string, bound: unknown, value: unknown): string | undefined {
  const word = words[rule]
  if (word === undefined) return undefined
  const absent = value === undefined || value === null
  if (rule === 'notNull' ? !absent : absent || satisfies(rule, bound, value)) return undefined
  return word(bound)
}

function satisfies(rule: string, bound: unknown, value: unknown): boolean {
  switch (rule) {
    case 'greaterThanOrEqual':
      return Number(value) >= Number(bound)
    case 'lessThanOrEqual':
      return Number(value) <= Number(bound)
    case 'regex':
      return patternOf(String(bound)).test(String(value))
    case 'lengthGreaterThanOrEqual':
      return lengthOf(value) >= Number(bound)
    case 'lengthLessThanOrEqual':
      return lengthOf(value) <= Number(bound)
    case 'enum':
      return (bound as unknown[]).includes(value)
    case 'keys':
      // A table may be named by its ARN; the rules are about the name in it.
      return Object.keys(value as object).every((name) =>
        satisfiesAll(bound as object, tableNameOf(name)),
      )
    case 'values':
      return Object.values(value as object).every((part) => satisfiesAll(bound as object, part))
    default:
      return true
  }
}

const patterns = new Map<string, RegExp>()

/** The patterns are those of the schemas: they are made once. */
function patternOf(bound: string): RegExp {
  const pattern = patterns.get(bound) ?? new RegExp(`^${bound}$`)
  patterns.set(bound, pattern)
  return pattern
}

function satisfiesAll(rules: object, value: unknown): boolean {
  return Object.entries(rules).every(([rule, bound]) => satisfies(rule, bound, value))
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return Object.keys(value as object).length
}

function quoted(text: string): string {
  return text === 'null' ? text : `'${text}'`
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}
