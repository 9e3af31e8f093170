import type { HoldTokenRow } from '../../rules/rows.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/seats/hold-tokens.ts'

/** A hold token that was issued here. */
export interface HoldToken {
  readonly holdToken: string
  readonly row: HoldTokenRow
}

/** Reads a hold token; refuses an unknown one and one that has expired. */
export async function getHoldToken(
  { store, caller, now }: Context,
  holdToken: string,
): Promise<Outcome<HoldToken>> {
  const row = await stored.getHoldToken(store, { workspaceId: caller.workspaceId, holdToken })
  const isLive = row !== undefined && row.expiresAt > now()
  return isLive ? succeed({ holdToken, row }) : refuse({ code: 'hold-token-not-found', holdToken })
}
