import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { buildOpenApi } from '../../../lib/openapi/openapi.ts'
import { seatbuilderDocument } from '../../../lib/seatbuilder/document.ts'
import { generateFiles } from '../../../infra/documents/generated.ts'
import { documentedOperations, openApi } from '../../support/openapi.ts'

const { endpoints } = await readCatalog()
const entries = endpoints.filter(({ surface }) => surface === 'seatbuilder')
const described = entries.filter(({ endpoint }) => endpoint.method !== 'ANY')
const operations = documentedOperations()
const { schemas = {} } = openApi.components ?? {}

test('every endpoint of the catalog is in the document, and nothing else', () => {
  const routes = described.map(({ endpoint: { method, path } }) => `${method} ${path}`)
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort())
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the document is OpenAPI 3.1 of the server that it comes from, and leads nowhere else', () => {
  expect(openApi.openapi).toMatch(/^3\.1\./)
  expect(openApi.servers?.map(({ url }) => url)).toEqual(['/'])
  // Receivers of webhooks are elsewhere: the examples have a reserved name.
  expect(JSON.stringify(openApi)).not.toMatch(/https?:\/\/(?!hooks\.tickets\.example\/)\w/)
})

test('every reference leads to a component, and every component is referred to', () => {
  const text = JSON.stringify(openApi)
  const targets = new Set(
    Array.from(
      text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g),
      ([, kind, name]) => `${kind} ${name}`,
    ),
  )
  const { schemas = {}, responses = {} } = openApi.components ?? {}
  const present = [
    ...Object.keys(schemas).map((name) => `schemas ${name}`),
    ...Object.keys(responses).map((name) => `responses ${name}`),
  ]
  expect([...targets].sort()).toEqual(present.sort())
})

test('the files in docs/ are what the sources make of them', async () => {
  const root = new URL('../../../', import.meta.url)
  for (const { path, text } of await generateFiles()) {
    expect(await readFile(new URL(path, root), 'utf8')).toBe(text)
  }
})

test('the order in which the endpoints come makes no difference', () => {
  const reversed = buildOpenApi([...entries].reverse(), seatbuilderDocument)
  expect(JSON.stringify(reversed)).toBe(JSON.stringify(openApi))
})

test('an endpoint outside of every tag is refused, by its path', () => {
  const tags = seatbuilderDocument.tags.filter(({ name }) => name !== 'Health')
  expect(() => buildOpenApi(entries, { ...seatbuilderDocument, tags })).toThrow(
    'No tag covers /health',
  )
})

test('an error that no schema of the surface fits is refused, by its name', () => {
  expect(() => buildOpenApi(entries, { ...seatbuilderDocument, errors: {} })).toThrow(
    'No schema fits the error',
  )
})

describe.each(described)('$name', ({ name, endpoint }) => {
  const operation = operations.find(
    ({ method, path }) => `${method} ${path}` === `${endpoint.method} ${endpoint.path}`,
  )
  const { replies = [] } = operation ?? {}
  const statuses = replies.map(({ status }) => status)

  test('answers success with the status and the form that it declares', () => {
    const unchanged = endpoint.isTagged === true ? [304] : []
    expect(statuses.filter((status) => status < 400)).toEqual([
      endpoint.status ?? 200,
      ...unchanged,
    ])
    expect(operation?.operationId).toBe(name.replace(/-\w/g, (part) => part.slice(1).toUpperCase()))
  })

  test('may answer what its key, its input and its refusals lead to', () => {
    const { access, params, query, body, path, method } = endpoint
    const wanted: [boolean, number][] = [
      [params !== undefined || query !== undefined || body !== undefined, 400],
      [access !== 'anyone', 401],
      [access === 'secret-key', 403],
      [path.includes('{'), 404],
      [body !== undefined, 413],
      [body !== undefined, 415],
      [true, 500],
      [true, 503],
    ]
    for (const [isWanted, status] of wanted) if (isWanted) expect(statuses).toContain(status)
    if (access === 'anyone') expect(statuses).not.toContain(401)
    if (method === 'GET' && path.endsWith('Key}')) expect(statuses).not.toContain(409)
  })

  test('shows an example of every answer, and each of them fits its schema', () => {
    for (const { status, examples, faultsOf } of replies.filter(({ hasBody }) => hasBody)) {
      expect([status, Object.keys(examples)]).not.toEqual([status, []])
      for (const example of Object.values(examples)) {
        expect(faultsOf(example)).toEqual([])
        if (status >= 400 && status !== 409) expect(example).toMatchObject({ statusCode: status })
      }
    }
  })

  test('has no answer that fits any other object', () => {
    for (const { faultsOf, examples } of replies.filter(({ hasBody }) => hasBody)) {
      expect(faultsOf(undefined)).not.toEqual([])
      if (endpoint.path.endsWith('/layout') && operation?.method === 'GET') continue
      const [example] = Object.values(examples)
      expect(faultsOf({ ...(example as object), unexpected: 1 })).not.toEqual([])
    }
  })
})

