import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import type { APIGatewayProxyResult } from 'aws-lambda'
import { expect } from 'vitest'
import { readCatalog } from '../../lib/http/catalog.ts'
import { handlerFor } from '../../lib/http/lambda.ts'
import { atEachPath, type Endpoint } from '../../lib/http/endpoint.ts'
import { errorAnswers } from '../../lib/openapi/error-answers.ts'
import type { Runtime } from '../../lib/open.ts'
import { errorCodes, reasonWords } from '../../lib/seatbuilder/errors.ts'
import { toLambdaContext, toProxyEvent } from '../../local/http/api-gateway.ts'
import { createRouter } from '../../local/http/router.ts'
import { testKeys } from './holdfast.ts'
import { runAs } from './iam/guard.ts'

/** What a request answered. */
export interface ApiAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly headers: Record<string, unknown>
  /** Of an error: what programs may branch on. */
  readonly code?: string
  /** Bytes of the body as it is handed to API Gateway. */
  readonly bytes: number
}

/** How a request differs from a plain one with the secret key. */
export interface ApiOptions {
  /** The key; null sends none. */
  readonly key?: string | null
  /** Bytes to send as they are instead of JSON. */
  readonly raw?: string | Uint8Array
  /** More headers, names and values in turn. */
  readonly headers?: readonly string[]
}

/** Sends a request through the real handlers, as API Gateway would, and checks the answer against its schema. */
export type Api = (
  request: `${string} /${string}`,
  body?: unknown,
  options?: ApiOptions,
) => Promise<ApiAnswer>

const { endpoints } = await readCatalog()

/** The API over a runtime. */
export function apiOver(runtime: Runtime): Api {
  const byPath = new Map(
    atEachPath(endpoints).map((entry) => [
      `${entry.endpoint.method} ${entry.endpoint.path}`,
      entry.endpoint,
    ]),
  )
  const route = createRouter(
    atEachPath(endpoints).map(({ endpoint, surface, name }) => {
      const { method, path } = endpoint
      const handler = handlerFor(endpoint, () => runtime)
      const guarded: typeof handler = (event, context) =>
        runAs(`${surface}/${name}`, () => handler(event, context))
      return { method, path, handler: guarded }
    }),
  )
  return async (request, body, { key = testKeys.secret, raw, headers = [] } = {}) => {
    const [method = '', target = ''] = request.split(/ (.*)/s)
    const [path = '', query = ''] = target.split(/\?(.*)/s)
    const match = route(method, path)
    if (match === undefined) throw new Error(`No route for ${request}`)
    const event = toProxyEvent(
      {
        method,
        path,
        query,
        protocol: 'HTTP/1.1',
        rawHeaders: [...(key === null ? [] : ['X-Api-Key', key]), ...headers],
        sourceIp: '127.0.0.1',
        body: Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body))),
        requestId: 'test-request',
        time: runtime.clock.now(),
      },
      match,
    )
    const result = await match.route.handler(
      event,
      toLambdaContext('test', 'test-request', () => 29_000),
    )
    const text = textOf(result)
    const answer = toAnswer(result, text)
    // A terminal goes on at a new line; only what is sent to the letter has none.
    const isLetter = path.endsWith('/layout') || result.statusCode === 304
    if (!isLetter) expect(text.slice(-2)).toMatch(/[^\n]\n$/)
    checkAnswer(answer, byPath.get(`${match.route.method} ${match.route.path}`))
    return answer
  }
}

/** The body as a client reads it. */
function textOf({ body, headers = {}, isBase64Encoded = false }: APIGatewayProxyResult): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  const isPacked = headers['Content-Encoding'] === 'gzip'
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Headers, size, and the code of an error, stay out of comparisons: most tests are about status and words. */
function toAnswer(
  { statusCode, headers = {}, body: sent }: APIGatewayProxyResult,
  text: string,
): ApiAnswer {
  const whole = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
  const { code, ...words } = whole
  const answer = { status: statusCode, body: statusCode < 400 ? whole : words }
  const bytes = Buffer.byteLength(sent)
  const hidden = { headers: { value: headers }, code: { value: code }, bytes: { value: bytes } }
  return Object.defineProperties(answer, hidden) as ApiAnswer
}

const envelope = z.strictObject({
  statusCode: z.int(),
  message: z.string().min(1),
  errors: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
})

const seatConflict = z.strictObject({
  error: z.string().min(1),
  failed: z.array(z.strictObject({ objectLabel: z.string(), reason: z.enum(reasonWords) })).min(1),
})

/** Every answer is as documented: the reply's schema, or one of the two error shapes with a status that is documented. */
function checkAnswer(
  { status, body, headers, code }: ApiAnswer,
  endpoint: Endpoint | undefined,
): void {
  if (status < 300) {
    expect(status).toBe(endpoint?.status ?? 200)
    endpoint?.reply.parse(body)
    return
  }
  if (status === 304) {
    expect([endpoint?.isTagged, body]).toEqual([true, {}])
    return
  }
  if (endpoint !== undefined && endpoint.method !== 'ANY') {
    expect(errorAnswers(endpoint).map(({ answer }) => answer.status)).toContain(status)
  }
  expect(errorCodes).toContain(code)
  if (status === 429 || status === 503) expect(headers['Retry-After']).toMatch(/^[1-9][0-9]*$/)
  if (status === 409 && 'failed' in body) seatConflict.parse(body)
  else expect(envelope.parse(body).statusCode).toBe(status)
}
