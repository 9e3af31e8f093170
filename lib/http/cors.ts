import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { ApiHandler } from './catalog.ts'
import type { Endpoint } from './endpoint.ts'
import { DAY_SECONDS } from '../limits/durations.ts'

/** Seconds that a browser may remember a preflight; browsers cap it at less. */
const PREFLIGHT_SECONDS = DAY_SECONDS

/** Answer headers that a page may read. */
export const ANSWER_HEADERS =
  'Date, ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'

/** Whether browsers may call it. Keys travel in a header, so any origin will do. */
export function isForBrowsers({ surface, access }: Endpoint): boolean {
  return surface.browsers.opens(access)
}

/** The origin that an answer names: any, or of a list the one that asks if it is there, and else the first. */
export function originFor(
  origins: readonly string[] | undefined,
  { headers }: APIGatewayProxyEvent,
): string {
  if (origins === undefined) return '*'
  const asked = Object.entries(headers).find(([name]) => name.toLowerCase() === 'origin')?.[1]
  const [first = '*'] = origins
  return asked !== undefined && origins.includes(asked) ? asked : first
}

/** Adds what a browser needs to hand the answer to a page of another origin. */
export function withCors(
  endpoint: Endpoint,
  result: APIGatewayProxyResult,
  origin = '*',
): APIGatewayProxyResult {
  if (!isForBrowsers(endpoint)) return result
  const headers = {
    ...result.headers,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': ANSWER_HEADERS,
    ...(origin === '*'
      ? {}
      : { Vary: ['Origin', result.headers?.['Vary'] ?? []].flat().join(', ') }),
  }
  return { ...result, headers }
}

/** What a browser is told when it asks whether it may call an endpoint with that path. */
export function preflightHeaders({ surface, method }: Endpoint): Record<string, string> {
  const { methods = method, requestHeaders } = surface.browsers
  return {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': requestHeaders,
    'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
  }
}

/** Answers the question that a browser asks before it calls an endpoint with that path; needs no key. */
export function preflight(endpoint: Endpoint): ApiHandler {
  const headers = preflightHeaders(endpoint)
  return () => Promise.resolve({ statusCode: 204, headers, body: '' })
}
