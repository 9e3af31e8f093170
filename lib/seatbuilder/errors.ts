import type { Change, SeatRefusalCode } from '../rules/machine.ts'
import type { PublishFault } from '../venue/validate-chart.ts'
import type { Refusal } from '../refusals.ts'
import { EXTRA_DATA_BYTES_MAX } from '../rules/extra-data.ts'
import type { Answer, Problem } from '../http/surface.ts'
import { envelope, invalid } from './envelope.ts'
import { termsAnswers } from './terms-errors.ts'

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

const OVERLOADED = 'Too many requests are under way: nothing was done, try again in a moment'

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
    case 'overloaded':
      return envelope(503, OVERLOADED)
    case 'bug':
      return envelope(500, 'Internal server error')
  }
}

const refusalAnswers = {
  'event-not-found': ({ eventKey }) => envelope(404, `Event not found: ${eventKey}`),
  'chart-not-found': ({ chartKey }) => envelope(404, `Chart not found: ${chartKey}`),
  'layout-not-found': ({ chartKey }) => envelope(404, `Chart is not published: ${chartKey}`),
  'chart-not-published': ({ chartKey }) =>
    envelope(409, `Chart is not published: ${chartKey}. Publish it first`),
  'chart-has-events': ({ chartKey, events }) =>
    envelope(409, `Chart ${chartKey} has ${events} event(s): delete them first`),
  'chart-not-publishable': ({ faults, total }) =>
    envelope(409, `The draft cannot be published: ${total} fault(s)`, {
      errors: { draftVersion: faults.map(explainFault) },
    }),
  'drawing-invalid': ({ chartKey, errors }) =>
    envelope(409, `The drawing of ${chartKey} breaks rules of the account: ${errors.join(', ')}`),
  'drawing-too-large': ({ bytesMax }) => envelope(400, `A drawing has at most ${bytesMax} bytes`),
  'chart-archived': ({ chartKey }) => envelope(409, `The chart ${chartKey} is archived`),
  'chart-not-archived': ({ chartKey }) => envelope(409, `The chart ${chartKey} is not archived`),
  'tag-not-found': ({ chartKey, tag }) => envelope(404, `The chart ${chartKey} has no tag ${tag}`),
  'too-many-tags': ({ tagsMax }) => envelope(400, `A chart has at most ${tagsMax} tags`),
  'category-not-found': () => envelope(404, 'Category not found'),
  'category-key-taken': ({ categoryKey }) => envelope(409, `There is a category ${categoryKey}`),
  'too-many-categories': ({ categoriesMax }) =>
    envelope(400, `A chart has at most ${categoriesMax} categories`),
  'event-key-taken': ({ eventKey }) => envelope(409, `Event key is taken: ${eventKey}`),
  ...termsAnswers,
  'event-has-bookings': ({ eventKey, booked }) =>
    envelope(409, `Event ${eventKey} has ${booked} booked object(s)`),
  'record-busy': ({ what, key }) =>
    envelope(409, `The ${what} ${key} is being changed by others: nothing was done, try again`),
  'store-slow': ({ retryAfterSeconds }) =>
    envelope(
      503,
      `The store is too slow just now: nothing was changed, try again in ${retryAfterSeconds} s`,
    ),
  'workspace-not-found': ({ workspaceId }) => envelope(404, `Workspace not found: ${workspaceId}`),
  'workspace-is-default': ({ workspaceKey }) =>
    envelope(409, `Workspace ${workspaceKey} is the default of its company`),
  'workspace-is-active': ({ workspaceKey }) =>
    envelope(409, `Workspace ${workspaceKey} is active: deactivate it first`),
  'workspace-is-inactive': ({ workspaceKey }) =>
    envelope(409, `Workspace ${workspaceKey} is not active: activate it first`),
  'key-not-found': ({ keyId }) => envelope(404, `Key not found: ${keyId}`),
  'webhook-not-found': ({ endpointId }) => envelope(404, `Webhook not found: ${endpointId}`),
  'webhook-url-refused': ({ reason }) => invalid([{ path: ['url'], message: reason }]),
  'webhook-limit-reached': ({ webhooksMax }) =>
    envelope(
      409,
      `The workspace has ${webhooksMax} webhooks, as many as one may have by the setting webhooks.perWorkspaceMax: delete one first`,
    ),
  'too-many-webhooks': () =>
    envelope(
      409,
      'The event bus takes no further rule, and each webhook is one: delete a webhook or a rule first',
    ),
  'webhook-disabled': ({ endpointId }) =>
    envelope(409, `Webhook ${endpointId} is disabled: enable it first`),
  'delivery-not-found': ({ deliveryId }) => envelope(404, `Delivery not found: ${deliveryId}`),
  'delivery-under-way': ({ deliveryId }) =>
    envelope(409, `Delivery ${deliveryId} is under way: it is sent without being asked again`),
  'too-many-attempts': ({ deliveryId }) =>
    envelope(409, `Delivery ${deliveryId} was attempted too often to be sent again`),
  'nothing-to-replay': ({ endpointId }) =>
    envelope(409, `Webhook ${endpointId} has no delivery of a notice in this range`),
  'too-many-deliveries': ({ deliveriesMax }) =>
    invalid([
      {
        path: ['until'],
        message: `One request sends at most ${deliveriesMax} deliveries again, and there are more in this range`,
      },
    ]),
  'booking-not-allowed': () =>
    envelope(403, 'Publishable keys may not book in this workspace: use a secret key'),
  'too-many-live-holds': ({ liveHoldsMax }) =>
    envelope(429, `At most ${liveHoldsMax} objects may be held from one place at a time`),
  'release-needs-token': () =>
    envelope(403, 'A publishable key releases only what its token holds: send holdToken'),
  'too-many-objects': ({ objects, objectsMax }) =>
    envelope(400, 'Validation failed', {
      errors: {
        labels: [`${objects} objects are meant, and one request changes at most ${objectsMax}`],
      },
    }),
  'hold-token-not-found': () => envelope(404, 'Hold token not found, or expired'),
  'hold-token-unknown': () =>
    invalid([{ path: ['holdToken'], message: 'Hold token unknown, or expired' }]),
  'hold-token-required': () => envelope(400, 'A hold needs a hold token'),
  'hold-token-too-long': ({ lifeMsMax }) =>
    invalid([
      {
        path: ['ttlSeconds'],
        message: `A hold token that was issued lives ${lifeMsMax / 60_000} minutes at most, from its creation`,
      },
    ]),
  'charts-differ': () => envelope(400, 'The events must be of one chart'),
  'status-refused': ({ label, reason }) =>
    answerSeats('set-free', [{ eventId: '', label, code: reason }]),
  'object-not-found': ({ label }) => envelope(404, `Object not found: ${label}`),
  'seats-refused': ({ change, seats }) => answerSeats(change, seats),
} as const satisfies { [Code in Refusal['code']]: (refusal: RefusalOf<Code>) => Answer }

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
} as const satisfies Record<PlainCode, true>

export type ErrorCode = Snake<PlainCode | Refusal['code']> | 'outcome_unknown' | 'internal_error'

/** Every code that an error of this surface may have. */
export const errorCodes: readonly ErrorCode[] = [
  ...Object.keys({ ...plainCodes, ...refusalAnswers }).map((code) => toCode(code as PlainCode)),
  'outcome_unknown',
  'internal_error',
]

function toCode(code: PlainCode | Refusal['code']): ErrorCode {
  return code.replaceAll('-', '_') as ErrorCode
}

function answerRefusal(refusal: Refusal): Answer {
  const shape = refusalAnswers[refusal.code] as (refusal: Refusal) => Answer
  return shape(refusal)
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
  'no-objects': () => 'The draft has no objects',
  'too-many-objects': () => 'The draft has more objects than a chart may hold',
  'too-much-text': () => 'The draft has more text than a chart may hold',
} as const satisfies Record<PublishFault['code'], (label: string) => string>

function explainFault(fault: PublishFault): string {
  return faultWords[fault.code]('label' in fault ? fault.label : '')
}
