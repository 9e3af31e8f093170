import type { CatalogEntry } from '../../lib/http/catalog.ts'
import { isForBrowsers, preflightHeaders } from '../../lib/http/cors.ts'
import { atEachPath } from '../../lib/http/endpoint.ts'
import { gatewayResponses } from './gateway-responses.ts'
import { API_ANSWER_MS_MAX } from '../../lib/limits/aws-limits.ts'

/** One REST API: where on the domain it is, and whose errors the gateway's own answers look like. */
export interface GatewayApi {
  readonly id: string
  /** Below the domain, without slashes; the same as the stage's name, so that URLs without a domain look alike. */
  readonly basePath: string
  readonly stageName: string
  readonly surface: string
}

/** The two: what is under `/api`, and all the rest. A request goes to the longest base path that fits. */
export const gatewayApis = [
  { id: 'Root', basePath: '', stageName: 'root', surface: 'seatsio' },
  { id: 'Api', basePath: 'api', stageName: 'api', surface: 'seatbuilder' },
] as const satisfies readonly GatewayApi[]

/** Resources that one REST API may have before a quota must be raised. */
export const RESOURCES_MAX = 300

type Routed = Pick<CatalogEntry, 'name' | 'surface' | 'endpoint'>

/** Whose endpoints an API has; those of a path that starts with its base path, which is then left out. */
export function entriesOf<Entry extends Routed>(
  { basePath }: GatewayApi,
  entries: readonly Entry[],
): Entry[] {
  const others = gatewayApis.map((api) => api.basePath).filter((it) => it !== '')
  return entries.filter(({ endpoint: { path } }) => {
    const [, first = ''] = path.split('/')
    return basePath === '' ? !(others as string[]).includes(first) : first === basePath
  })
}

/** An endpoint's path within its API. */
export function pathWithin({ basePath }: GatewayApi, { endpoint: { path } }: Routed): string {
  return basePath === '' ? path : path.slice(basePath.length + 1)
}

/** What the document is made from. */
export interface GatewayInput {
  /** What the API is called: on import the title becomes its name, whatever else names it, and alarms go by the name. */
  readonly title: string
  readonly entries: readonly Routed[]
  /** Where the gateway invokes an endpoint's function. */
  readonly uriOf: (entry: Routed) => string
  /** Origins whose pages may call; all of them when it is left out. */
  readonly origins?: readonly string[]
}

/**
 * The OpenAPI 3.0.1 document that defines one REST API: paths, methods and the gateway's extensions, and nothing for readers. What
 * is not there, a method of a path included, goes to the surface's not-found function. Refuses an API without one.
 */
export function buildGatewayDocument(api: GatewayApi, input: GatewayInput): GatewayDocument {
  const { title, uriOf, origins } = input
  const entries = entriesOf(api, atEachPath(input.entries))
  const fallback = entries.find(({ endpoint }) => endpoint.method === 'ANY')
  if (fallback === undefined) throw new Error(`The API ${api.id} has no function for any method.`)
  const paths: Record<string, PathItem> = { '/': {} }
  for (const entry of entries) {
    const path = pathWithin(api, entry)
    const item = (paths[path] ??= {})
    const { method } = entry.endpoint
    const operation = operationFor(path, uriOf(entry))
    if (method !== 'ANY') item[method.toLowerCase()] = operation
    // The gateway has HEAD only where it is told. The function leaves the body out.
    if (method === 'GET') item['head'] = operation
    if (isForBrowsers(entry.endpoint) && method !== 'ANY')
      item['options'] = { ...parametersOf(path), ...preflight(entry, origins) }
  }
  for (const [path, item] of Object.entries(paths)) {
    item[ANY_METHOD] = operationFor(path, uriOf(fallback))
  }
  return {
    openapi: '3.0.1',
    info: { title, version: '1' },
    paths,
    'x-amazon-apigateway-binary-media-types': ['*/*'],
    'x-amazon-apigateway-gateway-responses': gatewayResponses(api.surface),
  }
}

/** An OpenAPI document as far as API Gateway reads it. */
export interface GatewayDocument {
  readonly openapi: '3.0.1'
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, PathItem>>
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[]
  readonly 'x-amazon-apigateway-gateway-responses': object
}

/** Operations by method, in lower case. */
export type PathItem = Record<string, Operation>

/** One method of one path. */
export interface Operation {
  readonly parameters?: readonly object[]
  readonly responses: object
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>>
}

/** The gateway's word for every method that has no operation of its own. */
export const ANY_METHOD = 'x-amazon-apigateway-any-method'

function operationFor(path: string, uri: string): Operation {
  return {
    ...parametersOf(path),
    responses: { 200: { description: 'What the function answers' } },
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri,
      passthroughBehavior: 'when_no_match',
      timeoutInMillis: API_ANSWER_MS_MAX,
    },
  }
}

function parametersOf(path: string): Pick<Operation, 'parameters'> {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name)
  if (names.length === 0) return {}
  const parameters = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return { parameters }
}

/** Preflights are answered by the gateway. With binary types for everything it must be told that there is no binary here. */
function preflight({ endpoint }: Routed, origins: readonly string[] | undefined): Operation {
  const headers = Object.entries(preflightHeaders(endpoint))
  const named = (name: string) => `method.response.header.${name}`
  return {
    responses: {
      204: {
        description: 'What pages of other origins may send',
        headers: Object.fromEntries(
          headers.map(([name]) => [name, { schema: { type: 'string' } }]),
        ),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      contentHandling: 'CONVERT_TO_TEXT',
      passthroughBehavior: 'when_no_templates',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(
            headers.map(([name, value]) => [named(name), `'${value}'`]),
          ),
          ...(origins === undefined ? {} : namingOrigin(origins)),
        },
      },
    },
  }
}

/** With a list of origins, the one that asks is named if it is in the list, and the first of the list otherwise. */
function namingOrigin(origins: readonly string[]): object {
  const [first = ''] = origins
  const tests = origins.map((origin) => `$asked == '${origin}'`).join(' || ')
  const lines = [
    "#set($asked = $input.params().header.get('Origin'))",
    "#if(!$asked || $asked == '')#set($asked = $input.params().header.get('origin'))#end",
    `#set($context.responseOverride.header.Access-Control-Allow-Origin = '${first}')`,
    `#if(${tests})#set($context.responseOverride.header.Access-Control-Allow-Origin = $asked)#end`,
    "#set($context.responseOverride.header.Vary = 'Origin')",
  ]
  return { responseTemplates: { 'application/json': `${lines.join('\n')}\n` } }
}
