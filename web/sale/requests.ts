import { defined } from '../../lib/defined.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import type { Admission, SaleOptions, Surroundings } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import { ANSWER_MS, RETRY_AFTER_MS_MAX } from './times.ts'

/** What is asked of an event. */
export interface Request {
  /** Behind the path of the event. */
  readonly path: string
  /** Sent by POST where it is there. */
  readonly body?: object
  /** Names a change: sent again under the same, it is made once. */
  readonly idempotencyKey?: string
  /** What is known already. */
  readonly tag?: string
  readonly timeoutMs?: number
  /** Gives it up. */
  readonly signal?: AbortSignal
  /** Whether a copy that the browser kept will do, if the server says that it is still good. */
  readonly isCacheable?: boolean
}

/** What was answered, read as JSON; its body is undefined where it is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly retryAfterMs: number
  readonly sentAt: number
  readonly receivedAt: number
}

/** Asks; undefined where no answer came in time, or it was given up. */
export type Ask = (request: Request) => Promise<Answer | undefined>

/** Asks the server of a sale about its event. The key travels in a header, and nowhere else. */
export function openRequests(
  { server, apiKey, eventKey, admission }: SaleOptions,
  around: Surroundings,
  clock: ServerClock,
): Ask {
  const start = `${server.replace(/\/+$/, '')}/api/v1/events/${encodeURIComponent(eventKey)}`
  return async (request) => {
    const sentAt = around.now()
    const answered = await inTime(around, request, async (signal) => {
      const token = isHold.test(request.path) ? await letIn(admission) : undefined
      const response = await around.fetch(`${start}${request.path}`, {
        ...formOf(request, { apiKey, token }),
        signal,
      })
      const headersAt = around.now()
      return { response, headersAt, body: await readBody(response) }
    })
    if (answered === undefined) return undefined
    const { response, headersAt, body } = answered
    // A copy would say what time it was when it was made.
    if (request.isCacheable !== true) {
      hearDate(clock, response, { sentAt, receivedAt: headersAt })
    }
    const { status } = response
    return { status, body, retryAfterMs: readRetryAfter(response), sentAt, receivedAt: headersAt }
  }
}

const isHold = /hold|best/

/** A page that fails to say is answered as one that has no token. */
async function letIn(admission: SaleOptions['admission']): Promise<Admission> {
  try {
    return await admission?.()
  } catch {
    return undefined
  }
}

function formOf(
  { body, idempotencyKey, tag, isCacheable = false }: Request,
  { apiKey, token }: { readonly apiKey: string; readonly token: Admission },
) {
  return {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'X-Api-Key': apiKey,
      ...defined({ 'X-Admission-Token': token }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
      ...(tag === undefined ? {} : { 'If-None-Match': `"${tag}"` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    cache: isCacheable ? ('no-cache' as const) : ('no-store' as const),
    credentials: 'omit' as const,
  }
}

/** Undefined where it failed, took too long or was given up. */
function inTime<Result>(
  { later }: Surroundings,
  { timeoutMs = ANSWER_MS, signal }: Request,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const abort = new AbortController()
  return new Promise((resolve) => {
    const end = (result: Result | undefined) => {
      callOff()
      signal?.removeEventListener('abort', giveUp)
      resolve(result)
    }
    const giveUp = () => {
      abort.abort()
      end(undefined)
    }
    const callOff = later(timeoutMs, giveUp)
    signal?.addEventListener('abort', giveUp)
    run(abort.signal).then(end, () => {
      end(undefined)
    })
  })
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Answers without a body say what time it is to the second. */
function hearDate(
  clock: ServerClock,
  { headers }: Response,
  times: { readonly sentAt: number; readonly receivedAt: number },
): void {
  const serverTime = Date.parse(headers.get('Date') ?? '')
  clock.hear({ ...times, serverTime, precision: SECOND_MS })
}

function readRetryAfter({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? 0)
  if (!Number.isFinite(seconds)) return 0
  return Math.min(Math.max(0, seconds * SECOND_MS), RETRY_AFTER_MS_MAX)
}
