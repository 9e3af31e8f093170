import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Caller } from '../actions/context.ts'
import { MINUTE_SECONDS, SECOND_MS } from '../limits/durations.ts'
import { networkOf } from '../network.ts'
import type { Runtime } from '../open.ts'
import type { RequestLimits } from '../request-limits.ts'
import { addRequests, readRequests } from '../store/companies/request-counts.ts'
import type { Endpoint } from './endpoint.ts'
import { answerProblem, factsOf } from './serve.ts'

// How requests are counted without a hot item, and for less than a write each:
//
// 1. Time is cut into windows. Each key and address has an item for each window, and each key has one.
// 2. A limit of n is counted in steps of ⌈n/100⌉: one request in so many adds that many, by a throw of dice. Up to 100 a window every request
//    adds one, and the count is exact; above, an item takes some hundred writes a window, and the count is off by a tenth.
// 3. Who does not add looks, but not again within a second. So each process knows within a second that a limit is reached, and from then on
//    refuses without another call until the window is over.
// 4. A count that cannot be had refuses nobody: limits are there to keep others served, and nothing is safe by them.

/** Writes to one count in one window, where the limit is met exactly. */
export const STEPS = 100

/** For so long a process believes what it saw of a count. */
export const LOOK_MS = SECOND_MS

/** A shared key gets some of its requests back sooner: all of its buyers wait together. */
export const WINDOW_SECONDS = { perAddress: MINUTE_SECONDS, perKey: 10 } as const satisfies Record<
  keyof RequestLimits,
  number
>

/** Counts that a process remembers. */
const COUNTS_KNOWN_MAX = 10_000

/** What came of counting a request: headers that tell what is left, and the answer where it is refused. */
export interface Counted {
  readonly headers?: Readonly<Record<string, string>>
  readonly refused?: APIGatewayProxyResult
}

/**
 * Counts a change that a publishable key asks for, and refuses it beyond a limit of the stage. Reads are not counted: browsers poll, and what they
 * are told costs next to nothing.
 */
export async function limitRequests(
  endpoint: Endpoint,
  runtime: Runtime,
  { event, caller }: { event: APIGatewayProxyEvent; caller: Caller | undefined },
): Promise<Counted> {
  if (!isLimited(endpoint) || caller?.kind !== 'publishable') return {}
  const told: Told[] = []
  for (const { kind, name } of countedOf(caller)) {
    const { [kind]: perMinute } = runtime.requestLimits
    if (perMinute === undefined) continue
    const its = await take(runtime, { kind, name, perMinute })
    told.push(its)
    if (!its.isBeyond) continue
    const problem = { code: 'too-many-requests', retrySeconds: its.resetSeconds } as const
    const refused = answerProblem(endpoint, problem, factsOf(event, caller))
    return { headers: headersOf(told), refused }
  }
  return told.length === 0 ? {} : { headers: headersOf(told) }
}

/** Whether requests to an endpoint count: those of its requests that publishable keys send. */
export function isLimited({ access, method }: Endpoint): boolean {
  return access === 'publishable-key' && method !== 'GET'
}

/** The nearer limit first: who is beyond that takes nothing from the others with the same key. */
function countedOf({ keyId, address }: Caller) {
  return [
    { kind: 'perAddress', name: `${keyId}#${networkOf(address)}` },
    { kind: 'perKey', name: keyId },
  ] as const
}

interface Wanted {
  readonly kind: keyof RequestLimits
  readonly name: string
  readonly perMinute: number
}

/** What is told of a limit. */
interface Told {
  readonly kind: keyof RequestLimits
  readonly requestsMax: number
  readonly left: number
  readonly resetSeconds: number
  readonly isBeyond: boolean
}

async function take(runtime: Runtime, { kind, name, perMinute }: Wanted): Promise<Told> {
  const now = runtime.clock.now()
  const windowSeconds = WINDOW_SECONDS[kind]
  const windowMs = windowSeconds * SECOND_MS
  const endsAt = (Math.floor(now / windowMs) + 1) * windowMs
  const requestsMax = Math.ceil((perMinute * windowSeconds) / MINUTE_SECONDS)
  const requests = await countOne(runtime, { name, endsAt, requestsMax })
  return {
    kind,
    requestsMax,
    left: Math.max(0, requestsMax - requests),
    resetSeconds: Math.ceil((endsAt - now) / SECOND_MS),
    isBeyond: requests > requestsMax,
  }
}

/** How many requests there are in the window with this one, as far as this process can tell. */
async function countOne(
  { store, clock, ids, requestCounts }: Runtime,
  { requestsMax, ...window }: { name: string; endsAt: number; requestsMax: number },
): Promise<number> {
  const now = clock.now()
  const found = requestCounts.get(window.name)
  const known = found?.endsAt === window.endsAt ? found : undefined
  if (known !== undefined && known.requests > requestsMax) return known.requests
  const step = Math.ceil(requestsMax / STEPS)
  const adds = step === 1 || ids.random() * step < 1
  if (!adds && known !== undefined && now - known.seenAt < LOOK_MS) return known.requests
  const requests = await orNothing(() =>
    adds ? addRequests(store, window, step) : readRequests(store, window),
  )
  if (requests === undefined) return known?.requests ?? 0
  if (requestCounts.size >= COUNTS_KNOWN_MAX) requestCounts.clear()
  requestCounts.set(window.name, { endsAt: window.endsAt, requests, seenAt: now })
  return requests
}

async function orNothing(count: () => Promise<number>): Promise<number | undefined> {
  try {
    return await count()
  } catch {
    return undefined
  }
}

const NAMES = { perAddress: 'address', perKey: 'key' } as const satisfies Record<
  keyof RequestLimits,
  string
>

/** The header fields of the working group HTTPAPI, of its drafts since the eighth. */
function headersOf(told: readonly Told[]): Record<string, string> {
  const list = (wordsOf: (its: Told) => string) =>
    told.map((its) => `"${NAMES[its.kind]}";${wordsOf(its)}`).join(', ')
  return {
    'RateLimit-Policy': list(
      ({ kind, requestsMax }) => `q=${requestsMax};w=${WINDOW_SECONDS[kind]}`,
    ),
    RateLimit: list(({ left, resetSeconds }) => `r=${left};t=${resetSeconds}`),
  }
}
