import { validate } from '@readme/openapi-parser'
import { describe, expect, test } from 'vitest'
import {
  ANY_METHOD,
  buildGatewayDocument,
  entriesOf,
  gatewayApis,
  pathWithin,
  RESOURCES_MAX,
  type GatewayDocument,
} from '../../infra/documents/gateway-document.ts'
import { gatewayResponses } from '../../infra/documents/gateway-responses.ts'
import { readCatalog } from '../../lib/http/catalog.ts'
import { isForBrowsers, preflightHeaders } from '../../lib/http/cors.ts'
import { atEachPath } from '../../lib/http/endpoint.ts'
import { errorReply as seatbuilderError } from '../../lib/seatbuilder/error-shapes.ts'
import { errorReply as seatsioError } from '../../lib/seatsio/error-shapes.ts'
import { API_ANSWER_MS_MAX } from '../../lib/limits/aws-limits.ts'

/** What CloudFormation takes as one template; the document is most of it. */
const DOCUMENT_BYTES_MAX = 400_000

const endpoints = atEachPath((await readCatalog()).endpoints)
const uriOf = ({ surface, name }: { surface: string; name: string }) => `uri:${surface}/${name}`
const title = 'holdfast-test'
const documents = gatewayApis.map((api) => ({
  api,
  document: buildGatewayDocument(api, { title, entries: endpoints, uriOf }),
}))

interface Integration {
  readonly type: string
  readonly uri?: string
  readonly responses?: { default: Record<string, unknown> }
}

function integrationOf(
  { paths }: GatewayDocument,
  path: string,
  method: string,
): Integration | undefined {
  return paths[path]?.[method]?.['x-amazon-apigateway-integration'] as Integration | undefined
}

test('every endpoint has a route in one API, to its own function', () => {
  for (const entry of endpoints) {
    const found = documents.flatMap(({ api, document }) => {
      if (entriesOf(api, [entry]).length === 0) return []
      const method = entry.endpoint.method === 'ANY' ? ANY_METHOD : entry.endpoint.method
      return [
        integrationOf(
          document,
          pathWithin(api, entry),
          method.replace(/^[A-Z]+$/, (it) => it.toLowerCase()),
        ),
      ]
    })
    expect(found).toMatchObject([{ type: 'aws_proxy', uri: uriOf(entry) }])
  }
})

test('every route is that of an endpoint, a preflight, or leads to the not-found function of its surface', () => {
  for (const { api, document } of documents) {
    const routes = entriesOf(api, endpoints).map(
      (entry) => `${entry.endpoint.method.toLowerCase()} ${pathWithin(api, entry)}`,
    )
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of Object.keys(item)) {
        if (method === ANY_METHOD) {
          expect(integrationOf(document, path, method)?.uri).toBe(`uri:${api.surface}/not-found`)
        } else if (method === 'head') {
          const uri = integrationOf(document, path, 'get')?.uri
          expect([
            integrationOf(document, path, 'head')?.uri,
            routes.includes(`get ${path}`),
          ]).toEqual([uri, true])
        } else if (method !== 'options') expect(routes).toContain(`${method} ${path}`)
        if (method === 'get') expect(Object.keys(item)).toContain('head')
      }
    }
  }
})

test('paths on the domain are those of the endpoints: base path and path within make the whole', () => {
  for (const { api } of documents) {
    for (const entry of entriesOf(api, endpoints)) {
      const base = api.basePath === '' ? '' : `/${api.basePath}`
      expect(`${base}${pathWithin(api, entry)}`).toBe(entry.endpoint.path)
    }
  }
})

