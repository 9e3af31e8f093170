import { readCatalog, type CatalogEntry } from '../../lib/http/catalog.ts'
import type { Api, ApiAnswer, ApiOptions } from './api.ts'
import { rowDrawing } from './drawings.ts'
import { openPlainHoldfast, type PlainHoldfast, type PlainOptions } from './plain-holdfast.ts'
import { makeEvent, TOKEN } from './scene.ts'
import { targetOf } from './story.ts'

/** A write as a client sends it. */
export interface WriteRequest {
  readonly request: Parameters<Api>[0]
  readonly body?: object
}

/** A Holdfast in which every write can succeed. */
export interface WriteScene extends PlainHoldfast {
  readonly chartKey: string
  readonly eventKey: string
}

/** Opens one: A-1 is free, A-2 is held, A-3 is booked; one more chart is not published, another has no event. */
export async function openWriteScene(options: PlainOptions = {}): Promise<WriteScene> {
  const holdfast = await openPlainHoldfast(options)
  const { api } = holdfast
  const keys = await makeEvent(api, rowDrawing())
  const seats = `/api/v1/events/${keys.eventKey}/seats` as const
  await api(`POST ${seats}/hold`, {
    objectLabels: ['A-2', 'A-3'],
    holdToken: TOKEN,
    ttlSeconds: 900,
  })
  await api(`POST ${seats}/book`, { objectLabels: ['A-3'], holdToken: TOKEN })
  return { ...holdfast, ...keys }
}

type Sample = (scene: WriteScene) => WriteRequest | Promise<WriteRequest>

/** Requests that need more of the scene than its keys, by the name of the endpoint's file. */
const samples: Readonly<Record<string, Sample>> = {
  'delete-chart': async ({ api }) => {
    const { body } = await api('POST /api/v1/charts', { name: 'Unused' })
    return { request: `DELETE /api/v1/charts/${String(body['chartKey'])}` }
  },
  'delete-event': ({ eventKey }) => ({ request: `DELETE /api/v1/events/${eventKey}` }),
  'hold-best-available': ({ eventKey }) => ({
    request: `POST /api/v1/events/${eventKey}/seats/best-available`,
    body: { number: 1, holdToken: TOKEN },
  }),
  'hold-seats': ({ eventKey }) => ({
    request: `POST /api/v1/events/${eventKey}/seats/hold`,
    body: { objectLabels: ['A-1', 'B-1'], holdToken: TOKEN, extraData: { order: 'é' } },
  }),
  'extend-holds': ({ eventKey }) => ({
    request: `POST /api/v1/events/${eventKey}/seats/extend`,
    body: { holdToken: TOKEN, ttlSeconds: 600 },
  }),
  'book-seats': ({ eventKey }) => ({
    request: `POST /api/v1/events/${eventKey}/seats/book`,
    body: { objectLabels: ['A-2'], holdToken: TOKEN, extraData: { order: 'o_1' } },
  }),
  'release-seats': ({ eventKey }) => ({
    request: `POST /api/v1/events/${eventKey}/seats/release`,
    body: { objectLabels: ['A-2', 'A-3'] },
  }),
}

const { endpoints } = await readCatalog()

/**
 * Every endpoint of the surface that may change something, by the name of its file; but for those of webhooks and of the admission key, which
 * need a bus or keep their answers to themselves: `webhooks-repeats.test.ts` and `admission-key.test.ts` repeat each of them.
 */
export const writingEndpoints = endpoints
  .filter(({ surface }) => surface === 'seatbuilder')
  .filter(({ endpoint }) => endpoint.method !== 'GET' && endpoint.method !== 'ANY')
  .filter(({ endpoint }) => !/^\/api\/v1\/(webhooks|admission-key)/.test(endpoint.path))

/** A request of an endpoint that succeeds on the scene: its first example, on the scene's chart and event. */
export async function sampleOf(
  { name, endpoint }: CatalogEntry,
  scene: WriteScene,
): Promise<WriteRequest> {
  const own = await samples[name]?.(scene)
  if (own !== undefined) return own
  const { chartKey, eventKey } = scene
  const [example] = Object.values(endpoint.examples ?? {})
  const params = { ...example?.params, chartKey, eventKey }
  const target = targetOf(endpoint.path, { summary: '', params })
  const { body } = example ?? {}
  return {
    request: `${endpoint.method} ${target}`,
    ...(body && { body: 'chartKey' in body ? { ...body, chartKey } : body }),
  }
}

/** Sends a write under an idempotency key. */
export function sendKeyed(
  api: Api,
  { request, body }: WriteRequest,
  { idempotencyKey = 'order-1', ...options }: ApiOptions & { idempotencyKey?: string } = {},
): Promise<ApiAnswer> {
  const headers = ['Idempotency-Key', idempotencyKey, ...(options.headers ?? [])]
  return api(request, body, { ...options, headers })
}

/** Whether an answer says that it was given before. */
export function isReplay({ headers }: ApiAnswer): boolean {
  return headers['Idempotent-Replayed'] === 'true'
}
