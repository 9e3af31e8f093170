import type { Change, SeatRefusalCode } from '../rules/machine.ts'
import type { PublishFault } from '../venue/validate-chart.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'
import { refusalTable, tell, type OwnWords } from '../refusals/refusal-table.ts'
import type { RefusalKind } from '../refusals/told.ts'
import type { Answer, Problem } from '../http/surface.ts'
import { envelope, invalid } from './envelope.ts'
import { EXTRA_DATA_BYTES_MAX } from '../limits/limits.ts'

const OVERLOADED = 'Too many requests are under way: nothing was done, try again in a moment'

const TOO_MANY_REQUESTS =
  'Too many requests with this key from this address, or with this key: nothing was done, try again later'

/** Every error of this surface: shape A is `{statusCode, message, errors?}`, shape B lists refused objects. Both have a code. */
export function answer(problem: Problem): Answer {
  const { status, body } = word(problem)
  return { status, body: { ...body, code: codeFor(problem) } }
}

/** What programs may branch on: one word for each way in which something fails, which stays when its text is changed. */
function codeFor(problem: Problem): ErrorCode {
  if (problem.code === 'refused') {
    const { refusal } = problem
    return toCode(isInvalid(refusal) ? 'input-invalid' : refusal.code)
  }
  if (problem.code === 'unavailable') {
    return problem.outcome === 'unknown' ? 'outcome_unknown' : 'unavailable'
  }
  return problem.code === 'bug' ? 'internal_error' : toCode(problem.code)
}

/** What only the store could tell, and is a fault of the request all the same. */
function isInvalid(refusal: Refusal): boolean {
  return (
    refusal.code === 'seats-refused' &&
    refusal.seats.some(({ code }) => code === 'extra-data-too-large')
  )
}

function word(problem: Problem): Answer {
  switch (problem.code) {
    case 'key-missing':
      return envelope(401, 'Missing API key')
    case 'key-invalid':
      return envelope(401, 'Invalid API key')
    case 'key-not-allowed':
      return envelope(403, 'A publishable key may not call this endpoint: use a secret key')
    case 'workspace-inactive':
      return envelope(403, 'The workspace of this key is not active')
    case 'no-such-endpoint':
      return envelope(404, `No such endpoint: ${problem.method} ${problem.path}`)
    case 'media-type-unsupported':
      return envelope(415, `Send the body as application/json, not ${problem.mediaType}`)
    case 'body-too-large':
      return envelope(413, `The body must not exceed ${problem.bytesMax} bytes`)
    case 'input-invalid':
      return invalid(problem.issues)
    case 'key-reused':
      return envelope(422, 'This Idempotency-Key was used for another request: use a new one')
    case 'request-running':
      return envelope(
        409,
        'The first request with this Idempotency-Key is still under way: repeat this one in a moment',
      )
    case 'answer-not-kept':
      return envelope(
        409,
        'This request was done before, and its answer showed a secret: it is told once',
      )
    case 'refused':
      return answerRefusal(problem.refusal)
    case 'unavailable':
      return problem.outcome === 'unknown'
        ? envelope(
            503,
            'The change may or may not have been made: repeat the request with the same Idempotency-Key to learn it',
          )
        : envelope(503, 'The store is not available: nothing was changed, try again')
    case 'answer-too-large':
      return envelope(400, problem.message)
    case 'overloaded':
      return envelope(503, OVERLOADED)
    case 'too-many-requests':
      return envelope(429, TOO_MANY_REQUESTS)
    case 'bug':
      return envelope(500, 'Internal server error')
  }
}

/** One status for each kind of refusal. */
const statuses = {
  missing: 404,
  conflict: 409,
  invalid: 400,
  forbidden: 403,
  busy: 409,
  slow: 503,
} as const satisfies Record<RefusalKind, number>

/** What is told in another form, or with another status, than all of its kind. */
export const refusalAnswers = {
  'chart-not-publishable': (refusal) =>
    envelope(409, tell(refusal).message, {
      errors: { draftVersion: refusal.faults.map(explainFault) },
    }),
  'draft-changed': (refusal) => envelope(412, tell(refusal).message),
  'sold-objects-affected': (refusal) =>
    envelope(409, tell(refusal).message, { errors: { draftVersion: explainSold(refusal) } }),
  'webhook-url-refused': ({ reason }) => invalid([{ path: ['url'], message: reason }]),
  'too-many-deliveries': (refusal) => invalidAt('until', refusal),
  'too-many-live-holds': (refusal) => envelope(429, tell(refusal).message),
  'too-many-objects': (refusal) => invalidAt('labels', refusal),
  'hold-token-unknown': (refusal) => invalidAt('holdToken', refusal),
  'hold-token-too-long': ({ lifeMsMax }) =>
    invalid([
      {
        path: ['ttlSeconds'],
        message: `A hold token that was issued lives ${lifeMsMax / 60_000} minutes at most, from its creation`,
      },
    ]),
  'seats-refused': ({ change, seats }) => answerSeats(change, seats),
} as const satisfies OwnWords<Answer>

