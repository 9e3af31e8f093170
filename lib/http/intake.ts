import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Caller } from '../actions/context.ts'
import { MINUTE_MS } from '../limits/durations.ts'
import type { Runtime } from '../open.ts'
import { comeAgainSeconds, type Intake } from '../patience.ts'
import type { Endpoint } from './endpoint.ts'
import { outageIn } from './outage.ts'
import { answerProblem, factsOf, serve } from './serve.ts'

// Work that cannot be finished is not begun. Each process remembers, for each event, what share of the requests on it to let in:
//
// 1. All, until one is refused because the store has no room for it. Each of those takes a fifth of the share away.
// 2. Each request that is served gives a little back. So the share settles where some of those who are let in are still refused: that is how a
//    process finds out when there is more room.
// 3. Who is not let in is refused without a call of the store. A few are always let in.
//
// Steps are by requests, not by time: a process that serves one at a time, as on Lambda, and one that serves hundreds come to the same share, each
// from what it has met itself. Reads have a share of their own: browsers go on polling while nobody can hold.

/** What is left of a share after a refusal. */
const CUT = 0.8

/** What one who is served gives back. */
const RISE = 0.02

/** However many are refused or served meanwhile, one in so many milliseconds counts of each: they tell of the same moment. */
const STEP_MS = 100

/** Always let in. */
const SHARE_MIN = 0.1

/** After so long without a request on an event, nothing is known of it. */
const KNOWN_MS = MINUTE_MS / 6

/** Events that a process remembers. */
const EVENTS_KNOWN_MAX = 1_000

/** Serves a request, or refuses it where too many on the same event found no room. */
export async function throughIntake(
  endpoint: Endpoint,
  runtime: Runtime,
  request: { event: APIGatewayProxyEvent; caller: Caller | undefined },
): Promise<APIGatewayProxyResult> {
  const { event, caller } = request
  const { intake, clock, ids } = runtime
  const { eventKey } = event.pathParameters ?? {}
  if (eventKey === undefined || caller === undefined) return serve(endpoint, runtime, request)
  const kind = endpoint.method === 'GET' ? 'read' : 'change'
  const name = `${kind}\n${caller.workspaceId}\n${eventKey}`
  const known = knownOf(intake, name, clock.now())
  if (known !== undefined && ids.random() >= known.share) {
    const retrySeconds = comeAgainSeconds(ids.random())
    return answerProblem(endpoint, { code: 'overloaded', retrySeconds }, factsOf(event, caller))
  }
  try {
    const answer = await serve(endpoint, runtime, request)
    note(runtime, name, 'served')
    return answer
  } catch (error) {
    if (outageIn(error)?.isOverloaded === true) note(runtime, name, 'refused')
    throw error
  }
}

function knownOf(intake: Intake, name: string, now: number) {
  const known = intake.get(name)
  if (known === undefined || now - known.at <= KNOWN_MS) return known
  intake.delete(name)
  return undefined
}

/** An event of which all is let in is forgotten. */
function note(
  { intake, clock }: Pick<Runtime, 'intake' | 'clock'>,
  name: string,
  what: 'served' | 'refused',
): void {
  const now = clock.now()
  const known = intake.get(name) ?? { share: 1, at: now, served: 0, refused: 0 }
  known.at = now
  if (now - known[what] < STEP_MS) return
  known[what] = now
  const { share } = known
  known.share = what === 'served' ? Math.min(1, share + RISE) : Math.max(SHARE_MIN, share * CUT)
  intake.delete(name)
  if (known.share === 1) return
  const [oldest] = intake.keys()
  if (intake.size >= EVENTS_KNOWN_MAX && oldest !== undefined) intake.delete(oldest)
  intake.set(name, known)
}
