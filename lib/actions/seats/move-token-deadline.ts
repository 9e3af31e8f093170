import { addSeconds, type Instant } from '../../clock.ts'
import { nothingKnown, type HoldTokenRow, type RowWrite, type Writes } from '../../rules/rows.ts'
import type { Origin } from '../../rules/history.ts'
import type { Change } from '../../rules/machine.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ObjectRow } from '../../store/seats/object-rows.ts'
import { findHeldRows } from '../../store/seats/read-event.ts'
import { decideNow, tooMany, withHold } from './change-seats.ts'
import { commitInRounds, type DecidedCommit } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { capExtension, lifeMsMax } from './hold-life.ts'
import { getHoldToken, type HoldToken } from './hold-token.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

// A hold token's deadline is that of everything it holds:
//
// 1. Read the token first, then its hold entries and the rows they lead to.
// 2. Write the token, all those rows and a new hold entry in one commit, the token guarded by the version that was read.
// 3. Every hold raises that version. So a hold that slips in between makes the commit fail, and the next round sees it.

/** A token that holds nothing has nothing to extend. */
const nothingCapped = succeed(undefined)

const expired: Origin = { type: 'HOLD_EXPIRED' }

/**
 * Lets a hold token end so many minutes from now, sooner or later than before, with everything that it holds; with none, all of it is
 * released now. Refuses an unknown or expired token, and a deadline beyond the longest life of a token, and
 * one more extension than the workspace allows.
 */
export function moveTokenDeadline(
  context: Context,
  { holdToken, minutes }: { holdToken: string; minutes: number },
): Promise<Outcome<HoldToken>> {
  const kind = minutes === 0 ? 'expire' : 'extend'
  return commitInRounds(context, nothingKnown(), {
    kind,
    decideOn: async (): Promise<Outcome<DecidedCommit<HoldToken>>> => {
      const found = await getHoldToken(context, holdToken)
      if (!found.ok) return found
      const { row } = found.value
      const { workspaceId } = context.caller
      const held = await findHeldRows(context.store, { workspaceId, holdToken, now: context.now() })
      if (held.length > OBJECTS_MAX) return tooMany(held.length)
      const until = addSeconds(context.now(), minutes * 60)
      if (!mayLiveUntil(context, row, until)) {
        return refuse({ code: 'hold-token-too-long', lifeMsMax: lifeMsMax(context) })
      }
      const capped =
        held.length === 0 ? nothingCapped : await capExtension(context, { holdToken, until, row })
      if (!capped.ok) return capped
      const moved = moveAll(context, { holdToken, row }, { kind, until, held })
      const writes = withHold(moved.writes, { life: capped.value })
      return succeed({ writes, result: { holdToken, row: moved.row } })
    },
  })
}

/** Moves a token that is alive to another deadline, or ends it now, with all that it holds; by what was read of both. */
export function moveAll(
  context: Context,
  { holdToken, row }: HoldToken,
  { kind, until, held }: { kind: 'extend' | 'expire'; until: Instant; held: readonly ObjectRow[] },
): { writes: Writes; row: HoldTokenRow } {
  const change: Change = kind === 'expire' ? { kind, holdToken } : { kind, holdToken, until }
  const targets = held.map((object) =>
    'block' in object ? object : { ...object, offer: undefined },
  )
  const origin = kind === 'expire' ? [expired] : []
  const { writes } = decideNow(context, [{ targets, change }], ...origin)
  const after = { ...row, expiresAt: until, version: row.version + 1 }
  const guard = { version: row.version, hold: { after: context.now(), until: row.expiresAt } }
  const token: RowWrite<'token'> = { kind: 'token', holdToken, guard, before: row, after }
  return { writes: { ...writes, rows: [...writes.rows, token] }, row: after }
}

/** Whether a token may live until then: sooner than it would, it may always end. */
export function mayLiveUntil(
  context: Pick<Context, 'caller'>,
  { createdAt, expiresAt }: HoldTokenRow,
  until: Instant,
): boolean {
  return until <= expiresAt || until <= createdAt + lifeMsMax(context)
}
