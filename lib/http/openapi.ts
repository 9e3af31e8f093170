import * as z from 'zod'
import {
  createDocument,
  type oas31,
  type ZodOpenApiObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi'
import { toCamelCase, toPascalCase } from './casing.ts'
import { IDEMPOTENCY_KEY_HEADER, IDEMPOTENCY_KEY_LENGTH_MAX } from './idempotency.ts'
import { tidyComponents } from './openapi-components.ts'
import { errorResponses } from './openapi-errors.ts'
import type { Access } from './surface.ts'
import type { Documented, Examples, SurfaceDocument, Tag } from './surface-document.ts'

type Operation = NonNullable<NonNullable<ZodOpenApiObject['paths']>[string]['get']>

/**
 * The OpenAPI 3.1 document of one surface's endpoints, in the order of the surface's examples; the same for the same endpoints,
 * whatever their order. Endpoints for any method are left out: OpenAPI has no word for them.
 */
export function buildOpenApi(
  entries: readonly Documented[],
  document: SurfaceDocument,
): oas31.OpenAPIObject {
  const described = entries
    .filter(({ endpoint }) => endpoint.method !== 'ANY')
    .sort(asExampled(document))
  const errors = errorResponses(described, document)
  const paths: Record<string, Record<string, Operation>> = {}
  for (const entry of described) {
    const { method, path } = entry.endpoint
    const operations = (paths[path] ??= {})
    operations[method.toLowerCase()] = {
      ...toOperation(entry, document),
      responses: { ...toSuccess(entry, document), ...errors.get(entry) },
    }
  }
  const built = createDocument(
    {
      openapi: '3.1.1',
      info: document.info,
      servers: [{ url: '/', description: 'Where this document came from' }],
      tags: document.tags.map(({ name, description }) => ({ name, description })),
      paths,
      components: {
        schemas: { ...document.errors, ...namedSchemas(described, document) },
        securitySchemes: Object.fromEntries(
          Object.values(document.keys).map(({ name, scheme }) => [name, scheme]),
        ),
      },
    },
    { override: plainly },
  )
  for (const entry of described) showParameters(built, entry, document.examples[entry.name] ?? {})
  return tidyComponents(built)
}

/** Endpoints without an example come last, by name. */
function asExampled({ examples }: SurfaceDocument): (a: Documented, b: Documented) => number {
  const names = Object.keys(examples)
  const placeOf = ({ name }: Documented) => (name in examples ? names.indexOf(name) : names.length)
  return (a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1)
}

function toOperation({ name, endpoint }: Documented, document: SurfaceDocument): Operation {
  const { summary, description, access, params, query, body, path } = endpoint
  const told = [description, whoMayCall[access]].filter((text) => text !== undefined)
  const isWrite = endpoint.method !== 'GET'
  const parameters = {
    ...(params === undefined ? {} : { path: params as z.ZodObject }),
    ...(query === undefined ? {} : { query: query as z.ZodObject }),
    ...(isWrite ? { header: requestHeaders } : {}),
  }
  return {
    operationId: toCamelCase(name),
    tags: [tagOf(path, document.tags)],
    summary,
    description: told.join('\n\n'),
    security: securityOf(access, document.keys),
    ...((isWrite || (params ?? query)) && { requestParams: parameters }),
    ...(body && { requestBody: toRequestBody(body, document.examples[name] ?? {}) }),
    responses: {},
  }
}

/** What every request that changes something may send along. */
const requestHeaders = z.object({
  [IDEMPOTENCY_KEY_HEADER]: z.string().min(1).max(IDEMPOTENCY_KEY_LENGTH_MAX).optional().meta({
    id: 'IdempotencyKey',
    description:
      'Of your choice, new for each change: printable ASCII. The same request with the same key takes effect once within 24 hours, and gets the same answer.',
  }),
})

/** What the answer to a repeated request says of itself. */
const replayHeaders = {
  'Idempotent-Replayed': {
    description: 'There, and `true`, when the request was repeated and this is its first answer.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
}

const whoMayCall: Record<Access, string> = {
  anyone: 'Needs no key.',
  'publishable-key': 'Publishable and secret keys may call it.',
  'secret-key': 'Only secret keys may call it.',
  'admin-key': "Only a company's admin keys may call it.",
  system: 'Only the operator of the system may call it, where that is switched on.',
}

/** The kinds of key that open an endpoint, as far as the surface has them. */
const openedBy: Record<Access, readonly Access[]> = {
  anyone: [],
  'publishable-key': ['publishable-key', 'secret-key'],
  'secret-key': ['secret-key', 'admin-key'],
  'admin-key': ['admin-key'],
  system: ['system'],
}

function securityOf(access: Access, keys: SurfaceDocument['keys']): Record<string, string[]>[] {
  return openedBy[access].flatMap((kind) => {
    const key = keys[kind]
    return key === undefined ? [] : [{ [key.name]: [] }]
  })
}

function tagOf(path: string, tags: readonly Tag[]): string {
  const fitting = tags.filter(({ under }) => path === under || path.startsWith(`${under}/`))
  const [tag] = fitting.sort((a, b) => b.under.length - a.under.length)
  if (tag === undefined) throw new Error(`No tag covers ${path}`)
  return tag.name
}

function toRequestBody(schema: z.ZodType, examples: Examples) {
  const shown: oas31.ExamplesObject = {}
  for (const [name, { summary, body }] of Object.entries(examples)) {
    shown[name] = { summary, value: body }
  }
  return { required: true, content: { 'application/json': { schema, examples: shown } } }
}

function toSuccess(
  { name, endpoint: { method, status = 200, summary, reply } }: Documented,
  document: SurfaceDocument,
): Record<`2${string}`, ZodOpenApiResponseObject> {
  const examples: oas31.ExamplesObject = {}
  for (const [key, example] of Object.entries(document.examples[name] ?? {})) {
    const { summary: shows, reply: value, status: other } = example
    if (other === undefined) examples[key] = { summary: shows, value }
  }
  const content = { 'application/json': { schema: reply, examples } }
  const headers = method === 'GET' ? {} : { headers: replayHeaders }
  return { [String(status) as '200']: { description: summary, content, ...headers } }
}

/** Names whole bodies: as the surface does, else after their endpoint. */
function namedSchemas(
  entries: readonly Documented[],
  { schemas }: SurfaceDocument,
): Record<string, z.ZodType> {
  const known = new Map(Object.entries(schemas).map(([name, schema]) => [schema, name]))
  const named: [string, z.ZodType][] = entries.flatMap(({ name, endpoint: { body, reply } }) => {
    const operation = toPascalCase(name)
    const request: [string, z.ZodType][] = body
      ? [[known.get(body) ?? `${operation}Request`, body]]
      : []
    return [...request, [known.get(reply) ?? `${operation}Reply`, reply]]
  })
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Drops what a reader does not need: the bounds of safe integers, dates once more as a pattern, that names are strings, and fields
 * that have no right value.
 */
const plainly: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
  delete jsonSchema.propertyNames
  for (const [name, property] of Object.entries(jsonSchema.properties ?? {})) {
    const isImpossible = typeof property === 'object' && property.not !== undefined
    if (isImpossible) delete jsonSchema.properties?.[name]
  }
}

/** Gives each parameter the value that the first example has for it. */
function showParameters(
  { paths = {} }: oas31.OpenAPIObject,
  { endpoint: { path, method } }: Documented,
  examples: Examples,
): void {
  const operation = paths[path]?.[method.toLowerCase() as 'get']
  const values = Object.assign(
    {},
    ...Object.values(examples)
      .reverse()
      .map(({ params, query }) => ({ ...params, ...query })),
  ) as Record<string, unknown>
  for (const parameter of operation?.parameters ?? []) {
    if ('name' in parameter && parameter.name in values) parameter.example = values[parameter.name]
  }
}