describe.each(documents)('the document of $api.surface', ({ api, document }) => {
  test('is of the version that REST APIs import, and takes every body as bytes', () => {
    expect(document.openapi).toBe('3.0.1')
    expect(document['x-amazon-apigateway-binary-media-types']).toEqual(['*/*'])
  })

  test('is valid in the eyes of a strict parser', async () => {
    expect(await validate(structuredClone(document) as never)).toMatchObject({ valid: true })
  })

  test('has one variable name for each position, whole segments, and each variable once declared', () => {
    const names = new Map<string, string>()
    for (const [path, item] of Object.entries(document.paths)) {
      const segments = path.split('/')
      for (const [index, segment] of segments.entries()) {
        if (!segment.includes('{')) continue
        expect(segment).toMatch(/^\{\w+\+?\}$/)
        if (segment.endsWith('+}')) continue
        const parent = segments.slice(0, index).join('/')
        expect(names.get(parent) ?? segment).toBe(segment)
        names.set(parent, segment)
      }
      const variables = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name)
      for (const { parameters = [] } of Object.values(item)) {
        expect(parameters.map((it) => (it as { name: string }).name)).toEqual(variables)
      }
    }
  })

  test('stays below the gateway’s number of resources and CloudFormation’s size', () => {
    const resources = new Set<string>()
    for (const path of Object.keys(document.paths)) {
      const segments = path.split('/')
      for (let length = 1; length <= segments.length; length += 1) {
        resources.add(segments.slice(0, length).join('/'))
      }
    }
    expect(resources.size).toBeLessThanOrEqual(RESOURCES_MAX)
    expect(JSON.stringify(document).length).toBeLessThan(DOCUMENT_BYTES_MAX)
  })

  test('answers the root, unknown paths and unknown methods with the surface’s own not-found function', () => {
    for (const path of ['/', '/{proxy+}']) expect(document.paths[path]).toHaveProperty([ANY_METHOD])
    for (const item of Object.values(document.paths)) expect(item).toHaveProperty([ANY_METHOD])
  })

  test('gives no function more time than the gateway waits', () => {
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item)) {
        const integration = operation['x-amazon-apigateway-integration']
        if (integration['type'] === 'mock') continue
        expect(integration['timeoutInMillis']).toBe(API_ANSWER_MS_MAX)
      }
    }
  })

  test('answers preflights as the functions would, for what pages may call and for nothing else', () => {
    const asked = entriesOf(api, endpoints).filter(
      ({ endpoint }) => endpoint.method !== 'ANY' && isForBrowsers(endpoint),
    )
    const wanted = new Set(asked.map((entry) => pathWithin(api, entry)))
    const given = Object.keys(document.paths).filter(
      (path) => 'options' in (document.paths[path] ?? {}),
    )
    expect(new Set(given)).toEqual(wanted)
    for (const entry of asked) {
      const integration = integrationOf(document, pathWithin(api, entry), 'options')
      // With binary types for everything, an answer without it is a 500.
      expect(integration).toMatchObject({ type: 'mock', contentHandling: 'CONVERT_TO_TEXT' })
      const headers = Object.entries(preflightHeaders(entry.endpoint))
      const last = asked.filter((it) => it.endpoint.path === entry.endpoint.path).at(-1)
      if (last !== entry) continue
      expect(integration?.responses?.default['responseParameters']).toEqual(
        Object.fromEntries(
          headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
        ),
      )
    }
  })

  test('lets the gateway’s own errors look like the surface’s', () => {
    const schema = { seatbuilder: seatbuilderError, seatsio: seatsioError }[api.surface]
    const responses = Object.entries(document['x-amazon-apigateway-gateway-responses'])
    expect(responses.length).toBeGreaterThan(15)
    for (const [, response] of responses) {
      const { statusCode, responseTemplates } = response as {
        statusCode: string
        responseTemplates: { 'application/json': string }
      }
      const text = responseTemplates['application/json']
      if (api.surface === 'seatsio' && statusCode === '403') expect(text).toBe('')
      else {
        expect(text).toMatch(/\}\n$/)
        const body = schema.parse(JSON.parse(text)) as { status?: number; statusCode?: number }
        expect(body.status ?? body.statusCode).toBe(Number(statusCode))
      }
    }
  })
})

test('with a list of origins a preflight names the one that asks, if it is in the list', () => {
  const origins = ['https://a.example.com', 'https://b.example.com']
  const [, api] = gatewayApis
  const document = buildGatewayDocument(api, { title, entries: endpoints, uriOf, origins })
  const integration = integrationOf(document, '/v1/events/{eventKey}/seats/hold', 'options')
  const { responseTemplates } = integration?.responses?.default as {
    responseTemplates: { 'application/json': string }
  }
  const template = responseTemplates['application/json']
  for (const origin of origins) expect(template).toContain(`$asked == '${origin}'`)
  expect(template).toContain("Allow-Origin = 'https://a.example.com'")
  expect(template).toContain("header.Vary = 'Origin'")
})

test('an API whose surface has no not-found function is refused', () => {
  const entries = endpoints.filter(({ endpoint }) => endpoint.method !== 'ANY')
  expect(() => buildGatewayDocument(gatewayApis[0], { title, entries, uriOf })).toThrow('Root')
})

test('whoever the gateway has no room for is told when to come again', () => {
  for (const surface of ['seatbuilder', 'seatsio']) {
    for (const [name, { statusCode, responseParameters }] of Object.entries(
      gatewayResponses(surface),
    )) {
      const asks = 'gatewayresponse.header.Retry-After' in responseParameters
      expect([name, asks]).toEqual([name, ['429', '503'].includes(statusCode)])
    }
  }
})
