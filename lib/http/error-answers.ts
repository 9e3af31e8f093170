import type { Refusal } from '../inventory/refusals.ts'
import { BODY_BYTES_MAX, type Endpoint } from './endpoint.ts'
import { checkSchema } from './parse.ts'
import type { Access, Answer, InputIssue, Problem } from './surface.ts'

/** One way in which an endpoint says no, with the answer that its surface gives. */
export interface ErrorAnswer {
  /** What kind of no, in kebab-case; unique within the endpoint. */
  readonly name: string
  /** One sentence: when it happens. */
  readonly when: string
  readonly answer: Answer
}

/** A request as errors tell of it. */
const sampleRequest = {
  requestId: '0f0f2f9a-5a0f-4e0c-b4f9-d4d1b7a8d6c1',
  workspaceKey: '4c1d7f0e-2b8a-4e6d-9f31-7a5c0d9e8b62',
}

/** Every error that an endpoint can answer with, derived from what it declares. */
export function errorAnswers(endpoint: Endpoint): ErrorAnswer[] {
  const codes = Object.keys(problems) as Problem['code'][]
  return codes.flatMap((code) =>
    problems[code](endpoint).map(({ when, sample }) => ({
      name: nameOf(sample),
      when,
      answer: endpoint.surface.answer(sample, sampleRequest),
    })),
  )
}

function nameOf(sample: Problem): string {
  if (sample.code === 'refused') {
    const { refusal } = sample
    const isBusy = refusal.code === 'seats-refused' && refusal.seats[0]?.code === 'busy'
    return isBusy ? 'seats-busy' : refusal.code
  }
  const isUnknown = sample.code === 'unavailable' && sample.outcome === 'unknown'
  if (isUnknown) return 'outcome-unknown'
  return sample.code === 'bug' ? 'internal-error' : sample.code
}

/** When a key that is on file does not open an endpoint. */
const notAllowed: Readonly<Partial<Record<Access, string>>> = {
  'secret-key': 'The key is a publishable one.',
  'admin-key': "The key is not a company's admin key.",
}

interface Told<Sample> {
  readonly when: string
  readonly sample: Sample
}

type ProblemOf<Code extends Problem['code']> = Extract<Problem, { code: Code }>
type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

/** When each problem happens, and one such problem; none where the endpoint cannot have it. */
const problems: { [Code in Problem['code']]: (endpoint: Endpoint) => Told<ProblemOf<Code>>[] } = {
  'key-missing': ({ access }) => {
    if (access === 'anyone') return []
    return [{ when: 'No key was sent.', sample: { code: 'key-missing' } }]
  },
  'key-invalid': ({ access }) => {
    if (access === 'anyone') return []
    return [{ when: 'The key is malformed or not on file.', sample: { code: 'key-invalid' } }]
  },
  'key-not-allowed': ({ access }) => {
    const when = notAllowed[access]
    return when === undefined ? [] : [{ when, sample: { code: 'key-not-allowed' } }]
  },
  'workspace-inactive': ({ access }) => {
    if (access !== 'publishable-key' && access !== 'secret-key') return []
    const when = 'The workspace was switched off.'
    return [{ when, sample: { code: 'workspace-inactive' } }]
  },
  'no-such-endpoint': ({ access, method, path }) => {
    if (access !== 'system') return []
    const when = 'No secret of the system is set.'
    return [{ when, sample: { code: 'no-such-endpoint', method, path } }]
  },
  'media-type-unsupported': ({ body }) => {
    if (body === undefined) return []
    const when = 'The body is said to be something else than JSON in UTF-8.'
    return [{ when, sample: { code: 'media-type-unsupported', mediaType: 'text/plain' } }]
  },
  'body-too-large': ({ body, bodyBytesMax: bytesMax = BODY_BYTES_MAX }) => {
    if (body === undefined) return []
    const when = `The body has more than ${bytesMax} bytes.`
    return [{ when, sample: { code: 'body-too-large', bytesMax } }]
  },
  'input-invalid': (endpoint) => {
    const issues = sampleIssues(endpoint)
    if (issues.length === 0) return []
    const when = 'Path, query or body do not fit.'
    return [{ when, sample: { code: 'input-invalid', issues } }]
  },
  'key-reused': (endpoint) => {
    if (!isRepeatable(endpoint)) return []
    const when = 'The `Idempotency-Key` was used for another request.'
    return [{ when, sample: { code: 'key-reused' } }]
  },
  'request-running': (endpoint) => {
    if (!isRepeatable(endpoint)) return []
    const when = 'The first request with this `Idempotency-Key` is still under way.'
    return [{ when, sample: { code: 'request-running' } }]
  },
  'answer-not-kept': ({ showsSecret }) => {
    if (showsSecret !== true) return []
    const when = 'The request was done before under this `Idempotency-Key`, and showed a secret.'
    return [{ when, sample: { code: 'answer-not-kept' } }]
  },
  refused: (endpoint) =>
    refusalsOf(endpoint).flatMap((code) =>
      [refused[code](endpoint), code === 'seats-refused' ? seatsBusy : []]
        .flat()
        .map(({ when, sample }) => ({ when, sample: { code: 'refused', refusal: sample } })),
    ),
  unavailable: ({ method }) => {
    const sample = { code: 'unavailable', outcome: 'not-applied' } as const
    const known = { when: 'The store cannot be reached; nothing was changed.', sample }
    if (method === 'GET') return [known]
    const when = 'The store did not answer in time: the change may or may not have been made.'
    return [known, { when, sample: { code: 'unavailable', outcome: 'unknown' } }]
  },
  bug: () => [{ when: 'A bug of ours.', sample: { code: 'bug' } }],
}

