import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb'

// Values and how DynamoDB writes them: as the SDK does it, whose functions look at the name of each value's class and compare each number
// with three words. What rows are made of goes the short way here, and everything else the SDK's.

const OPTIONS = { removeUndefinedValues: true } as const

/** A value as DynamoDB takes it; fields that are undefined are left out. */
export function writeAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'boolean') return { BOOL: value }
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER)
    return { N: String(value) }
  if (value === null) return { NULL: true }
  if (value instanceof Uint8Array) return { B: forJson(value) }
  if (Array.isArray(value)) return { L: value.filter(isGiven).map(writeAttribute) }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return { M: writeItem(value) }
  const written = convertToAttr(value, OPTIONS)
  return written.BS === undefined ? written : { BS: written.BS.map(forJson) }
}

/** Bytes that stand in JSON in base64, as DynamoDB takes them. */
function forJson(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = bytes
  const toJSON = () => Buffer.from(buffer, byteOffset, length).toString('base64')
  return Object.defineProperty(new Uint8Array(buffer, byteOffset, length), 'toJSON', {
    value: toJSON,
  })
}

function writeItem(value: object): Record<string, AttributeValue> {
  const item: Record<string, AttributeValue> = {}
  for (const [name, part] of Object.entries(value)) {
    if (isGiven(part)) item[name] = writeAttribute(part)
  }
  return item
}

function isGiven(value: unknown): boolean {
  return value !== undefined && typeof value !== 'function'
}

/** The value that DynamoDB wrote so; bytes may be in base64 still. */
export function readAttribute(attribute: AttributeValue): unknown {
  const { S, N, M, L, B } = attribute
  if (S !== undefined) return S
  if (N !== undefined) {
    const value = Number(N)
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : convertToNative(attribute)
  }
  if (M !== undefined) return readItem(M)
  // As DynamoDB sends them, where no SDK has read the answer.
  if (typeof B === 'string') return Buffer.from(B, 'base64')
  return L === undefined ? convertToNative(attribute) : L.map(readAttribute)
}

/** The item that DynamoDB wrote so. */
export function readItem(item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(item)) value[name] = readAttribute(part)
  return value
}
