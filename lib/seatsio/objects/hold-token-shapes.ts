import * as z from 'zod'
import { objectAmong } from '../../http/misplaced.ts'
import { keyInPath, timestamp } from '../fields.ts'
import { changeWords } from './change-words.ts'
import { toIso, type Instant } from '../../clock.ts'
import { MINUTE_MS } from '../../limits/durations.ts'
import { HOLD_MS_MAX } from '../../limits/limits.ts'

/** Minutes that a hold token may be given. */
export const TOKEN_MINUTES_MAX = HOLD_MS_MAX / MINUTE_MS

export const tokenParams = z.object({ holdToken: keyInPath })

export const createTokenRequest = objectAmong(changeWords, {
  expiresInMinutes: z
    .int()
    .min(1)
    .max(TOKEN_MINUTES_MAX)
    .optional()
    .meta({ description: "From now; the hold period of the company's account unless given." }),
})

export const moveTokenRequest = objectAmong(changeWords, {
  expiresInMinutes: z
    .int()
    .min(0)
    .max(TOKEN_MINUTES_MAX)
    .meta({ description: 'From now; 0 ends it, and lets everything go that it holds.' }),
})

export const tokenReply = z.strictObject({
  holdToken: z.string(),
  expiresAt: timestamp,
  expiresInSeconds: z.int().min(0).meta({ description: 'Whole seconds that are left.' }),
  workspaceKey: z.string().meta({ description: 'The public key of its workspace.' }),
})

/** A hold token in this API's words. */
export function toHoldToken(
  { holdToken, row }: { holdToken: string; row: { expiresAt: Instant } },
  { now, workspaceKey }: { now: Instant; workspaceKey: string },
): z.output<typeof tokenReply> {
  const left = Math.max(0, Math.floor((row.expiresAt - now) / 1000))
  return { holdToken, expiresAt: toIso(row.expiresAt), expiresInSeconds: left, workspaceKey }
}
