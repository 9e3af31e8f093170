import type { Admission } from 'holdfast/admission'
import { newlyHeldIn } from '../../rules/hold-entries.ts'
import { ofKind, type HoldTokenRow, type RowWrite, type Writes } from '../../rules/rows.ts'
import { objectWrites } from '../../rules/season/season-work.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { withQuota } from './admission.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

/** Whether a token that was issued here is alive. */
export function isLiveToken(row: HoldTokenRow, { now }: Pick<Context, 'now'>): boolean {
  return row.expiresAt > now()
}

/**
 * Adds the tokens that newly hold something, each raised by one, so that no change of their deadlines can miss what is held;
 * only those that were issued here have a row. Has what is newly held counted under the admission token, if that has a quota. Refuses to let
 * either come to hold more than it may.
 */
export function withTokens(
  context: Pick<Context, 'now'>,
  writes: Writes,
  { tokens, admission }: Bearers,
): Outcome<Writes> {
  const written = tokenWrites(writes, { tokens, now: context.now() })
  const crowded = written.find(({ after }) => after.objects > OBJECTS_MAX)
  if (crowded === undefined) {
    return withQuota(context, { ...writes, rows: [...writes.rows, ...written] }, admission)
  }
  const { objects } = crowded.after
  return refuse({ code: 'too-many-objects', objects, objectsMax: OBJECTS_MAX })
}

/** Whom things come to be held by: hold tokens that were issued here, and whoever was let in. */
interface Bearers {
  readonly tokens: ReadonlyMap<string, HoldTokenRow>
  readonly admission: Admission | undefined
}

interface TokensNow {
  readonly tokens: ReadonlyMap<string, HoldTokenRow>
  readonly now: HoldTokenRow['expiresAt']
}

function tokenWrites({ rows }: Writes, { tokens, now }: TokensNow): RowWrite<'token'>[] {
  const held = new Map<string, number>()
  for (const { before, after } of objectWrites(rows)) {
    if (after.state.status !== 'held') continue
    const { holdToken } = after.state
    const isNew = before.status !== 'held' || before.holdToken !== holdToken
    held.set(holdToken, (held.get(holdToken) ?? 0) + (isNew ? 1 : 0))
  }
  for (const write of ofKind(rows, 'block')) {
    for (const { holdToken } of newlyHeldIn(write)) {
      const isNew = !write.before.holds.some((hold) => hold.holdToken === holdToken)
      held.set(holdToken, (held.get(holdToken) ?? 0) + (isNew ? 1 : 0))
    }
  }
  return [...held].flatMap(([holdToken, objects]) => {
    const row = tokens.get(holdToken)
    if (row === undefined) return []
    const guard = { version: row.version, hold: { after: now, until: row.expiresAt } }
    const after = { ...row, version: row.version + 1, objects: row.objects + objects }
    return [{ kind: 'token', holdToken, guard, before: row, after }]
  })
}
