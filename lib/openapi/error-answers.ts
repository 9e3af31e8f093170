import * as z from 'zod'
import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { isLimited } from '../http/limit-requests.ts'
import { checkSchema } from '../http/parse.ts'
import { answerTooLarge } from '../http/sendable.ts'
import { refusalTable } from '../refusals/refusal-table.ts'
import { SAMPLE, type RefusalFacts } from '../refusals/told.ts'
import type { Access, Answer, InputIssue, Problem } from '../http/surface.ts'
import { BODY_BYTES_MAX } from '../limits/limits.ts'

/** One way in which an endpoint says no, with the answer that its surface gives. */
export interface ErrorAnswer {
  /** What kind of no, in kebab-case; unique within the endpoint. */
  readonly name: string
  /** One sentence: when it happens. */
  readonly when: string
  readonly answer: Answer
}

/** One way in which something fails, with a sentence on when. */
interface ErrorCase<Sample> {
  readonly when: string
  readonly sample: Sample
}

/** A request as errors tell of it. */
const sampleRequest = {
  requestId: '0f0f2f9a-5a0f-4e0c-b4f9-d4d1b7a8d6c1',
  workspaceKey: SAMPLE.workspaceKey,
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

type ProblemOf<Code extends Problem['code']> = Extract<Problem, { code: Code }>

/** When each problem happens, and one such problem; none where the endpoint cannot have it. */
const problems: {
  [Code in Problem['code']]: (endpoint: Endpoint) => ErrorCase<ProblemOf<Code>>[]
} = {
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
  'workspace-inactive': ({ access, actsInWorkspace = false }) => {
    if (access !== 'publishable-key' && access !== 'secret-key' && !actsInWorkspace) return []
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
      [sampleOf(code, endpoint), code === 'seats-refused' ? seatsBusy : []]
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
  'answer-too-large': (endpoint) => {
    if (endpoint.instead === undefined) return []
    const when = 'The answer is too large to be sent, also compressed.'
    const sample = answerTooLarge(endpoint, true)
    return sample.code === 'answer-too-large' ? [{ when, sample }] : []
  },
  overloaded: () => [
    {
      when: 'There is more to do than there is room for: nothing was done, try again after `Retry-After`.',
      sample: { code: 'overloaded', retrySeconds: 1 },
    },
  ],
  'too-many-requests': (endpoint) => {
    if (!isLimited(endpoint)) return []
    const when = 'The stage limits how many changes a publishable key may ask for in a while.'
    return [{ when, sample: { code: 'too-many-requests', retrySeconds: 30 } }]
  },
  bug: () => [{ when: 'A bug of ours.', sample: { code: 'bug' } }],
}

/** The refusal as an endpoint of that path meets it. */
function sampleOf(code: Refusal['code'], { path }: Endpoint): ErrorCase<Refusal> {
  const { when, sample } = refusalTable[code] as RefusalFacts<Refusal>
  return { when, sample: typeof sample === 'function' ? sample(path) : sample }
}

/** The other way in which seats refuse: by being in others' hands, which a surface may tell with a status of its own. */
const seatsBusy: ErrorCase<RefusalOf<'seats-refused'>> = {
  when: 'Others kept changing the objects: nothing was changed, try again.',
  sample: {
    code: 'seats-refused',
    change: 'hold',
    seats: [{ eventId: '', label: 'S-A-10', code: 'busy' }],
  },
}

/** Requests are kept for the key that sent them. */
function isRepeatable({ method, access }: Endpoint): boolean {
  return method !== 'GET' && access !== 'anyone' && access !== 'system'
}

/** What the endpoint declares, what any change may come to, and what may come of a workspace that the caller names. */
function refusalsOf(endpoint: Endpoint): Refusal['code'][] {
  const { refusals = [], surface, access } = endpoint
  const named = surface.workspaceHeader !== undefined && access === 'secret-key'
  return [
    ...new Set([
      ...refusals,
      ...(named ? (['workspace-not-found'] as const) : []),
      ...(isRepeatable(endpoint) ? (['store-slow'] as const) : []),
    ]),
  ]
}

/** What the schemas say of an empty request; empty where no request can be wrong. */
function sampleIssues({ surface, params, query, body }: Endpoint): InputIssue[] {
  const attempts = [
    { schema: body, input: {} },
    { schema: body, input: undefined },
    { schema: query, input: blank(query) },
    { schema: params, input: blank(params) },
    { schema: body, input: blank(body) },
  ]
  for (const { schema, input } of attempts) {
    const checked = schema && checkSchema(surface, schema, input)
    if (checked?.ok === false) return checked.issues
  }
  return []
}

/** An object of the schema's fields, each an empty text. */
function blank(schema: Endpoint['query']): Record<string, string> {
  // What may be left out has its fields within, and what is transformed where the transformation begins.
  const given = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema
  const fields = given !== undefined && 'in' in given ? (given.in as object) : (given ?? {})
  const shape = 'shape' in fields ? (fields.shape as object) : {}
  return Object.fromEntries(Object.keys(shape).map((name) => [name, '']))
}