test('only drawings, notices, extra data, labels and the fields of errors may have any name', () => {
  const open = openObjectsIn({ paths: openApi.paths, components: openApi.components })
  expect(open.filter((path) => !/Request|\/parameters\/|examples|default/.test(path))).toEqual([
    '/components/schemas/BookReply/properties/booked/items/properties/extraData/anyOf/0',
    '/components/schemas/Error/properties/errors',
    // By label.
    '/components/schemas/GetSnapshotReply/properties/objectCategories',
    '/components/schemas/LayoutReply',
    // Of notices receivers ignore what they do not know.
    '/components/schemas/Notice',
    '/components/schemas/Notice/properties/chart',
    '/components/schemas/Notice/properties/event',
    '/components/schemas/Notice/properties/season',
    '/components/schemas/Notice/properties/season/properties/events/items',
    '/components/schemas/Notice/properties/extraData',
    '/components/schemas/StatusReply/properties/objects/items/properties/extraData/anyOf/0',
  ])
})

test('request schemas tell their limits, defaults and alternatives', () => {
  expect(withoutDescriptions(schemas['HoldRequest'])).toEqual({
    type: 'object',
    properties: {
      objectLabel: { type: 'string', minLength: 1, maxLength: 200 },
      objectLabels: {
        type: 'array',
        minItems: 1,
        maxItems: 200,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 200 },
      },
      holdToken: { type: 'string', minLength: 8, maxLength: 128 },
      ttlSeconds: { type: 'integer', exclusiveMinimum: 0, maximum: 7200 },
      extraData: { type: 'object', additionalProperties: true },
      categoryKey: { type: 'string', minLength: 1, maxLength: 255 },
      channelKeys: {
        type: 'array',
        maxItems: 1000,
        items: { type: 'string', minLength: 1, maxLength: 255 },
      },
      ignoreChannels: { type: 'boolean' },
      objectType: { type: 'string', const: 'generalAdmission' },
      quantity: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    },
    required: ['holdToken'],
    oneOf: [{ required: ['objectLabel'] }, { required: ['objectLabels'] }],
  })
  expect(schemas['UpdateChartRequest']).toMatchObject({
    type: 'object',
    not: {
      allOf: [{ not: { required: ['name'] } }, { not: { required: ['draftVersion'] } }],
    },
  })
  expect(schemas['HoldRequest']).toMatchObject({
    properties: { ttlSeconds: { description: '`900` unless given.' } },
  })
  const list = operations.find(({ operationId }) => operationId === 'listCharts')
  expect(list?.parameters.map(({ name, schema }) => [name, schema])).toEqual([
    ['page', { type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 }],
    ['limit', { type: 'integer', minimum: 1, maximum: 100, default: 20 }],
  ])
})

function withoutDescriptions(schema: unknown): unknown {
  return JSON.parse(
    JSON.stringify(schema, (name, value: unknown) => (name === 'description' ? undefined : value)),
  )
}

/** Paths of the object schemas that take any field. */
function openObjectsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  const schema = value as { type?: unknown; additionalProperties?: unknown }
  const isOpen = schema.type === 'object' && schema.additionalProperties !== false
  const inside = Object.entries(value).flatMap(([name, child]) =>
    openObjectsIn(child, `${path}/${name}`),
  )
  return [...(isOpen ? [path] : []), ...inside]
}
