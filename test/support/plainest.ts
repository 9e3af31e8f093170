import type * as z from 'zod'
import type { CatalogEntry } from '../../lib/http/catalog.ts'
import { toCamelCase } from '../../lib/http/casing.ts'

/** The least that a call takes: what nobody may leave out, as the product reads it, whatever the document says. */
export interface PlainestCall {
  readonly operationId: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  /** Undefined where a body may be left out, or there is none. */
  readonly body: unknown
  readonly hasBody: boolean
}

/** The plainest call of an endpoint, from its first example. */
export function plainestCall({ name, endpoint }: CatalogEntry): PlainestCall {
  const { body, query, path, surface } = endpoint
  const [example] = Object.values(endpoint.examples ?? {})
  const isLenient = surface.reading === 'lenient'
  const takes = (given: unknown) => body?.safeParse(given).success === true
  const optional = takes(isLenient ? {} : undefined)
  const variables = Array.from(path.matchAll(/\{(\w+)\}/g), ([, variable = '']) => variable)
  return {
    operationId: toCamelCase(name),
    path: Object.fromEntries(variables.map((it) => [it, example?.params?.[it] ?? 'some'])),
    query: needed(query, example?.query ?? {}),
    body: body === undefined || optional ? undefined : least(example?.body ?? {}, takes),
    hasBody: body !== undefined,
  }
}

function needed(schema: z.ZodType | undefined, given: object): Record<string, unknown> {
  if (schema === undefined) return {}
  return least(given, (query) => schema.safeParse(query).success) as Record<string, unknown>
}

/** Takes away every field and every further item without which it is still taken. */
function least(value: unknown, isTaken: (value: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[]
    const alone = others.length > 0 && isTaken([first]) ? [first] : (value as unknown[])
    return alone.map((item, place) => least(item, (given) => isTaken(alone.with(place, given))))
  }
  let left = value as Record<string, unknown>
  for (const name of Object.keys(value)) {
    const { [name]: taken, ...rest } = left
    if (isTaken(rest)) left = rest
    else left = { ...left, [name]: least(taken, (given) => isTaken({ ...left, [name]: given })) }
  }
  return left
}
