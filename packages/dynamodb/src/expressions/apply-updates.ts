import { setOf } from './compare.ts'
import { child, valueAt } from './documents.ts'
import { invalidParameter, validationError } from '../errors.ts'
import { isArithmetic, isCall, isPath } from './expressions.ts'
import type { Section, Value } from './expressions.ts'
import { typeOf } from '../items/keys.ts'
import { addNumbers, numberFault, subtractNumbers } from './numbers.ts'
import type { AttributeValue, Item } from '../types.ts'

const invalidPath = 'The document path provided in the update expression is invalid for update'
const wrongType = 'An operand in the update expression has an incorrect data type'
const missing = 'The provided expression refers to an attribute that does not exist in the item'

/** Marks a list entry that is gone; positions mean the list as it was until all is applied. */
const removed: AttributeValue = {}

/** Applies a parsed update expression to a copy of an item; every right side sees the old item. */
export function applySections(sections: readonly Section[], old: Item): Item {
  const root: AttributeValue = { M: structuredClone(old) }
  const values = sections.map((section) =>
    section.type === 'set' ? structuredClone(evaluate(section.val, old)) : undefined,
  )
  const lists: Lists = new Map()
  for (const [at, section] of sections.entries()) {
    const parent = valueAt(['', ...section.path.slice(0, -1)], { '': root })
    const piece = section.path.at(-1)
    if (parent === undefined || piece === undefined) throw validationError(invalidPath)
    if (typeof piece === 'number' ? !parent.L : !parent.M) throw validationError(invalidPath)
    const value = values[at] ?? updated(section, child(parent, piece))
    if (typeof piece === 'number') putEntry(lists, parent, [piece, value])
    else putNamed(parent, piece, value)
  }
  for (const [list, appended] of lists) {
    appended.sort(([left], [right]) => left - right)
    const entries = [...(list.L ?? []), ...appended.map(([, value]) => value)]
    list.L = entries.filter((entry) => entry !== removed)
  }
  return root.M ?? {}
}

/** The lists touched, with what goes behind their ends and the positions it was given. */
type Lists = Map<AttributeValue, [at: number, value: AttributeValue][]>

function updated(section: Section, existing: AttributeValue | undefined): AttributeValue {
  if (section.type === 'remove' || section.type === 'set') return removed
  if (existing !== undefined && typeOf(existing) !== section.attrType) {
    throw validationError(wrongType)
  }
  if (section.type === 'delete') return without(existing, section.val)
  return added(existing, section.val)
}

function putEntry(
  lists: Lists,
  parent: AttributeValue,
  [at, value]: [number, AttributeValue],
): void {
  const appended = lists.get(parent) ?? []
  lists.set(parent, appended)
  if (parent.L !== undefined && at < parent.L.length) parent.L[at] = value
  else appended.push([at, value])
}

function putNamed(parent: AttributeValue, name: string, value: AttributeValue): void {
  const entries = new Map(Object.entries(parent.M ?? {}))
  if (value === removed) entries.delete(name)
  else entries.set(name, value)
  parent.M = Object.fromEntries(entries)
}

/** A value with another added: numbers sum, sets unite, lists append. */
export function added(existing: AttributeValue | undefined, more: AttributeValue): AttributeValue {
  if (existing === undefined) return structuredClone(more)
  if (existing.N !== undefined && more.N !== undefined) {
    return number(addNumbers(existing.N, more.N))
  }
  if (existing.L !== undefined) return { L: [...existing.L, ...(more.L ?? [])] }
  return { [typeOf(existing)]: [...new Set([...(setOf(existing) ?? []), ...(setOf(more) ?? [])])] }
}

/** A set without the members of another; no set is left when it would be empty. */
export function without(
  existing: AttributeValue | undefined,
  less: AttributeValue,
): AttributeValue {
  if (existing === undefined) return removed
  const gone = setOf(less) ?? []
  const left = (setOf(existing) ?? []).filter((entry) => !gone.includes(entry))
  return left.length === 0 ? removed : { [typeOf(existing)]: left }
}

function evaluate(value: Value, item: Item): AttributeValue {
  if (isPath(value)) {
    const found = valueAt(value, item)
    if (found === undefined) throw validationError(missing)
    return found
  }
  if (isArithmetic(value)) return sum(value.type, operands(value.args, item))
  if (!isCall(value)) return value
  if (value.name === 'if_not_exists') {
    const [path, otherwise] = value.args
    const found = path && isPath(path) ? valueAt(path, item) : undefined
    if (found !== undefined) return found
    if (otherwise === undefined) throw validationError(missing)
    return evaluate(otherwise, item)
  }
  const [left, right] = operands(value.args, item)
  if (left?.L === undefined || right?.L === undefined) throw validationError(wrongType)
  return { L: [...left.L, ...right.L] }
}

function operands(values: readonly Value[], item: Item): AttributeValue[] {
  return values.map((value) => evaluate(value, item))
}

function sum(type: 'add' | 'subtract', [left, right]: readonly AttributeValue[]): AttributeValue {
  if (left?.N === undefined || right?.N === undefined) throw validationError(wrongType)
  return number(type === 'add' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N))
}

function number(text: string): AttributeValue {
  const fault = numberFault(text)
  if (fault !== undefined) throw validationError(fault)
  return { N: text }
}

/** The old form of an update of one attribute. */
export interface AttributeUpdate {
  Action?: 'PUT' | 'ADD' | 'DELETE'
  Value?: AttributeValue
}

/** Applies updates in the old form to a copy of an item. */
export function applyAttributeUpdates(updates: Record<string, AttributeUpdate>, old: Item): Item {
  const entries = new Map(Object.entries(structuredClone(old)))
  for (const [name, { Action: action = 'PUT', Value: value }] of Object.entries(updates)) {
    const next = attributeAfter(action, entries.get(name), value)
    if (next === removed) entries.delete(name)
    else entries.set(name, next)
  }
  return Object.fromEntries(entries)
}

function attributeAfter(
  action: 'PUT' | 'ADD' | 'DELETE',
  existing: AttributeValue | undefined,
  value: AttributeValue | undefined,
): AttributeValue {
  if (value === undefined) return removed
  if (action === 'PUT') return value
  if (existing !== undefined && typeOf(existing) !== typeOf(value)) {
    throw validationError('Type mismatch for attribute to update')
  }
  if (action === 'ADD') return added(existing, value)
  if (setOf(value) === undefined) {
    throw invalidParameter(
      `DELETE action with value is not supported for the type ${typeOf(value)}`,
    )
  }
  return without(existing, value)
}
