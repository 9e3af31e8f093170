import type { APIGatewayProxyEvent } from 'aws-lambda'
import type * as z from 'zod'
import { defined } from '../defined.ts'
import { cautionsUnknown } from './cautions.ts'
import type { Endpoint, Input } from './endpoint.ts'
import { findJsonIssue, jsonValuesMax } from './json.ts'
import { tidyBody, tidyQuery } from './lenient.ts'
import { expectedTags } from './precondition.ts'
import type { InputIssue, Problem, Surface } from './surface.ts'
import { BODY_BYTES_MAX } from '../limits/limits.ts'

/** What parsing gives: the input, or the problem to answer. */
export type ParseResult =
  | { readonly ok: true; readonly input: Input<unknown, unknown, unknown> }
  | { readonly ok: false; readonly problem: Problem }

/** Faults of one value that are told: whoever sent more has one cause for them, and an answer is to be read. */
export const ISSUES_MAX = 100

/**
 * Reads path, query and body of a request through the endpoint's schemas; reports the faults of all three at once, up to
 * `ISSUES_MAX` of each.
 */
export function parse(endpoint: Endpoint, event: APIGatewayProxyEvent): ParseResult {
  const issues: InputIssue[] = []
  const { surface } = endpoint
  const check = (schema: z.ZodType | undefined, value: unknown): unknown => {
    if (schema === undefined) return undefined
    const checked = checkSchema(surface, schema, value)
    if (checked.ok) return checked.value
    issues.push(...checked.issues)
    return undefined
  }
  const body = endpoint.body === undefined ? noBody : readBody(endpoint, event)
  if (body.problem !== undefined) return { ok: false, problem: body.problem }
  const path = endpoint.params === undefined ? noVariables : readPathVariables(endpoint, event)
  if (path.issue !== undefined) issues.push(path.issue)
  const { variables, ending } = withoutEnding(endpoint, path.variables)
  const params = path.issue === undefined ? check(endpoint.params, variables) : undefined
  const asked = readQuery(endpoint, event)
  const query = check(endpoint.query, asked)
  issues.push(...cautionsUnknown(endpoint, asked))
  const parsedBody = check(endpoint.body, body.value)
  if (issues.length > 0) return { ok: false, problem: { code: 'input-invalid', issues } }
  const { path: rawPath, httpMethod: method } = event
  const origin = originOf(event)
  const parsed = { params, query, body: parsedBody }
  const ifMatch = endpoint.takesIfMatch === true ? expectedTags(event) : undefined
  return {
    ok: true,
    input: { ...parsed, rawPath, method, origin, ...defined({ ending, ifMatch }) },
  }
}

/** Scheme, host and what comes before our paths: behind API Gateway that may be a stage. */
function originOf({ headers, path, requestContext }: APIGatewayProxyEvent): string {
  const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? ''])
  const { host = 'localhost', 'x-forwarded-proto': scheme = 'http' } = Object.fromEntries(
    sent,
  ) as Record<string, string>
  const { path: whole = path } = requestContext as { path?: string }
  const base = whole.endsWith(path) ? whole.slice(0, -path.length) : ''
  return `${scheme}://${host}${base}`
}

/** What a schema makes of a value: the value it reads, or every fault in the surface's words. */
export type CheckResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: InputIssue[] }

/** What is told of a value with more faults than the library of schemas can carry. */
const TOO_MANY_FAULTS = 'Far too many values of the wrong kind'

/** Reads a value through a schema. */
export function checkSchema(surface: Surface, schema: z.ZodType, value: unknown): CheckResult {
  const result = safeParse(surface, schema, value)
  if (result === undefined) return { ok: false, issues: [{ path: [], message: TOO_MANY_FAULTS }] }
  if (result.success) return { ok: true, value: result.data }
  const issues = result.error.issues.slice(0, ISSUES_MAX).map(({ path, message }) => ({
    path: path.map((part) => (typeof part === 'number' ? part : String(part))),
    message,
  }))
  return { ok: false, issues }
}

/**
 * Undefined where there are too many faults: the library hands those of a list in a list on as the arguments of one call, and a
 * call takes some hundred thousand.
 */
