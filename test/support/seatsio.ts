import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import type { APIGatewayProxyResult } from 'aws-lambda'
import { expect } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import { atEachPath, type Endpoint } from '../../lib/http/endpoint.ts'
import { errorAnswers } from '../../lib/openapi/error-answers.ts'
import type { Runtime } from '../../lib/open.ts'
import { toLambdaContext, toProxyEvent } from '../../local/http/api-gateway.ts'
import { createRouter } from '../../local/http/router.ts'
import { routesOver } from '../../local/http/routes.ts'
import { testKeys } from './holdfast.ts'
import { runAs } from './iam/guard.ts'
import { errorCodes } from '../../lib/seatsio/wording.ts'

/** What a request answered; the body is undefined where there is none. */
export interface SeatsioAnswer {
  readonly status: number
  readonly body: Record<string, unknown> | undefined
  /** The body as it was sent. */
  readonly text: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** How a request differs from a plain one with the secret key. */
export interface SeatsioOptions {
  /** The user name; null sends no credentials. */
  readonly key?: string | null
  /** Bytes to send as they are instead of JSON. */
  readonly raw?: string | Uint8Array
  /** More headers, names and values in turn. */
  readonly headers?: readonly string[]
}

/** Sends a request through the real handlers, as API Gateway would, and checks the answer against its schema. */
export type SeatsioApi = (
  request: `${string} /${string}`,
  body?: unknown,
  options?: SeatsioOptions,
) => Promise<SeatsioAnswer>

const catalog = await readCatalog()
const byPath = new Map(
  atEachPath(catalog.endpoints).map(({ endpoint }) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]),
)

const namesByRoute = new Map(
  atEachPath(catalog.endpoints).map(({ endpoint, surface, name }) => [
    `${endpoint.method} ${endpoint.path}`,
    `${surface}/${name}`,
  ]),
)

/** The endpoints of this surface, save the one for what there is not. */
export const seatsioEndpoints = catalog.endpoints
  .filter(({ surface, endpoint }) => surface === 'seatsio' && endpoint.method !== 'ANY')
  .map(({ endpoint }) => endpoint)

/** Credentials as most clients send them. */
export function basic(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`
}

/** The API over a runtime. */
export function seatsioOver(runtime: Runtime): SeatsioApi {
  const find = createRouter(routesOver(runtime, catalog))
  return async (request, body, { key = testKeys.secret, raw, headers = [] } = {}) => {
    const [method = '', target = ''] = request.split(/ (.*)/s)
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const match = find(method, path)
    if (match === undefined) throw new Error(`No route for ${request}`)
    const credentials = key === null ? [] : ['Authorization', basic(key)]
    const event = toProxyEvent(
      {
        method,
        path,
        query,
        protocol: 'HTTP/1.1',
        rawHeaders: [...credentials, ...headers],
        sourceIp: '127.0.0.1',
        body: Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body))),
        requestId: 'test-request',
        time: runtime.clock.now(),
      },
      match,
    )
    const context = toLambdaContext('test', 'test-request', () => 29_000)
    const route = `${match.route.method} ${match.route.path}`
    const result = await runAs(namesByRoute.get(route) ?? 'the gateway', () =>
      match.route.handler(event, context),
    )
    const answer = toAnswer(result)
    const endpoint = byPath.get(route)
    if (method !== 'OPTIONS') checkAnswer(answer, endpoint)
    return answer
  }
}

function toAnswer(result: APIGatewayProxyResult): SeatsioAnswer {
  const { statusCode, body: text, headers = {}, isBase64Encoded } = result
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  const isJson = lower['content-type']?.startsWith('application/json') === true
  const isText = isJson || lower['content-type']?.startsWith('text/') === true
  const bytes = Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8')
  const unpacked = lower['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
  const sent = unpacked.toString(isBase64Encoded === true && !isText ? 'latin1' : 'utf8')
  const body = isJson ? (JSON.parse(sent) as Record<string, unknown>) : undefined
  return { status: statusCode, body, text: sent, headers: lower }
}

const oneError = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string().min(1),
  data: z.record(z.string(), z.unknown()).optional(),
})

const envelope = z.strictObject({
  status: z.int(),
  messages: z.array(z.string()),
  errors: z.array(oneError).length(1),
  warnings: z.array(oneError),
  requestId: z.string().min(1),
})

/** Every answer is as documented: the reply's schema, or the error with a status that is documented. */
function checkAnswer(answer: SeatsioAnswer, endpoint: Endpoint | undefined): void {
  const { status, body, text, headers } = answer
  expect(headers['access-control-allow-origin']).toBe('*')
  expect(headers['x-request-id']).toBe('test-request')
  if (status === 204) expect(text).toBe('')
  if (status < 300) {
    if (endpoint === undefined) return
    if (status !== 204) expect(status).toBe(endpoint.status ?? 200)
    if (headers['content-type']?.startsWith('application/json') !== false)
      endpoint.reply.parse(body)
    return
  }
  if (endpoint !== undefined && endpoint.method !== 'ANY') {
    expect(errorAnswers(endpoint).map((it) => it.answer.status)).toContain(status)
  }
  // Whoever opens nothing is told nothing; whoever is not let into a sale is told why.
  if (status === 401 || (status === 403 && body === undefined))
    expect([text, headers['content-type']]).toEqual(['', undefined])
  else {
    if (status === 403) expect(text).toContain('"ADMISSION_')
    const error = envelope.parse(body)
    const told = [...error.errors, ...error.warnings].map(({ message }) => message)
    expect([error.status, error.messages]).toEqual([status, told])
  }
}
