import type { APIGatewayProxyResult } from 'aws-lambda'
import type { ApiHandler } from './catalog.ts'
import type { Endpoint } from './endpoint.ts'

/** Seconds that a browser may remember a preflight; browsers cap it at less. */
const PREFLIGHT_SECONDS = 86_400

/** Request headers that a storefront may send from a browser. */
const REQUEST_HEADERS = 'X-Api-Key, Content-Type, Idempotency-Key'

/** Answer headers that a storefront may read. */
const ANSWER_HEADERS = 'X-Request-Id, Idempotent-Replayed'

/** Whether browsers may call it: the routes that publishable keys open. Keys travel in a header, so any origin will do. */
export function isForBrowsers({ access }: Endpoint): boolean {
  return access === 'publishable-key'
}

/** Adds what a browser needs to hand the answer to a page of another origin. */
export function withCors(endpoint: Endpoint, result: APIGatewayProxyResult): APIGatewayProxyResult {
  if (!isForBrowsers(endpoint)) return result
  const headers = {
    ...result.headers,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': ANSWER_HEADERS,
  }
  return { ...result, headers }
}

/** Answers the question that a browser asks before it calls the endpoint. */
export function preflight(endpoint: Endpoint): ApiHandler {
  const headers = {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': endpoint.method,
    'Access-Control-Allow-Headers': REQUEST_HEADERS,
    'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
  }
  return () => Promise.resolve({ statusCode: 204, headers, body: '' })
}
