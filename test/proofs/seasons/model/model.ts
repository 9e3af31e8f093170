import {
  isSeats,
  isStructure,
  isToken,
  no,
  ok,
  type Request,
  type TokenRequest,
  type Verdict,
} from './requests.ts'
import { runSeats } from './seats.ts'
import { copyOf, endHold, passTo, type World } from './state.ts'
import { runStructure, runTerms } from './structure.ts'

/** What the contract says of a request, and the world after it; of a token that was issued, `issued` is its name. */
export function ask(
  world: World,
  request: Request,
  issued?: string,
): { readonly verdict: Verdict; readonly world: World } {
  const after = copyOf(world)
  const verdict = run(after, request, issued)
  return verdict.isOk ? { verdict, world: after } : { verdict, world }
}

function run(world: World, request: Request, issued: string | undefined): Verdict {
  if (isSeats(request)) return runSeats(world, request)
  if (isToken(request)) return runToken(world, request, issued)
  if (isStructure(request)) return runStructure(world, request)
  if (request.kind !== 'wait') return runTerms(world, request)
  passTime(world, world.now + request.ms)
  return ok
}

function passTime(world: World, now: number): void {
  passTo(world, now)
  for (const [token, { until }] of world.tokens) if (until <= now) world.tokens.delete(token)
}

const MINUTE_MS = 60_000

/** "A token can live at most 2 hours from its creation" (17). */
const LIFE_MS_MAX = 120 * MINUTE_MS

function runToken(world: World, request: TokenRequest, issued: string | undefined): Verdict {
  const until = world.now + request.minutes * MINUTE_MS
  if (request.kind === 'create-token') {
    if (issued !== undefined) world.tokens.set(issued, { until, latest: world.now + LIFE_MS_MAX })
    return ok
  }
  const token = world.tokens.get(request.token)
  if (token === undefined) return no(404, 'HOLD_TOKEN_NOT_FOUND')
  if (until > token.latest) return no(400, 'GENERAL_ERROR')
  // "All objects held by the token get the new expiry at once."
  for (const show of world.shows.values()) {
    for (const [label, own] of show.own) {
      if (own.status !== 'reservedByToken' || own.token !== request.token) continue
      if (request.minutes === 0) endHold(show, label, own)
      else show.own.set(label, { ...own, until })
    }
  }
  if (request.minutes === 0) world.tokens.delete(request.token)
  else world.tokens.set(request.token, { ...token, until })
  return ok
}