/** What only the store could tell of a field. */
function invalidAt(field: string, refusal: Refusal): Answer {
  return invalid([{ path: [field], message: tell(refusal).message }])
}

type Snake<Kebab extends string> = Kebab extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Snake<Tail>}`
  : Kebab

type PlainCode = Exclude<Problem['code'], 'refused' | 'bug'>

const plainCodes = {
  'key-missing': true,
  'key-invalid': true,
  'key-not-allowed': true,
  'workspace-inactive': true,
  'no-such-endpoint': true,
  'media-type-unsupported': true,
  'body-too-large': true,
  'input-invalid': true,
  'key-reused': true,
  'request-running': true,
  'answer-not-kept': true,
  unavailable: true,
  overloaded: true,
  'answer-too-large': true,
  'too-many-requests': true,
} as const satisfies Record<PlainCode, true>

export type ErrorCode = Snake<PlainCode | Refusal['code']> | 'outcome_unknown' | 'internal_error'

/** Every code that an error of this surface may have. */
export const errorCodes: readonly ErrorCode[] = [
  ...Object.keys({ ...plainCodes, ...refusalTable }).map((code) => toCode(code as PlainCode)),
  'outcome_unknown' as const,
  'internal_error' as const,
].sort()

function toCode(code: PlainCode | Refusal['code']): ErrorCode {
  return code.replaceAll('-', '_') as ErrorCode
}

function answerRefusal(refusal: Refusal): Answer {
  const own = (refusalAnswers as OwnWords<Answer>)[refusal.code]
  if (own !== undefined) return (own as (refusal: Refusal) => Answer)(refusal)
  const { kind, message } = tell(refusal)
  return envelope(statuses[kind], message)
}

const reasons = {
  'unknown-object': 'not_found',
  'in-another-channel': 'not_for_sale',
  'not-for-sale': 'not_for_sale',
  'seat-booked': 'booked',
  'status-not-allowed': 'booked',
  'previous-not-allowed': 'booked',
  'previous-rejected': 'booked',
  'held-by-another': 'held',
  'not-held-by-token': 'not_held_by_token',
  'not-taken': 'not_found_or_free',
  'not-enough-places': 'not_enough_places',
  'quantity-not-allowed': 'not_found',
  'extra-data-too-large': 'extra_data_too_large',
  busy: 'busy',
} as const satisfies Record<SeatRefusalCode, string>

/** Every word that `reason` may take. */
export const reasonWords = Object.values(reasons)

/** The reason for one object, in this API's words. */
export function reasonFor(code: SeatRefusalCode): (typeof reasonWords)[number] {
  return reasons[code]
}

const seatMessages = {
  hold: 'One or more seats could not be held',
  extend: 'One or more seats could not be extended',
  'book-held': 'At least one seat is not held by this token any more',
  release: 'One or more seats could not be released',
  'release-held': 'One or more seats could not be released',
} as const satisfies Partial<Record<Change['kind'], string>>

/** For the changes that only the other API knows. */
const otherMessage = 'One or more seats could not be changed'

function answerSeats(change: Change['kind'], seats: RefusalOf<'seats-refused'>['seats']): Answer {
  const oversize = seats.find(({ code }) => code === 'extra-data-too-large')
  if (oversize !== undefined) {
    const message = `Merged with that of the hold, the extra data of ${oversize.label} exceeds ${EXTRA_DATA_BYTES_MAX} bytes`
    return invalid([{ path: ['extraData'], message }])
  }
  const failed = seats.map(({ label, code }) => ({
    objectLabel: label,
    reason: reasonFor(code),
  }))
  return { status: 409, body: { error: messageFor(change), failed } }
}

function messageFor(change: Change['kind']): string {
  return change in seatMessages ? seatMessages[change as keyof typeof seatMessages] : otherMessage
}

const faultWords = {
  'duplicate-label': (label) => `Duplicate label: ${label}`,
  'missing-label': (label) => `Missing label: ${label}`,
  'label-too-long': (label) => `Label too long: ${label}`,
  'label-malformed': (label) => `Label is not well-formed text: ${label}`,
  'category-key-unusable': (key) => `Category key too long, or not well-formed text: ${key}`,
  'no-objects': () => 'The draft has no objects',
  'too-many-objects': () => 'The draft has more objects than a chart may hold',
  'too-much-text': () => 'The draft has more text than a chart may hold',
} as const satisfies Record<PublishFault['code'], (label: string) => string>

function explainFault(fault: PublishFault): string {
  return faultWords[fault.code]('label' in fault ? fault.label : '')
}

/** One line for each object that the refusal names. */
function explainSold({ events }: RefusalOf<'sold-objects-affected'>): string[] {
  return events.flatMap(({ eventKey, objects }) =>
    objects.map(({ label, effect, places, categoryKey, newCategoryKey }) => {
      const becomes = {
        vanishes: 'vanish',
        'changes-category': `go from ${categoryKey ?? 'no category'} to ${newCategoryKey ?? 'none'}`,
        'exceeds-capacity': `have fewer places than the ${places ?? 0} that are sold`,
      }
      return `${eventKey}: ${label} would ${becomes[effect]}`
    }),
  )
}
