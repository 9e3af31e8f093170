import { parseRequest } from '@holdfast/dynamodb/engine'
import { validationError } from '@holdfast/dynamodb/errors'
import { operations, type Operation } from '@holdfast/dynamodb/operations'
import { itemFault } from '@holdfast/dynamodb/request-rules'
import { batchWriteMax, transactItemsMax } from '@holdfast/dynamodb/schemas'
import type { AttributeValue, Item } from '@holdfast/dynamodb/types'

// Most of the engine's time goes into checking requests and parsing their expressions, and a program sends the same few
// forms of request again and again. So each form is checked and parsed once, by the engine; later requests of the same form
// take the parsed expressions over, with their own values in them. What depends on more than the form (how many items, which
// keys) is checked each time.

/** The part of a request that has expressions of its own. */
type Part = Record<string, unknown> & { ExpressionAttributeValues?: Item }

/** What parsing adds to a part; the values in it stand for the ones of the request. */
type Form = readonly (readonly [name: string, parsed: unknown])[]

const expressionNames = [
  'ConditionExpression',
  'UpdateExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
  'FilterExpression',
] as const

const parsedNames = ['_condition', '_updates', '_projection', '_filter', 'KeyConditions'] as const

/** A value of the form: its name stands for what the request gives it. */
interface Hole {
  readonly hole: string
}

const forms = new Map<string, Form>()

/** Checks and parses a request of an operation, by its form where that is known; refuses as the engine does. */
export function prepare(name: string, input: object): never {
  const operation = operationOf(name)
  const parts = partsOf(name, input as Part)
  if (parts === undefined) return parseRequest(operation, input)
  const names = parts.map((part) => formName(name, part))
  const known = names.map((form) => forms.get(form))
  if (known.every((form) => form !== undefined)) {
    for (const [at, form] of known.entries()) fill(form, parts[at] ?? {})
    for (const part of parts) refuseLargeItem(part)
    return input as never
  }
  const parsed: never = parseRequest(operation, input)
  for (const [at, part] of (partsOf(name, parsed) ?? []).entries()) {
    forms.set(names[at] ?? '', formOf(part))
  }
  return parsed
}

/** The operation of DynamoDB that has this name. */
export function operationOf(name: string): Operation {
  const operation = operations['DynamoDB_20120810']?.[name]
  if (operation === undefined) throw new Error(`No operation ${name}`)
  return operation
}

function refuseLargeItem({ Item: item }: Part): void {
  const fault = itemFault(item as Item | undefined)
  if (fault !== undefined) throw validationError(fault)
}

/** Undefined where requests are too rare or too different to have forms. */
function partsOf(name: string, input: Part): Part[] | undefined {
  switch (name) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'Query':
      return [input]
    case 'TransactWriteItems': {
      const items = input['TransactItems'] as Record<string, Part>[]
      if (items.length > transactItemsMax) return undefined
      return items.flatMap((item) => Object.entries(item).map(([kind, part]) => named(part, kind)))
    }
    case 'BatchGetItem':
      return Object.values(input['RequestItems'] as Record<string, Part>).map(withDistinctKeys)
    default:
      return undefined
  }
}

/** A put and an update of one transaction have different forms; the mark is not enumerable, so nobody else sees it. */
const kinds = new WeakMap<Part, string>()

function named(part: Part, kind: string): Part {
  kinds.set(part, kind)
  return part
}

function withDistinctKeys(part: Part): Part {
  const keys = part['Keys'] as Item[]
  const distinct = new Set(keys.map((key) => JSON.stringify(key)))
  if (keys.length > MOST_KEYS)
    throw validationError('Too many items requested for the BatchGetItem call')
  if (distinct.size < keys.length) {
    throw validationError('Provided list of item keys contains duplicates')
  }
  return part
}

/** Keys of one BatchGetItem. */
const MOST_KEYS = batchWriteMax * 4

/** Everything that parsing depends on: the texts, the names, and the types of the values. */
function formName(operation: string, part: Part): string {
  let name = `${operation} ${kinds.get(part) ?? ''}`
  for (const expression of expressionNames) name += `\n${(part[expression] ?? '') as string}`
  const { ExpressionAttributeNames: aliases, ExpressionAttributeValues: values } = part
  if (aliases !== undefined) name += JSON.stringify(aliases)
  for (const key in values) name += `${key}${Object.keys(values[key] ?? {})[0] ?? ''}`
  if (part['ExclusiveStartKey'] !== undefined) name += ' from'
  return name
}

function formOf(part: Part): Form {
  const values = new Map<unknown, string>()
  for (const [name, value] of Object.entries(part.ExpressionAttributeValues ?? {})) {
    values.set(value, name)
  }
  return parsedNames
    .filter((name) => part[name] !== undefined)
    .map((name) => [name, withHoles(part[name], values)] as const)
}

function withHoles(parsed: unknown, values: ReadonlyMap<unknown, string>): unknown {
  const hole = values.get(parsed)
  if (hole !== undefined) return { hole } satisfies Hole
  return mapInside(parsed, (inner) => withHoles(inner, values))
}

/** Puts the form's parsed expressions on a part, with the part's own values. */
function fill(form: Form, part: Part): void {
  const { ExpressionAttributeValues: values = {} } = part
  for (const [name, parsed] of form) part[name] = filled(parsed, values)
}

function filled(parsed: unknown, values: Record<string, AttributeValue>): unknown {
  if (typeof parsed !== 'object' || parsed === null) return parsed
  if ('hole' in parsed) return values[(parsed as Hole).hole]
  return mapInside(parsed, (inner) => filled(inner, values))
}

function mapInside(value: unknown, map: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = map((value as Record<string, unknown>)[name])
  return copy
}