function safeParse(surface: Surface, schema: z.ZodType, value: unknown) {
  try {
    return schema.safeParse(value, { error: (issue) => surface.explain(issue) })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

interface Body {
  readonly value?: unknown
  readonly problem?: Problem
}

const noBody: Body = {}

function readBody(endpoint: Endpoint, event: APIGatewayProxyEvent): Body {
  const isLenient = endpoint.surface.reading === 'lenient'
  if (event.body === null || event.body === '')
    return isLenient ? { value: nothingOf(endpoint) } : {}
  const mediaType = isLenient ? undefined : foreignMediaType(event)
  if (mediaType !== undefined) return { problem: { code: 'media-type-unsupported', mediaType } }
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8')
  const bytesMax = endpoint.bodyBytesMax ?? BODY_BYTES_MAX
  if (bytes.length > bytesMax) return { problem: { code: 'body-too-large', bytesMax } }
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = text.trim() === '' && isLenient ? {} : JSON.parse(text)
  } catch (error) {
    const message =
      error instanceof SyntaxError ? 'Malformed JSON' : 'The body is not well-formed UTF-8'
    return { problem: { code: 'input-invalid', issues: [{ path: [], message }] } }
  }
  const issue = findJsonIssue(value, jsonValuesMax(bytesMax))
  if (issue !== undefined) return { problem: { code: 'input-invalid', issues: [issue] } }
  if (endpoint.bodyAsText === true) return { value: text }
  return { value: isLenient ? tidyBody(value, endpoint) : value }
}

/** What no body means to a lenient surface. */
function nothingOf({ bodyAsText }: Endpoint): unknown {
  return bodyAsText === true ? '' : {}
}

/** What `fetch` claims of any text when it is told nothing. */
const FETCH_DEFAULT = 'text/plain;charset=utf-8'

/** JSON in UTF-8; what `curl -d` claims of any body passes too, and so does claiming nothing. */
const JSON_TYPES = /^(application\/([a-z0-9.+-]+\+)?json|application\/x-www-form-urlencoded)$/

/** The media type of a body that says it is no JSON, or in another encoding; undefined otherwise. */
function foreignMediaType({ headers }: APIGatewayProxyEvent): string | undefined {
  const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? ''])
  const { 'content-type': contentType = '', 'content-encoding': encoding = 'identity' } =
    Object.fromEntries(sent) as Record<string, string>
  if (encoding !== 'identity') return `content encoding ${encoding}`
  if (contentType.toLowerCase() === FETCH_DEFAULT) return undefined
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.map((it) => it.trim()).find((it) => it.startsWith('charset='))
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  return (contentType === '' || JSON_TYPES.test(type.trim())) && isUtf8 ? undefined : contentType
}

interface PathVariables {
  readonly variables: Readonly<Record<string, string>>
  readonly issue?: InputIssue
}

const noVariables: PathVariables = { variables: {} }

/** Aligned from the end: in front of our path there may be a stage or a base path. Runs of slashes are one. */
function readPathVariables(endpoint: Endpoint, event: APIGatewayProxyEvent): PathVariables {
  const names = endpoint.path.split('/').filter((segment) => segment !== '')
  const sent = event.path.split('/').filter((segment) => segment !== '')
  // Without a domain the gateway takes the first segment of our path for the stage, and leaves it out.
  const offset = sent.length - names.length
  const variables: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    if (!name.startsWith('{')) continue
    const variable = name.slice(1, -1)
    try {
      variables[variable] = decodeURIComponent(sent[index + offset] ?? '')
    } catch {
      return {
        variables,
        issue: { path: [variable], message: 'Malformed percent-encoding in the path' },
      }
    }
  }
  return { variables }
}

/** Takes an ending that the endpoint has from the last variable: one of them, however many are there. */
function withoutEnding(
  { path, endings = {} }: Endpoint,
  variables: PathVariables['variables'],
): { variables: PathVariables['variables']; ending: string | undefined } {
  const name = /\{(\w+)\}$/.exec(path)?.[1] ?? ''
  const value = variables[name] ?? ''
  const ending = Object.keys(endings).find((it) => value.endsWith(it))
  if (ending === undefined) return { variables, ending }
  return { variables: { ...variables, [name]: value.slice(0, -ending.length) }, ending }
}

/** A parameter given twice reads as a list, which no schema takes for a single value. */
function readQuery({ surface }: Endpoint, event: APIGatewayProxyEvent): Record<string, unknown> {
  const sent = Object.entries(event.multiValueQueryStringParameters ?? {})
  const pairs = surface.reading === 'lenient' ? tidyQuery(sent) : sent
  return Object.fromEntries(
    pairs.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]),
  )
}
