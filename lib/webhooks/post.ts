import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Clock } from '../clock.ts'
import { defined } from '../defined.ts'
import type { AddressPolicy } from './address.ts'
import { reach, type Address, type Resolver } from './reach.ts'
import { readRetryAfter } from './retry-after.ts'

// One POST to a receiver that may be slow, wrong or hostile:
//
// 1. The host's addresses are found and checked; the connection goes to one of these, whatever the name says a moment later.
// 2. Everything together has one time limit: finding, connecting, TLS, sending, headers and body.
// 3. Redirects are not followed. The body is read up to a limit and thrown away: nothing in it counts.
// 4. Whatever the receiver does, the answer is a value.

/** Milliseconds for the whole exchange. */
export const EXCHANGE_MS_MAX = 15_000

/** Bytes of an answer's body that are read: after that the connection is cut, and the status counts. */
export const ANSWER_BYTES_MAX = 64 * 1024

/** What receivers see as their caller. */
const USER_AGENT = 'Holdfast-Webhooks'

/** What the exchange with receivers is made with. */
export interface PostSurroundings extends AddressPolicy {
  readonly clock: Pick<Clock, 'now'>
  readonly resolve: Resolver
  readonly exchangeMsMax: number
  /** Certificates of authorities to trust instead of the machine's. */
  readonly authorities?: string
}

/** What to send. */
export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What came of it. */
export interface PostResult {
  /** Of a complete answer; undefined where there was none. */
  readonly status?: number
  readonly latencyMs: number
  /** Why it does not count as delivered, in a few words. */
  readonly failure?: string
  readonly retryAfterSeconds?: number
}

/** Sends a POST to a receiver and says what came of it; never throws for anything that the receiver does. */
export async function post(
  outside: PostSurroundings,
  { url, headers, body }: Post,
): Promise<PostResult> {
  const { clock, resolve, exchangeMsMax, authorities } = outside
  const start = clock.now()
  const outcome = await withinTime(exchangeMsMax, async (signal) => {
    const reached = await reach(url, resolve, outside)
    if (!reached.ok) return { failure: reached.failure }
    signal.throwIfAborted()
    return exchange(
      { url, body, signal },
      optionsFor(reached.addresses, { headers, body, authorities }),
    )
  })
  const { status, retryAfter, failure } = outcome
  const latencyMs = clock.now() - start
  if (failure !== undefined) return { latencyMs, failure }
  if (status >= 200 && status < 300) return { status, latencyMs }
  const retryAfterSeconds = readRetryAfter(retryAfter, clock.now())
  const wait = defined({ retryAfterSeconds })
  return { status, latencyMs, failure: explain(status), ...wait }
}

type Outcome =
  | {
      readonly status: number
      readonly retryAfter: string | undefined
      readonly failure?: undefined
    }
  | { readonly status?: undefined; readonly retryAfter?: undefined; readonly failure: string }

/** Runs an exchange that gives up when it is told to; in real time, whatever the clock says: receivers live in that. */
async function withinTime(
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(milliseconds)
  const tooLate = { failure: `no complete answer within ${milliseconds / 1000} s` }
  const timeout = new Promise<Outcome>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(tooLate)
    })
  })
  const exchanged = run(signal).catch((error: unknown) =>
    signal.aborted ? tooLate : { failure: describe(error) },
  )
  return Promise.race([exchanged, timeout])
}

function exchange(
  { url, body, signal }: { url: string; body: string; signal: AbortSignal },
  options: RequestOptions,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const send = url.toLowerCase().startsWith('https:') ? httpsRequest : httpRequest
    const request = send(url, options)
    signal.addEventListener('abort', () => {
      request.destroy(new Error('too late'))
    })
    request.on('error', reject)
    request.on('close', () => {
      reject(new Error('connection closed'))
    })
    request.on('response', (response) => {
      readAnswer(response).then(
        () => {
          const { statusCode = 0, headers } = response
          resolve({ status: statusCode, retryAfter: headers['retry-after'] })
          request.destroy()
        },
        (error: unknown) => {
          reject(new Error('the answer was cut off', { cause: error }))
          request.destroy()
        },
      )
    })
    request.end(body)
  })
}

/** Reads an answer to its end, or to the limit. */
async function readAnswer(response: IncomingMessage): Promise<void> {
  let bytes = 0
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length
    if (bytes > ANSWER_BYTES_MAX) return
  }
}

function optionsFor(
  addresses: readonly [Address, ...Address[]],
  sent: Pick<Post, 'headers' | 'body'> & { authorities: string | undefined },
): RequestOptions & { ca?: string; rejectUnauthorized: boolean } {
  const { headers, body, authorities } = sent
  return {
    method: 'POST',
    // A connection of its own, closed afterwards: none is kept for a name that may mean another machine by then.
    agent: false,
    lookup: pinned(addresses),
    rejectUnauthorized: true,
    ...defined({ ca: authorities }),
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': USER_AGENT,
    },
  }
}

/** Answers every look-up with the addresses that were checked. */
function pinned(addresses: readonly [Address, ...Address[]]): LookupFunction {
  return (_, { all }, callback) => {
    const [{ address, family }] = addresses
    if (all === true) callback(null, [...addresses])
    else callback(null, address, family)
  }
}

function explain(status: number): string {
  const isRedirect = status >= 300 && status < 400
  return isRedirect ? `answered ${status}: redirects are not followed` : `answered ${status}`
}

/** What went wrong on the way, by the codes of Node's errors. */
const failures: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  EPIPE: 'connection closed',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name not found',
  EHOSTUNREACH: 'host not reachable',
  ENETUNREACH: 'host not reachable',
  ETIMEDOUT: 'connection timed out',
}

/** An error in a few words; the codes are Node's own and tell nothing of what was sent. */
function describe(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] }
  const known = code ?? errors?.[0]?.code
  if (known === undefined) return 'connection closed'
  return failures[known] ?? `connection failed: ${known}`
}
