import * as z from 'zod'
import {
  createDocument,
  type oas31,
  type ZodOpenApiObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponseObject,
} from 'zod-openapi'
import { defined } from '../defined.ts'
import { toCamelCase, toPascalCase } from '../http/casing.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { headersOf } from './request-headers.ts'
import { tidyComponents } from './openapi-components.ts'
import { errorResponses } from './openapi-errors.ts'
import { tellDefaults } from './told-defaults.ts'
import { toldNotices } from './openapi-webhooks.ts'
import type { Access } from '../http/surface.ts'
import type { Examples } from '../http/example.ts'
import { fieldsOf } from '../http/cautions.ts'
import type { Documented, SurfaceDocument, Tag } from './surface-document.ts'

type Operation = NonNullable<NonNullable<ZodOpenApiObject['paths']>[string]['get']>

/**
 * The OpenAPI 3.1 document of one surface's endpoints, in the order of the story that their examples tell; the same for the same endpoints,
 * whatever their order. Endpoints for any method are left out: OpenAPI has no word for them.
 */
export function buildOpenApi(
  entries: readonly Documented[],
  document: SurfaceDocument,
): oas31.OpenAPIObject {
  const described = entries.filter(({ endpoint }) => endpoint.method !== 'ANY').sort(asExampled)
  const errors = errorResponses(described, document)
  const paths: Record<string, Record<string, Operation>> = {}
  for (const entry of described) {
    const { method, path } = entry.endpoint
    const operations = (paths[path] ??= {})
    operations[method.toLowerCase()] = {
      ...toOperation(entry, document),
      responses: { ...toSuccess(entry), ...errors.get(entry) },
    }
  }
  const built = createDocument(
    {
      openapi: '3.1.1',
      info: document.info,
      servers: [{ url: '/', description: 'Where this document came from' }],
      tags: document.tags.map(({ name, description }) => ({ name, description })),
      paths,
      ...(document.told === undefined ? {} : { webhooks: toldNotices(document.told) }),
      components: {
        schemas: { ...document.errors, ...namedSchemas(described, document) },
        securitySchemes: Object.fromEntries(
          Object.values(document.keys).map(({ name, scheme }) => [name, scheme]),
        ),
      },
    },
    { override: plainly },
  )
  for (const entry of described) showParameters(built, entry)
  return tellDefaults(tidyComponents(built))
}

/** Endpoints without a place in the story come last, by name. */
function asExampled(a: Documented, b: Documented): number {
  const placeOf = ({ endpoint }: Documented) => endpoint.storyPlace ?? Number.MAX_SAFE_INTEGER
  return placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1)
}

function toOperation({ name, endpoint }: Documented, document: SurfaceDocument): Operation {
  const { summary, description, access, params, query, body, path, surface, alsoAt, storyPlace } =
    endpoint
  const older = alsoAt?.map((at) => `The older path \`${at}\` is served alike.`)
  const told = [description, older?.join(' '), whoMayCall[access]].filter(
    (text) => text !== undefined,
  )
  const headers = headersOf(endpoint)
  const parameters = {
    ...(params === undefined ? {} : { path: fieldsOf(params) }),
    ...(query === undefined ? {} : { query: fieldsOf(query) }),
    ...defined({ header: headers }),
  }
  const isLenient = surface.reading === 'lenient'
  return {
    // The page of the document shows operations in this order: pressed from top to bottom, their examples work.
    'x-story-place': storyPlace,
    operationId: toCamelCase(name),
    tags: [tagOf(path, document.tags)],
    summary,
    description: told.join('\n\n'),
    security: securityOf(access, document.keys),
    ...((headers ?? params ?? query) && { requestParams: parameters }),
    ...(body && {
      requestBody: {
        ...toRequestBody(givenBody(body), endpoint.examples),
        // Where no body is enough, there need be none; a lenient surface takes nothing for an object without fields.
        required: !body.safeParse(isLenient ? {} : undefined).success,
      },
    }),
    responses: {},
  }
}

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
  const places = tags.flatMap(({ name, under }) => [under].flat().map((place) => ({ name, place })))
  const fitting = places.filter(({ place }) => path === place || path.startsWith(`${place}/`))
  const [tag] = fitting.sort((a, b) => b.place.length - a.place.length)
  if (tag === undefined) throw new Error(`No tag covers ${path}`)
  return tag.name
}