/** Requests are kept for the key that sent them. */
function isRepeatable({ method, access }: Endpoint): boolean {
  return method !== 'GET' && access !== 'anyone' && access !== 'system'
}

/** What the endpoint declares, and what may come of a workspace that the caller names. */
function refusalsOf({ refusals = [], surface, access }: Endpoint): Refusal['code'][] {
  const named = surface.workspaceHeader !== undefined && access === 'secret-key'
  return [...new Set([...refusals, ...(named ? (['workspace-not-found'] as const) : [])])]
}

const chartKey = 'chart_5f1d0e7a2b9c4d38'
const eventKey = 'evt_demo'

/** When each refusal happens, and one such refusal. */
const refused: { [Code in Refusal['code']]: (endpoint: Endpoint) => Told<RefusalOf<Code>> } = {
  'event-not-found': () => ({
    when: 'There is no such event in the workspace of the key.',
    sample: { code: 'event-not-found', eventKey },
  }),
  'chart-not-found': () => ({
    when: 'There is no such chart in the workspace of the key.',
    sample: { code: 'chart-not-found', chartKey },
  }),
  'layout-not-found': () => ({
    when: 'The chart is not published.',
    sample: { code: 'layout-not-found', chartKey },
  }),
  'chart-not-published': () => ({
    when: 'The chart is not published.',
    sample: { code: 'chart-not-published', chartKey },
  }),
  'chart-has-events': () => ({
    when: 'Events are bound to the chart.',
    sample: { code: 'chart-has-events', chartKey, events: 1 },
  }),
  'chart-not-publishable': () => ({
    when: 'The objects of the draft cannot be told apart, or there are none or too many.',
    sample: {
      code: 'chart-not-publishable',
      faults: [{ code: 'duplicate-label', label: 'A-1' }],
      total: 1,
    },
  }),
  'event-key-taken': () => ({
    when: 'Another event has this key.',
    sample: { code: 'event-key-taken', eventKey },
  }),
  'event-has-bookings': () => ({
    when: 'The event has booked objects.',
    sample: { code: 'event-has-bookings', eventKey, booked: 2 },
  }),
  'record-busy': ({ path }) => {
    const isEvent = path.includes('{eventKey}')
    const record = isEvent
      ? ({ what: 'event', key: eventKey } as const)
      : ({ what: 'chart', key: chartKey } as const)
    return {
      when: 'Others keep changing it: nothing was done, try again.',
      sample: { code: 'record-busy', ...record },
    }
  },
  'workspace-not-found': () => ({
    when: 'There is no such workspace.',
    sample: { code: 'workspace-not-found', workspaceId: 'demo-test' },
  }),
  'workspace-is-default': () => ({
    when: "It is the company's default workspace.",
    sample: { code: 'workspace-is-default', workspaceKey: sampleRequest.workspaceKey },
  }),
  'key-not-found': () => ({
    when: 'There is no such key.',
    sample: { code: 'key-not-found', keyId: 'demo-secret' },
  }),
  'booking-not-allowed': () => ({
    when: 'The workspace leaves booking to secret keys, and the key is a publishable one.',
    sample: { code: 'booking-not-allowed' },
  }),
  'too-many-live-holds': () => ({
    when: 'The publishable key holds as many objects as the workspace allows it for one address.',
    sample: { code: 'too-many-live-holds', liveHoldsMax: 20 },
  }),
  'release-needs-token': () => ({
    when: 'A publishable key was sent without a hold token.',
    sample: { code: 'release-needs-token' },
  }),
  'too-many-objects': () => ({
    when: 'More objects than one request may change.',
    sample: { code: 'too-many-objects', objects: 1_200, objectsMax: 1_000 },
  }),
  'hold-token-not-found': () => ({
    when: 'There is no such hold token in the workspace of the key, or it has expired.',
    sample: { code: 'hold-token-not-found', holdToken: 'k3JxQ0aZ7b' },
  }),
  'hold-token-unknown': () => ({
    when: 'The hold token is unknown in the workspace of the key, or has expired.',
    sample: { code: 'hold-token-unknown', holdToken: 'k3JxQ0aZ7b' },
  }),
  'hold-token-required': () => ({
    when: 'A hold was asked for without a hold token.',
    sample: { code: 'hold-token-required' },
  }),
  'hold-token-too-long': () => ({
    when: 'The token would live more than two hours from its creation.',
    sample: { code: 'hold-token-too-long', lifeMsMax: 7_200_000 },
  }),
  'charts-differ': () => ({
    when: 'The events are of different charts.',
    sample: { code: 'charts-differ' },
  }),
  'status-refused': () => ({
    when: 'An object refuses the change; nothing was changed.',
    sample: {
      code: 'status-refused',
      eventKey,
      label: 'S-A-10',
      reason: 'seat-booked',
      from: 'booked',
      to: 'booked',
    },
  }),
  'object-not-found': () => ({
    when: 'There is no such object in the event.',
    sample: { code: 'object-not-found', eventKey, label: 'Z-1' },
  }),
  'seats-refused': () => ({
    when: 'At least one object refuses the change; nothing was changed.',
    sample: {
      code: 'seats-refused',
      change: 'hold',
      seats: [{ eventId: '', label: 'S-A-10', code: 'held-by-another' }],
    },
  }),
}

