import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb'
import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb'
import type { AttributeValue, Item } from '@holdfast/dynamodb/types'

// What the document client does to values on their way to the wire and back, without the detour over bytes: binaries are
// base64 texts at once. Whatever is not plain goes through the SDK's own functions, which also refuse what they refuse.

const options = { removeUndefinedValues: true }

type Fields = Readonly<Record<string, unknown>>

/** Writes an object as an item; fields that are undefined are left out. */
export function toItem(fields: Fields): Item {
  const item: Item = {}
  for (const name in fields) {
    const value = fields[name]
    if (value !== undefined && typeof value !== 'function') item[name] = toAttribute(value)
  }
  return item
}

/** Writes a value as the engine takes it. */
export function toAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'boolean') return { BOOL: value }
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { N: String(value) }
  if (Array.isArray(value)) {
    const entries: unknown[] = value.filter((entry) => entry !== undefined)
    return { L: entries.map(toAttribute) }
  }
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') }
  if (isPlainObject(value)) return { M: toItem(value) }
  return convertToAttr(value as NativeAttributeValue, options) as AttributeValue
}

function isPlainObject(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

/** Reads an item of the engine. */
export function fromItem(item: Item): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name in item) fields[name] = fromAttribute(item[name] ?? {})
  return fields
}

function fromAttribute(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S
  if (value.N !== undefined) {
    const number = Number(value.N)
    return Number.isSafeInteger(number) ? number : convertToNative({ N: value.N })
  }
  if (value.BOOL !== undefined) return value.BOOL
  if (value.M !== undefined) return fromItem(value.M)
  if (value.L !== undefined) return value.L.map(fromAttribute)
  if (value.B !== undefined) return new Uint8Array(Buffer.from(value.B, 'base64'))
  return convertToNative(value as Parameters<typeof convertToNative>[0])
}

/** An item as the SDK hands it over in errors: as it is, but with binaries as bytes. */
export function withBytes(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, bytesIn(value)]))
}

function bytesIn(value: AttributeValue): unknown {
  if (value.B !== undefined) return { B: new Uint8Array(Buffer.from(value.B, 'base64')) }
  if (value.L !== undefined) return { L: value.L.map(bytesIn) }
  if (value.M !== undefined) return { M: withBytes(value.M) }
  return value
}
