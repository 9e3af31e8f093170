/** Fields whose members have names of the caller's choice: a null there is an empty value. */
const maps = new Set([
  'Item',
  'Key',
  'Keys',
  'M',
  'ExpressionAttributeValues',
  'ExpressionAttributeNames',
  'ExclusiveStartKey',
  'RequestItems',
  'Expected',
  'AttributeUpdates',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
])

/**
 * A copy of a request that validation may change. A field that is null counts as absent; a member
 * of a list or map that is null counts as empty, and so is refused by the rules for its type.
 */
export function copyRequest(input: object): Record<string, unknown> {
  return copyObject(input, false)
}

function copyObject(value: object, isMap: boolean): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[name]
    if (part !== null && part !== undefined) put(copy, name, copyPart(part, maps.has(name)))
    else if (isMap) put(copy, name, {})
  }
  return copy
}

/** Defines a member; one of that name would set what an object inherits from. */
function put(copy: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') copy[name] = value
  else
    Object.defineProperty(copy, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
}

function copyPart(value: unknown, isMap: boolean): unknown {
  // As the wire writes bytes.
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map((part: unknown) => copyPart(part ?? {}, isMap))
  return typeof value === 'object' && value !== null ? copyObject(value, isMap) : value
}
