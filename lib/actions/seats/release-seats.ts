import type { Change } from '../../rules/machine.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import { changeSeats, type Changed, type EventParts } from './change-seats.ts'
import type { Context } from '../context.ts'

export interface ReleaseRequest {
  readonly parts: EventParts
  /** With a token only what it holds is released; without, whatever is held or booked. */
  readonly holdToken?: string
  /** Of each area that is named: how many places; else all that the token holds, and without one a single booked place. */
  readonly places?: number | undefined
}

/** Frees objects, all or none; refuses a publishable key that names no token, since tokens are capabilities. */
export function releaseSeats(
  context: Context,
  { parts, holdToken, places }: ReleaseRequest,
): Promise<Outcome<Changed>> {
  const mayReleaseAll = context.caller.kind === 'secret'
  if (holdToken === undefined && !mayReleaseAll) {
    return Promise.resolve(refuse({ code: 'release-needs-token' }))
  }
  const change: Change =
    holdToken === undefined ? { kind: 'release' } : { kind: 'release-held', holdToken }
  return changeSeats(context, { parts, change, places })
}
