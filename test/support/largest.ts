// The largest value that a JSON Schema of the documents allows, in letters of three bytes: lists and texts at their limits, every
// field given. Where a schema sets no limit, the body's is what counts.

/** What of a schema matters here. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
  readonly maximum?: number
  readonly minimum?: number
  readonly exclusiveMaximum?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: object
}

/** A letter of three bytes in UTF-8, one in the length of a text. */
export const WIDE = '席'

/** Letters of a text without a limit; entries of a list or map without one. */
export interface Sizes {
  readonly letters: number
  readonly entries: number
  /** Which entry of a list it is, so that no two are the same. */
  readonly place?: number
}

/** Entries of a list in a list: all of both together would be no body any more. */
const INNER_ENTRIES = 3

/** Makes the value; fields that no right value is documented for are left out. */
export function largest(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  sizes: Sizes,
): unknown {
  const again = (inner: Schema, place = sizes.place) =>
    largest(inner, schemas, { ...sizes, ...(place === undefined ? {} : { place }) })
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.split('/').at(-1) ?? '']
    return named === undefined ? null : again(named)
  }
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum.at(-1)
  if (schema.anyOf !== undefined && schema.properties === undefined) {
    return again(schema.anyOf.at(-1) ?? {})
  }
  switch (schema.type) {
    case 'string':
      return textOf(schema, sizes)
    case 'integer':
    case 'number':
      return schema.maximum ?? Number.MAX_SAFE_INTEGER
    case 'boolean':
      return true
    case 'array': {
      const length = Math.min(schema.maxItems ?? sizes.entries, sizes.entries)
      const inside = { ...sizes, entries: Math.min(sizes.entries, INNER_ENTRIES) }
      return Array.from({ length }, (_, at) =>
        largest(schema.items ?? {}, schemas, { ...inside, place: at }),
      )
    }
    case undefined:
    default:
      return objectOf(schema, sizes, again)
  }
}

function textOf({ format, pattern, maxLength }: Schema, { letters, place = 0 }: Sizes): string {
  if (format === 'date') return '2027-02-04'
  if (format === 'date-time') return '2027-02-04T18:20:00.123Z'
  if (format === 'uri') return 'https://example.com/hook'
  const name = String(place)
  if (pattern !== undefined) return 'a'.repeat((maxLength ?? 100) - name.length) + name
  return WIDE.repeat(Math.max(0, Math.min(maxLength ?? letters, letters) - name.length)) + name
}

function objectOf(
  { properties = {}, additionalProperties }: Schema,
  { letters, entries }: Sizes,
  again: (schema: Schema, place?: number) => unknown,
): object {
  const given = Object.entries(properties)
    .filter(([, { not }]) => not === undefined)
    .map(([name, inner]) => [name, again(inner)] as const)
  if (additionalProperties === true) {
    return Object.fromEntries([...given, ['text', WIDE.repeat(letters)]])
  }
  if (typeof additionalProperties !== 'object') return Object.fromEntries(given)
  const more = Array.from({ length: entries }, (_, at) => [
    `${WIDE.repeat(150)}${at}`,
    again(additionalProperties, at),
  ])
  return Object.fromEntries([...given, ...more]) as object
}
