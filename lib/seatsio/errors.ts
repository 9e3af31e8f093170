import type { Answer, Problem, RequestFacts } from '../http/surface.ts'
import type { Refusal } from '../refusals.ts'
import { chartWords } from './charts/chart-errors.ts'
import { termsWords } from './events/terms-errors.ts'
import { pointTo } from './explain.ts'
import { wordSeats, wordStatus } from './objects/seat-errors.ts'

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

/** What went wrong, before it is put into the error's body. */
export interface Wording {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  /** Details, where the API has a place for them. */
  readonly data?: object
  /** What is wrong as well, and forbids nothing. */
  readonly warning?: Omit<Wording, 'status' | 'warning'>
}

/** Every code that an error of this surface may have. */
export const errorCodes = [
  'GENERAL_ERROR',
  'EVENT_NOT_FOUND',
  'CHART_NOT_FOUND',
  'WORKSPACE_NOT_FOUND',
  'EVENT_KEY_ALREADY_EXISTS',
  'CHANNEL_NOT_FOUND',
  'CHANNEL_ALREADY_EXISTS',
  'DRAWING_VALIDATION_FAILED',
  'OBJECT_NOT_FOUND',
  'OBJECT_IN_CHANNEL',
  'OBJECT_NOT_FOR_SALE',
  'ILLEGAL_STATUS_CHANGE',
  'HOLD_TOKEN_NOT_FOUND',
  'HOLD_TOKEN_REQUIRED',
  'NOT_HELD_BY_TOKEN',
  'TOO_MANY_OBJECTS',
  'RATE_LIMIT_EXCEEDED',
  'INTERNAL_ERROR',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Answers without a body: nobody is known to ask, or may not. */
const silent = {
  'key-missing': 401,
  'key-invalid': 401,
  'key-not-allowed': 403,
  'workspace-inactive': 403,
} as const satisfies Partial<Record<Problem['code'], number>>

/** Every error of this surface: one entry each. */
export function answer(problem: Problem, request: RequestFacts): Answer {
  if (isSilent(problem)) return { status: silent[problem.code] }
  return toAnswer(word(problem, request), request)
}

type SilentProblem = Extract<Problem, { code: keyof typeof silent }>

function isSilent(problem: Problem): problem is SilentProblem {
  return problem.code in silent
}

function toAnswer({ status, warning, ...error }: Wording, { requestId }: RequestFacts): Answer {
  const warnings = warning === undefined ? [] : [warning]
  const messages = [error, ...warnings].map(({ message }) => message)
  return { status, body: { status, messages, errors: [error], warnings, requestId } }
}

function word(problem: Exclude<Problem, SilentProblem>, request: RequestFacts): Wording {
  switch (problem.code) {
    case 'no-such-endpoint':
      return general(404, `No such endpoint: ${problem.method} ${problem.path}`)
    case 'media-type-unsupported':
      return general(415, `The body must be JSON, not ${problem.mediaType}`)
    case 'body-too-large':
      return general(413, `The body must not exceed ${problem.bytesMax} bytes`)
    case 'input-invalid':
      return general(400, problem.issues.slice(0, 1).map(pointTo).join(''))
    case 'key-reused':
      return general(422, 'This Idempotency-Key was used for another request: use a new one')
    case 'request-running':
      return general(
        409,
        'The first request with this Idempotency-Key is still under way: repeat this one in a moment',
      )
    case 'answer-not-kept':
      return general(409, 'This request was done before, and its answer showed a secret')
    case 'refused':
      return wordRefusal(problem.refusal, request)
    case 'unavailable':
      return problem.outcome === 'unknown' ? outcomeUnknown : unavailable
    case 'overloaded':
      return overloaded
    case 'bug':
      return { status: 500, code: 'INTERNAL_ERROR', message: 'Internal server error' }
  }
}

const outcomeUnknown: Wording = {
  status: 503,
  code: 'INTERNAL_ERROR',
  message:
    'The change may or may not have been made: repeat the request with the same Idempotency-Key to learn it',
}

const unavailable: Wording = {
  status: 503,
  code: 'INTERNAL_ERROR',
  message: 'The store is not available: nothing was changed, try again',
}

const overloaded: Wording = {
  status: 503,
  code: 'INTERNAL_ERROR',
  message: 'Too many requests are under way: nothing was done, try again in a moment',
}

function general(status: number, message: string): Wording {
  return { status, code: 'GENERAL_ERROR', message }
}

/** What others keep changing: clients of this API try again after 429, and after nothing else. */
function busy(message: string): Wording {
  return { status: 429, code: 'RATE_LIMIT_EXCEEDED', message }
}

const refusalWords = {
  'event-not-found': ({ eventKey }, { workspaceKey }) => ({
    status: 404,
    code: 'EVENT_NOT_FOUND',
    message: `Event not found: ${eventKey} was not found in workspace ${workspaceKey}`,
  }),
  ...chartWords,
  'event-key-taken': ({ eventKey }) => ({
    status: 400,
    code: 'EVENT_KEY_ALREADY_EXISTS',
    message: `Event key already exists: ${eventKey}`,
  }),
  ...termsWords,
  'event-has-bookings': ({ eventKey, booked }) =>
    general(400, `The event ${eventKey} has ${booked} booked object(s)`),
  'record-busy': ({ what, key }) =>
    busy(`The ${what} ${key} is being changed by others: nothing was done, try again`),
  'store-slow': ({ retryAfterSeconds }) => ({
    status: 503,
    code: 'INTERNAL_ERROR',
    message: `The store is too slow just now: nothing was changed, try again in ${retryAfterSeconds} s`,
  }),
  'workspace-not-found': ({ workspaceId }) => ({
    status: 404,
    code: 'WORKSPACE_NOT_FOUND',
    message: `Workspace not found: ${workspaceId}`,
  }),
  'workspace-is-default': ({ workspaceKey }) =>
    general(400, `The workspace ${workspaceKey} is the default of its company`),
  'workspace-is-active': ({ workspaceKey }) =>
    general(400, `The workspace ${workspaceKey} is active: deactivate it first`),
  'workspace-is-inactive': ({ workspaceKey }) =>
    general(400, `The workspace ${workspaceKey} is not active: activate it first`),
  'key-not-found': ({ keyId }) => general(404, `Key not found: ${keyId}`),
  'webhook-not-found': ({ endpointId }) => general(404, `Webhook not found: ${endpointId}`),
  'webhook-url-refused': ({ reason }) => general(400, `The URL of a webhook: ${reason}`),
  'webhook-limit-reached': ({ webhooksMax }) =>
    general(400, `The workspace has ${webhooksMax} webhooks, as many as one may have`),
  'too-many-webhooks': () => general(400, 'The event bus takes no further rule'),
  'webhook-disabled': ({ endpointId }) => general(400, `The webhook ${endpointId} is disabled`),
  'delivery-not-found': ({ deliveryId }) => general(404, `Delivery not found: ${deliveryId}`),
  'delivery-under-way': ({ deliveryId }) => general(400, `The delivery ${deliveryId} is under way`),
  'too-many-attempts': ({ deliveryId }) =>
    general(400, `The delivery ${deliveryId} was attempted too often`),
  'nothing-to-replay': ({ endpointId }) =>
    general(400, `The webhook ${endpointId} has no delivery of a notice in this range`),
  'too-many-deliveries': ({ deliveriesMax }) =>
    general(400, `The range has more than ${deliveriesMax} deliveries`),
  'booking-not-allowed': () => general(403, 'This key may not book'),
  'too-many-live-holds': ({ liveHoldsMax }) =>
    general(400, `At most ${liveHoldsMax} objects may be held from one place at a time`),
  'release-needs-token': () => general(403, 'This key releases only what its hold token holds'),
  'too-many-objects': ({ objects, objectsMax }) => ({
    status: 400,
    code: 'TOO_MANY_OBJECTS',
    message: `${objects} objects are meant, and one request changes at most ${objectsMax}, each event counted`,
  }),
  'hold-token-not-found': ({ holdToken }) => ({
    status: 404,
    code: 'HOLD_TOKEN_NOT_FOUND',
    message: `Hold token not found: ${holdToken}`,
  }),
  'hold-token-unknown': ({ holdToken }) => ({
    status: 400,
    code: 'HOLD_TOKEN_NOT_FOUND',
    message: `Hold token not found: ${holdToken}`,
  }),
  'hold-token-required': () => ({
    status: 400,
    code: 'HOLD_TOKEN_REQUIRED',
    message: 'A change to reservedByToken needs a holdToken',
  }),
  'hold-token-too-long': ({ lifeMsMax }) =>
    general(400, `A hold token lives ${lifeMsMax / 60_000} minutes at most, from its creation`),
  'charts-differ': () => general(400, 'All events must use the same chart'),
  'status-refused': (refusal) => wordStatus(refusal),
  'object-not-found': ({ label, eventKey }) => ({
    status: 404,
    code: 'OBJECT_NOT_FOUND',
    message: `Object not found: ${label} was not found in event ${eventKey}`,
  }),
  'seats-refused': (refusal) => wordSeats(refusal),
} as const satisfies {
  [Code in Refusal['code']]: (refusal: RefusalOf<Code>, request: RequestFacts) => Wording
}

function wordRefusal(refusal: Refusal, request: RequestFacts): Wording {
  const words = refusalWords[refusal.code] as (refusal: Refusal, request: RequestFacts) => Wording
  return words(refusal, request)
}
