import type { Answer, Problem, RequestFacts } from '../http/surface.ts'
import type { Refusal } from '../refusals.ts'
import { tell, type OwnWords } from '../refusals/refusal-table.ts'
import type { RefusalKind } from '../refusals/told.ts'
import { chartWords } from './charts/chart-errors.ts'
import { termsWords } from './events/terms-errors.ts'
import { pointTo } from './explain.ts'
import { wordNotInSeason, wordSeats, wordStatus } from './objects/seat-errors.ts'
import type { ErrorCode, Wording } from './wording.ts'

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
    case 'answer-too-large':
      return general(400, problem.message)
    case 'overloaded':
      return overloaded
    case 'too-many-requests':
      return tooManyRequests
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

/** Clients of this API send again after 429, with growing pauses, and after nothing else. */
const overloaded: Wording = {
  status: 429,
  code: 'RATE_LIMIT_EXCEEDED',
  message: 'Too many requests are under way: nothing was done, try again in a moment',
}

const tooManyRequests: Wording = {
  status: 429,
  code: 'RATE_LIMIT_EXCEEDED',
  message: 'Too many requests with this key: nothing was done, try again later',
}

function general(status: number, message: string): Wording {
  return { status, code: 'GENERAL_ERROR', message }
}

/** One answer for each kind of refusal; what others keep changing is the one that clients of this API try again. */
const kinds = {
  missing: { status: 404, code: 'GENERAL_ERROR' },
  conflict: { status: 400, code: 'GENERAL_ERROR' },
  invalid: { status: 400, code: 'GENERAL_ERROR' },
  forbidden: { status: 403, code: 'GENERAL_ERROR' },
  busy: { status: 429, code: 'RATE_LIMIT_EXCEEDED' },
  slow: { status: 503, code: 'INTERNAL_ERROR' },
} as const satisfies Record<RefusalKind, Omit<Wording, 'message'>>

/** What has a code or a sentence of its own here. */
export const refusalWords = {
  'event-not-found': ({ eventKey }, { workspaceKey }) => ({
    status: 404,
    code: 'EVENT_NOT_FOUND',
    message: `Event not found: ${eventKey} was not found in workspace ${workspaceKey}`,
  }),
  'season-not-found': ({ seasonKey }, { workspaceKey }) => ({
    status: 404,
    code: 'SEASON_NOT_FOUND',
    message: `Season not found: ${seasonKey} was not found in workspace ${workspaceKey}`,
  }),
  ...chartWords,
  ...termsWords,
  'field-of-seasons': ({ field }) => ({
    status: 400,
    code: 'GENERAL_ERROR',
    message: pointTo({ path: [field], message: 'only seasons have this field' }),
  }),
  'event-key-taken': ({ eventKey }) => ({
    status: 400,
    code: 'EVENT_KEY_ALREADY_EXISTS',
    message: `Event key already exists: ${eventKey}`,
  }),
  'workspace-not-found': coded(404, 'WORKSPACE_NOT_FOUND'),
  'too-many-objects': (refusal) => ({
    status: 400,
    code: 'TOO_MANY_OBJECTS',
    message: `${tell(refusal).message}, each event counted`,
  }),
  'hold-token-not-found': coded(404, 'HOLD_TOKEN_NOT_FOUND'),
  'hold-token-unknown': ({ holdToken }) => ({
    status: 400,
    code: 'HOLD_TOKEN_NOT_FOUND',
    message: `Hold token not found: ${holdToken}`,
  }),
  'hold-token-required': coded(400, 'HOLD_TOKEN_REQUIRED'),
  'admission-required': coded(403, 'ADMISSION_REQUIRED'),
  'admission-invalid': coded(403, 'ADMISSION_INVALID'),
  'admission-expired': coded(403, 'ADMISSION_EXPIRED'),
  'admission-too-early': coded(403, 'ADMISSION_TOO_EARLY'),
  'admission-for-other-event': coded(403, 'ADMISSION_FOR_OTHER_EVENT'),
  'admission-used-up': coded(403, 'ADMISSION_USED_UP'),
  'event-not-in-season': (refusal) => wordNotInSeason(refusal),
  'best-too-many': ({ number, objectsMax }) => ({
    status: 400,
    code: 'GENERAL_ERROR',
    message: pointTo({
      path: ['bestAvailable', 'number'],
      message: `${number} is not less or equal to ${objectsMax}, and no area has so many places left`,
    }),
  }),
  'best-not-found': coded(400, 'BEST_AVAILABLE_OBJECTS_NOT_FOUND'),
  'status-refused': (refusal) => wordStatus(refusal),
  'object-not-found': coded(404, 'OBJECT_NOT_FOUND'),
  'seats-refused': (refusal) => wordSeats(refusal),
} as const satisfies OwnWords<Wording, [request: RequestFacts]>

/** The sentence that every surface has, under a code of its own. */
function coded(status: number, code: ErrorCode): (refusal: Refusal) => Wording {
  return (refusal) => ({ status, code, message: tell(refusal).message })
}

function wordRefusal(refusal: Refusal, request: RequestFacts): Wording {
  const own = (refusalWords as OwnWords<Wording, [RequestFacts]>)[refusal.code]
  if (own !== undefined) {
    return (own as (refusal: Refusal, request: RequestFacts) => Wording)(refusal, request)
  }
  const { kind, message } = tell(refusal)
  return { ...kinds[kind], message }
}
