import { compareNumbers } from './numbers.ts'
import type { AttributeValue, Item } from '../types.ts'
import { typeOf } from '../items/keys.ts'

/** Whether two values are equal: same type, sets in any order, maps by name. */
export function equal(
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return false
  if (typeOf(left) !== typeOf(right)) return false
  if (left.L !== undefined && right.L !== undefined) return equalLists(left.L, right.L)
  if (left.M !== undefined && right.M !== undefined) return equalMaps(left.M, right.M)
  const set = setOf(left)
  const other = setOf(right)
  if (set !== undefined && other !== undefined) {
    return set.length === other.length && set.every((entry) => other.includes(entry))
  }
  return scalar(left) === scalar(right)
}

/** Whether two items are the same, or both absent. */
export function sameItem(left: Item | undefined, right: Item | undefined): boolean {
  return left === right || (left !== undefined && right !== undefined && equalMaps(left, right))
}

/** Orders two strings, numbers or binaries of the same type; undefined when they have no order. */
export function order(
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined
  if (left.N !== undefined && right.N !== undefined) return compareNumbers(left.N, right.N)
  if (left.S !== undefined && right.S !== undefined) {
    return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S))
  }
  if (left.B !== undefined && right.B !== undefined) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'))
  }
  return undefined
}

/** Whether a string or binary starts with another. */
export function beginsWith(
  value: AttributeValue | undefined,
  start: AttributeValue | undefined,
): boolean {
  if (value?.S !== undefined && start?.S !== undefined) return value.S.startsWith(start.S)
  if (value?.B === undefined || start?.B === undefined) return false
  const prefix = Buffer.from(start.B, 'base64')
  return Buffer.from(value.B, 'base64').subarray(0, prefix.length).equals(prefix)
}

/** Whether a text has a substring, a set a member or a list an entry. */
export function contains(
  value: AttributeValue | undefined,
  part: AttributeValue | undefined,
): boolean {
  if (value === undefined || part === undefined) return false
  if (value.L !== undefined) return value.L.some((entry) => equal(entry, part))
  if (part.S !== undefined) {
    return value.S?.includes(part.S) ?? value.SS?.includes(part.S) ?? false
  }
  if (part.N !== undefined) return value.NS?.includes(part.N) ?? false
  if (part.B === undefined) return false
  if (value.B !== undefined) {
    return Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'))
  }
  return value.BS?.includes(part.B) ?? false
}

/** What size() answers (the length of a text, the bytes of a binary), or undefined for a value that has no size. */
export function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (value === undefined) return undefined
  if (value.S !== undefined) return value.S.length
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64')
  if (value.M !== undefined) return Object.keys(value.M).length
  return (value.L ?? setOf(value))?.length
}

/** The members of a set. */
export function setOf(value: AttributeValue): string[] | undefined {
  return value.SS ?? value.NS ?? value.BS
}

function scalar(value: AttributeValue): string | boolean | undefined {
  return value.S ?? value.N ?? value.B ?? value.BOOL ?? value.NULL
}

function equalLists(left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean {
  return left.length === right.length && left.every((entry, at) => equal(entry, right[at]))
}

function equalMaps(
  left: Record<string, AttributeValue>,
  right: Record<string, AttributeValue>,
): boolean {
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name]))
  )
}