/** The other way in which seats refuse: by being in others' hands, which a surface may tell with a status of its own. */
const seatsBusy: Told<RefusalOf<'seats-refused'>> = {
  when: 'Others kept changing the objects: nothing was changed, try again.',
  sample: {
    code: 'seats-refused',
    change: 'hold',
    seats: [{ eventId: '', label: 'S-A-10', code: 'busy' }],
  },
}

/** What the schemas say of an empty request; empty where no request can be wrong. */
function sampleIssues({ surface, params, query, body }: Endpoint): InputIssue[] {
  const attempts = [
    { schema: body, input: {} },
    { schema: body, input: undefined },
    { schema: query, input: blank(query) },
    { schema: params, input: blank(params) },
  ]
  for (const { schema, input } of attempts) {
    const checked = schema && checkSchema(surface, schema, input)
    if (checked?.ok === false) return checked.issues
  }
  return []
}

/** An object of the schema's fields, each an empty text. */
function blank(schema: Endpoint['query']): Record<string, string> {
  // What is transformed has its fields where the transformation begins.
  const fields = schema !== undefined && 'in' in schema ? (schema.in as object) : (schema ?? {})
  const shape = 'shape' in fields ? (fields.shape as object) : {}
  return Object.fromEntries(Object.keys(shape).map((name) => [name, '']))
}
