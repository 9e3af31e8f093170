import { addSeconds } from '../../clock.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { accountSettings } from '../companies/account.ts'
import type { Context } from '../context.ts'
import { MINUTE_MS } from '../../limits/durations.ts'
import { inRoundsToMake } from '../in-rounds.ts'
import { lifeMsMax } from './hold-life.ts'
import type { HoldToken } from './hold-token.ts'
import * as stored from '../../store/seats/hold-tokens.ts'

/** Letters and digits of a token: some 60 bits, so that nobody guesses one. */
const TOKEN_LENGTH = 10

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Issues a hold token that lives for so many minutes, or as long as the company has set; no longer than the workspace lets tokens hold. */
export async function createHoldToken(
  context: Context,
  wanted: number | undefined,
): Promise<Outcome<HoldToken>> {
  const { ids, store, caller, keyed } = context
  const asked = wanted ?? (await accountSettings(context)).holdMinutes
  const minutes = Math.min(asked, lifeMsMax(context) / MINUTE_MS)
  const createdAt = context.now()
  const row = { createdAt, expiresAt: addSeconds(createdAt, minutes * 60), version: 1, objects: 0 }
  return inRoundsToMake(context, 'hold token', async () => {
    const letters = Array.from({ length: TOKEN_LENGTH }, () => ids.random() * ALPHABET.length)
    const holdToken = letters.map((place) => ALPHABET.charAt(Math.floor(place))).join('')
    const name = { workspaceId: caller.workspaceId, holdToken }
    const result = { holdToken, row }
    if (await stored.createHoldToken(store, name, { row, receipt: keyed?.receiptFor(result) })) {
      return succeed(result)
    }
    return undefined
  })
}
