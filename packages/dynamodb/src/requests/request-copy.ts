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
  const entries: [string, unknown][] = []
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (part !== null && part !== undefined) entries.push([name, copyPart(part, maps.has(name))])
    else if (isMap) entries.push([name, {}])
  }
  return Object.fromEntries(entries)
}

function copyPart(value: unknown, isMap: boolean): unknown {
  // As the wire writes bytes.
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map((part: unknown) => copyPart(part ?? {}, isMap))
  return typeof value === 'object' && value !== null ? copyObject(value, isMap) : value
}
