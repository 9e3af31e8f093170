import type { RequestSchema } from '../../support/openapi.ts'
import type { Draft } from './attempt.ts'
import type { Chance } from './chance.ts'
import { anyDeepValue, anyOddNumber, anyOddValue, atLimits, oddTexts } from './odd-values.ts'

type Path = readonly (string | number)[]

/** A place in a body that the schema speaks of. */
interface Site {
  readonly path: Path
  readonly schema: RequestSchema
}

const fieldNames = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'extra',
  'HoldToken',
  '$ref',
]

/** Breaks a draft, or bends it, in one or two places: in its body where it has one, else in a parameter. */
export function mutateDraft(draft: Draft, chance: Chance): Draft {
  const { parameters, requestSchema } = draft.operation
  const hasBody = requestSchema !== undefined
  if (!hasBody && parameters.length === 0) return draft
  if (parameters.length > 0 && (!hasBody || chance.percent(15)))
    return mutateParameter(draft, chance)
  const once = mutateBody(draft, chance)
  return chance.percent(20) ? mutateBody(once, chance) : once
}

function mutateParameter(draft: Draft, chance: Chance): Draft {
  const { name, in: place, schema } = chance.pick(draft.operation.parameters)
  const limits = atLimits(schema as RequestSchema, String)
  const value = String(
    chance.percent(50) && limits.length > 0 ? chance.pick(limits) : anyOddText(chance),
  )
  if (place === 'path') return { ...draft, params: { ...draft.params, [name]: value } }
  return { ...draft, query: [...draft.query.filter(([other]) => other !== name), [name, value]] }
}

function anyOddText(chance: Chance): unknown {
  return chance.percent(70) ? chance.pick(oddTexts) : anyOddNumber(chance)
}

function mutateBody(draft: Draft, chance: Chance): Draft {
  const { body, operation, venue } = draft
  const sites = sitesOf(operation.requestSchema ?? {}, [])
  const isWhole = chance.percent(4) || sites.length === 0
  if (isWhole) return { ...draft, body: anyOddValue(chance), venue: undefined }
  const site = chance.pick(sites)
  const changed = chance.pick(changes)(structuredClone(body), site, chance)
  const isOfVenue = site.path[0] === 'draftVersion'
  return { ...draft, body: changed, venue: isOfVenue ? undefined : venue }
}

type Change = (body: unknown, site: Site, chance: Chance) => unknown

const changes: readonly Change[] = [
  (body, { path }) => withoutAt(body, path),
  (body, { path }) => withAt(body, path, null),
  (body, { path }, chance) => withAt(body, path, anyOddValue(chance)),
  (body, { path }, chance) => withAt(body, path, anyOddValue(chance)),
  (body, { path }, chance) => withAt(body, path, chance.pick(oddTexts)),
  (body, { path }, chance) => withAt(body, path, anyOddNumber(chance)),
  changeToLimit,
  changeToLimit,
  changeToLimit,
  changeToLimit,
  (body, { path }, chance) => withAt(body, path, anyDeepValue(chance)),
  (body, _, chance) => withAt(body, [chance.pick(fieldNames)], anyOddValue(chance)),
  (body, _, chance) => withAt(body, ['extra'], anyDeepValue(chance)),
  duplicateItem,
]

function changeToLimit(body: unknown, { path, schema }: Site, chance: Chance): unknown {
  const list = valueAt(body, path)
  const given: readonly unknown[] = Array.isArray(list) ? list : []
  const limits = atLimits(schema, (index) => given[index] ?? `Filler-${index}`)
  return withAt(body, path, limits.length === 0 ? anyOddValue(chance) : chance.pick(limits))
}

function duplicateItem(body: unknown, { path }: Site, chance: Chance): unknown {
  const list = valueAt(body, path)
  if (!Array.isArray(list) || list.length === 0) return withAt(body, path, anyOddValue(chance))
  return withAt(body, path, [...(list as unknown[]), chance.pick(list as unknown[])])
}

function sitesOf(schema: RequestSchema, path: Path): Site[] {
  const own = path.length === 0 ? [] : [{ path, schema }]
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    sitesOf(inner, [...path, name]),
  )
  const items = schema.items ? sitesOf(schema.items, [...path, 0]) : []
  const others = (schema.anyOf ?? []).flatMap((inner) => sitesOf(inner, path))
  return [...own, ...fields, ...items, ...others]
}

function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => (isContainer(value) ? value[name] : undefined), body)
}

/** Changes the body in place; where the way there is missing, the nearest place that is there. */
function withAt(body: unknown, path: Path, value: unknown): unknown {
  const [name = '', ...rest] = path
  if (!isContainer(body)) return value
  const inner = rest.length > 0 ? withAt(body[name], rest, value) : value
  const defined = { value: inner, enumerable: true, configurable: true, writable: true }
  return Object.defineProperty(body, name, defined)
}

function withoutAt(body: unknown, path: Path): unknown {
  const holder = valueAt(body, path.slice(0, -1))
  const name = path.at(-1) ?? ''
  if (Array.isArray(holder)) holder.splice(Number(name), 1)
  else if (isContainer(holder)) Reflect.deleteProperty(holder, name)
  return body
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
