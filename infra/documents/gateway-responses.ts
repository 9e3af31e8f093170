import { ANSWER_HEADERS } from '../../lib/http/cors.ts'

// What API Gateway answers by itself, in the words and shapes of each surface: no function is asked.

/** A gateway response as the extension of OpenAPI has it. */
export interface GatewayResponse {
  readonly statusCode: string
  readonly responseParameters: Readonly<Record<string, string>>
  readonly responseTemplates: Readonly<Record<'application/json', string>>
}

const NO_ENDPOINT = 'No such endpoint'
const NOT_ALLOWED = 'This request may not be made'
const MALFORMED = 'The request is malformed'
const UNKNOWN_OUTCOME =
  'The change may or may not have been made: repeat the request with the same Idempotency-Key to learn it'

/** Every answer of the gateway: its name there, its status, and what it says. */
const answers = {
  ACCESS_DENIED: [403, NOT_ALLOWED],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  BAD_REQUEST_BODY: [400, MALFORMED],
  BAD_REQUEST_PARAMETERS: [400, MALFORMED],
  DEFAULT_4XX: [400, MALFORMED],
  DEFAULT_5XX: [503, UNKNOWN_OUTCOME],
  EXPIRED_TOKEN: [403, NOT_ALLOWED],
  INTEGRATION_FAILURE: [503, UNKNOWN_OUTCOME],
  INTEGRATION_TIMEOUT: [503, UNKNOWN_OUTCOME],
  INVALID_API_KEY: [403, NOT_ALLOWED],
  INVALID_SIGNATURE: [403, NOT_ALLOWED],
  // So it calls a path, or a method of a path, that it does not know.
  MISSING_AUTHENTICATION_TOKEN: [404, NO_ENDPOINT],
  QUOTA_EXCEEDED: [429, 'Too many requests: try again in a moment'],
  REQUEST_TOO_LARGE: [413, 'The body is too large'],
  RESOURCE_NOT_FOUND: [404, NO_ENDPOINT],
  THROTTLED: [429, 'Too many requests: try again in a moment'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The body must be JSON'],
  WAF_FILTERED: [403, NOT_ALLOWED],
} as const satisfies Record<string, readonly [status: number, message: string]>

type Status = (typeof answers)[keyof typeof answers][0]

/** What programs branch on: the words that functions have for the same, where they can say it too. */
const codes = {
  400: 'input_invalid',
  403: 'key_not_allowed',
  404: 'no_such_endpoint',
  413: 'body_too_large',
  415: 'media_type_unsupported',
  429: 'overloaded',
  500: 'internal_error',
  503: 'outcome_unknown',
} as const satisfies Record<Status, string>

/** When to come again, for whom there is no service now. */
const RETRY = { 'gatewayresponse.header.Retry-After': "'1'" }

/** How each surface shapes an error; `$context.requestId` is filled in by the gateway. */
const shapes: Readonly<Record<string, (status: Status, message: string) => object | undefined>> = {
  seatbuilder: (statusCode, message) => ({ statusCode, code: codes[statusCode], message }),
  // Refused access has no body there.
  seatsio: (status, message) => {
    if (status === 403) return undefined
    const code = status >= 500 ? 'INTERNAL_ERROR' : 'GENERAL_ERROR'
    const errors = [{ code: status === 429 ? 'RATE_LIMIT_EXCEEDED' : code, message }]
    return { status, messages: [message], errors, warnings: [], requestId: '$context.requestId' }
  },
}

/** The gateway responses of one surface; refuses a surface whose errors have no shape here. */
export function gatewayResponses(surface: string): Record<string, GatewayResponse> {
  const shape = shapes[surface]
  if (shape === undefined)
    throw new Error(`infra/documents/gateway-responses.ts has no shape of ${surface}.`)
  return Object.fromEntries(
    Object.entries(answers).map(([name, [status, message]]) => {
      const body = shape(status, message)
      return [
        name,
        {
          statusCode: String(status),
          responseParameters: {
            'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
            'gatewayresponse.header.Access-Control-Expose-Headers': `'${ANSWER_HEADERS}'`,
            ...(status === 503 || status === 429 ? RETRY : {}),
          },
          responseTemplates: {
            'application/json': body === undefined ? '' : `${JSON.stringify(body)}\n`,
          },
        },
      ]
    }),
  )
}
