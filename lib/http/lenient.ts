import type { Endpoint } from './endpoint.ts'

// How a lenient surface reads requests, for clients in languages that cannot tell some things apart:
//
// - Any body is read as JSON, whatever it is said to be. Nothing, null and an empty list are an object without fields; the list
//   only where the endpoint takes none.
// - A field of null is not given, at any depth, save for those whose null says something to the endpoint.
// - A query parameter without a value is not given.
// - Runs of slashes in a path are one slash.
// - A key that is not found and still has a percent sign is decoded once more.

/** What a body says: fields that are not given are left out. Bodies are not deeper than `JSON_DEPTH_MAX`. */
export function tidyBody(
  body: unknown,
  { nullable = [], takesList }: Pick<Endpoint, 'nullable' | 'takesList'> = {},
): unknown {
  if (body === null || (takesList !== true && Array.isArray(body) && body.length === 0)) return {}
  if (typeof body !== 'object' || Array.isArray(body)) return dropNulls(body)
  const kept = Object.entries(body).filter(
    ([name, value]) => value !== null || nullable.includes(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, dropNulls(value)]))
}

function dropNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(dropNulls)
  const given = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(given.map(([name, field]) => [name, dropNulls(field)]))
}

type Parameter = readonly [name: string, values: readonly string[] | undefined]

/** Leaves out what was sent without a value. */
export function tidyQuery(parameters: readonly Parameter[]): Parameter[] {
  return parameters.flatMap(([name, values = []]) => {
    const given = values.filter((value) => value !== '')
    return given.length === 0 ? [] : [[name, given] as const]
  })
}

/** The parameters with the one of that value decoded once more; undefined where that changes nothing. */
export function decodeAgain(params: unknown, wanted: string): Record<string, unknown> | undefined {
  if (typeof params !== 'object' || params === null || !wanted.includes('%')) return undefined
  const found = Object.entries(params).find(([, value]) => value === wanted)
  if (found === undefined) return undefined
  try {
    const decoded = decodeURIComponent(wanted)
    return decoded === wanted ? undefined : { ...params, [found[0]]: decoded }
  } catch {
    return undefined
  }
}
