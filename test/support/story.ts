import { readCatalog, type CatalogEntry } from '../../lib/http/catalog.ts'
import type { Example } from '../../lib/http/example.ts'
import type { SurfaceName } from './openapi.ts'

const { endpoints } = await readCatalog()

/** One example, with the endpoint that it is of. */
export interface Scene {
  readonly entry: CatalogEntry
  /** The name of the example. */
  readonly title: string
  readonly example: Example
}

/** The examples of a surface, in the order in which they work. */
export function storyOf(surface: SurfaceName): Scene[] {
  const told = endpoints.flatMap((entry) => {
    const { storyPlace = Number.MAX_SAFE_INTEGER, examples = {} } = entry.endpoint
    return entry.surface === surface ? [{ entry, storyPlace, examples }] : []
  })
  const scenes = told.flatMap(({ entry, storyPlace, examples }) =>
    Object.entries(examples).map(([title, example]) => ({
      entry,
      title,
      example,
      place: example.place ?? storyPlace,
    })),
  )
  return scenes.sort((a, b) => a.place - b.place)
}

/** The status that an example shows. */
export function statusOf({ entry, example }: Scene): number {
  const { status = 200, replyMediaType } = entry.endpoint
  const isEmpty = example.reply === undefined && replyMediaType === undefined
  return example.status ?? (isEmpty ? 204 : status)
}

/** Path and query of an example. */
export function targetOf(path: string, { params = {}, query = {} }: Example): `/${string}` {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  )
  return `/${filled.slice(1)}${search === '' ? '' : `?${search}`}`
}

/** What this run made anew, by what the document shows for it. */
export type Real = Map<string, string>

/** Notes what each value that an example makes anew really is. */
export function learn({ reply, anew = [] }: Example, told: unknown, real: Real): void {
  const wanted = anew.map(String)
  walk(reply, told, (shown, other) => {
    // A picture is named by its address.
    const place = wanted.find((value) => shown === value || shown.endsWith(`/${value}`))
    if (place !== undefined) real.set(place, other.slice(shown.length - place.length))
  })
}

function walk(shown: unknown, told: unknown, see: (shown: string, told: string) => void): void {
  if (typeof shown !== 'object' || shown === null) {
    see(String(shown), String(told))
    return
  }
  for (const [name, value] of Object.entries(shown)) {
    walk(value, (told as Record<string, unknown> | undefined)?.[name], see)
  }
}

/** Puts what this run made where the document has its own. */
export function translate<T>(value: T, real: Real): T {
  if (value === undefined) return value
  let text = JSON.stringify(value)
  for (const [shown, made] of real) text = text.replaceAll(shown, made)
  return JSON.parse(text) as T
}