function toRequestBody(schema: z.ZodType, examples: Examples = {}) {
  const shown: oas31.ExamplesObject = {}
  for (const [name, { summary, body }] of Object.entries(examples)) {
    if (body !== undefined) shown[name] = { summary, value: body }
  }
  return { content: { 'application/json': { schema, examples: shown } } }
}

/** What is said to who has the reply already. */
const unchanged = { description: 'The reply is the one whose `ETag` was sent as `If-None-Match`.' }

function toSuccess({ endpoint }: Documented): Record<`2${string}`, ZodOpenApiResponseObject> {
  const { method, status = 200, summary, replyMediaType, isTagged, endings = {} } = endpoint
  const headers = method === 'GET' ? {} : { headers: replayHeaders }
  const told = { description: summary, ...headers }
  const { body, mayBeEmpty } = repliesOf(endpoint)
  const examples: oas31.ExamplesObject = {}
  for (const [key, example] of Object.entries(endpoint.examples ?? {})) {
    const { summary: shows, reply: value, status: other } = example
    if (other === undefined) examples[key] = { summary: shows, value }
  }
  const content =
    replyMediaType === undefined
      ? { 'application/json': { schema: body, examples }, ...inOtherForms(endings) }
      : { [replyMediaType]: { schema: body } }
  return {
    ...(body === undefined ? {} : { [String(status) as '200']: { ...told, content } }),
    ...(isTagged === true || replyMediaType !== undefined ? { '304': unchanged } : {}),
    ...(mayBeEmpty ? { '204': { ...told, description: `${summary}. Without a body.` } } : {}),
  } as Record<`2${string}`, ZodOpenApiResponseObject>
}

function inOtherForms(endings: NonNullable<Endpoint['endings']>) {
  const forms = Object.values(endings).map((mediaType) => [mediaType, { schema: z.string() }])
  return Object.fromEntries(forms) as Record<string, { schema: z.ZodString }>
}

/** What a reply is where it has a body, and whether it may have none. */
function repliesOf({ reply, replyMediaType }: Pick<Endpoint, 'reply' | 'replyMediaType'>): {
  body: z.ZodType | undefined
  mayBeEmpty: boolean
} {
  if (replyMediaType !== undefined) return { body: reply, mayBeEmpty: false }
  const mayBeEmpty = reply.safeParse(undefined).success
  if (!mayBeEmpty) return { body: reply, mayBeEmpty }
  const body = reply instanceof z.ZodOptional ? (reply.unwrap() as z.ZodType) : undefined
  return { body, mayBeEmpty }
}

/** Names whole bodies: as the surface does, else after their endpoint. */
function namedSchemas(
  entries: readonly Documented[],
  { schemas }: SurfaceDocument,
): Record<string, z.ZodType> {
  const known = new Map(
    Object.entries(schemas).flatMap(([name, schema]): [z.ZodType, string][] =>
      schema instanceof z.ZodOptional ? [[schema.unwrap() as z.ZodType, name]] : [[schema, name]],
    ),
  )
  const named = entries.flatMap(({ name, endpoint }): [string, z.ZodType][] => {
    const { body, replyMediaType } = endpoint
    const { body: reply } = repliesOf(endpoint)
    const operation = toPascalCase(name)
    const isNamed = reply !== undefined && replyMediaType === undefined
    return [
      ...(body ? [nameBody(givenBody(body), known, `${operation}Request`)] : []),
      ...(isNamed ? [[known.get(reply) ?? `${operation}Reply`, reply] as [string, z.ZodType]] : []),
    ]
  })
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A body as it is where there is one. */
function givenBody(body: z.ZodType): z.ZodType {
  return body instanceof z.ZodOptional ? (body.unwrap() as z.ZodType) : body
}

function nameBody(
  body: z.ZodType,
  known: ReadonlyMap<z.ZodType, string>,
  otherwise: string,
): [string, z.ZodType] {
  return [known.get(body) ?? otherwise, body]
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
  { endpoint: { path, method, examples = {} } }: Documented,
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
