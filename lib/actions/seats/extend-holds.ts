import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { SeatRefusal } from '../../rules/decide.ts'
import type { HoldLife, Writes } from '../../rules/rows.ts'
import type { AreaTarget } from '../../rules/area/area-target.ts'
import { readBlockName } from '../../rules/area/block-name.ts'
import type { Target } from '../../rules/situations.ts'
import { lookEverywhere } from '../../store/seats/read-areas.ts'
import { findHeldLabels, findHeldRows, type HeldLabels } from '../../store/seats/read-event.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { decideNow, tooMany, withHold } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { decideOnGround, lookFor, readGround, type Ground } from './ground.ts'
import { targetOf } from './targets.ts'
import { mayLiveUntil, moveAll } from './move-token-deadline.ts'
import { capExtension, hasLifeCaps, lifeMsMax } from './hold-life.ts'
import { isLiveToken } from './token-writes.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import { getHoldToken } from '../../store/seats/hold-tokens.ts'

export interface ExtendRequest {
  readonly eventKey: string
  readonly holdToken: string
  readonly until: Instant
  /** Undefined: everything that the token holds in the event. Labels must not repeat. */
  readonly labels?: readonly string[]
}

export interface Extended {
  readonly extended: readonly string[]
  /** Labels asked for that the token does not hold; where none were, those that it lost because a deadline passed. */
  readonly failed: readonly SeatRefusal[]
  /** The deadline that was asked for. */
  readonly until: Instant
}

/**
 * Moves the deadline of what the token holds; labels it does not hold are reported, the rest is extended all the same.
 * Refuses an unknown event, more objects than a request may change, and of a token that was issued here one that has ended, and a
 * deadline beyond its longest life; where the workspace caps that, a token that may hold nothing longer.
 */
export async function extendHolds(
  context: Context,
  asked: ExtendRequest,
): Promise<Outcome<Extended>> {
  const { holdToken } = asked
  const row = hasLifeCaps(context)
    ? await getHoldToken(context.store, { workspaceId: context.caller.workspaceId, holdToken })
    : undefined
  const capped = await capExtension(context, { ...asked, ...defined({ row }) })
  if (!capped.ok) return capped
  if (capped.value === undefined) return extendUntil(context, asked)
  const { since, extensions, until } = capped.value
  return extendUntil(context, { ...asked, until, life: { since, extensions } })
}

/** The same, within what the workspace lets be. */
async function extendUntil(
  context: Context,
  request: ExtendRequest & { readonly life?: HoldLife },
): Promise<Outcome<Extended>> {
  const { eventKey, holdToken, until, life } = request
  const { store, caller } = context
  const { workspaceId } = caller
  const held =
    request.labels === undefined
      ? await findHeldLabels(store, { workspaceId, eventKey, holdToken })
      : undefined
  if (held === undefined && request.labels === undefined) {
    return refuse({ code: 'event-not-found', eventKey })
  }
  const labels = request.labels ?? (held === undefined ? [] : labelsOf(held))
  const parts = [{ eventKey, labels }]
  // All that a token holds of an area has to be found.
  const look = lookEverywhere(lookFor(context, holdToken))
  const wanted = { workspaceId, parts, holdTokens: [holdToken], request: context.keyed, look }
  const read = await readGround(context, wanted)
  if (!read.ok) return read
  const ground = read.value
  const eventId = ground.now[0]?.event.eventId ?? ''
  const isOfFormerEvent = held !== undefined && held.eventId !== eventId
  if (isOfFormerEvent) return extendUntil(context, request)
  const isIssued = ground.known.token.has(holdToken)
  const change = { kind: 'extend', holdToken, until } as const
  let failed: readonly SeatRefusal[] = []
  let meant = labels
  const decide = ({ events, known }: Ground) => {
    const now = { known, now: context.now() }
    const targets = events.flatMap((found) =>
      found.labels.map((label) => targetOf(found, { label, quantity: 'all' }, now)),
    )
    const { writes, refusals, results, isUnread } = decideNow(context, [{ change, targets }])
    if (isUnread) return 'unread' as const
    failed = held === undefined ? refusals : lapsedOf(refusals, { held, holdToken, targets })
    const extended = results.flat().map(({ target: { label } }) => label)
    if (extended.length > OBJECTS_MAX) return tooMany(extended.length)
    // Where nothing was named, hold entries only told where to look.
    meant = request.labels ?? extended
    return succeed({ writes: withHold(writes, { life }), result: { extended, failed, until } })
  }
  const outcome = await commitInRounds(context, ground.known, {
    kind: change.kind,
    decideOn: async (isStale) => {
      if (!isIssued) return decideOnGround(context, ground, { kind: change.kind, decide, isStale })
      const moved = await moveIssued(context, request, eventId)
      if (!moved.ok) return moved
      const { writes, ...extended } = moved.value
      failed = extended.failed
      meant = request.labels ?? extended.extended
      return succeed({ writes: withHold(writes, { life }), result: extended })
    },
  })
  if (outcome.ok || outcome.refusal.code !== 'seats-refused') return outcome
  if (context.keyed !== undefined) await refuseIfRecorded(store, context.keyed)
  const busy = meant.map((label): SeatRefusal => ({ eventId, label, code: 'busy' }))
  return succeed({ extended: [], failed: withBusy(busy, failed), until })
}

/** What entries name: of areas they name the blocks. */
function labelsOf({ until }: HeldLabels): string[] {
  return [...new Set([...until.keys()].map((name) => readBlockName(name)?.label ?? name))]
}

/**
 * A token that was issued here has one deadline for all that it holds, on both surfaces: so all of it moves along with what was
 * asked for, and the token with it. Nothing moves where the token holds none of that.
 */
async function moveIssued(
  context: Context,
  { holdToken, until, labels }: ExtendRequest,
  eventId: string,
): Promise<Outcome<Extended & { readonly writes: Writes }>> {
  const { store, caller, now } = context
  const { workspaceId } = caller
  const row = await getHoldToken(store, { workspaceId, holdToken })
  if (row === undefined || !isLiveToken(row, context)) {
    return refuse({ code: 'hold-token-unknown', holdToken })
  }
  const held = await findHeldRows(store, { workspaceId, holdToken, now: now() })
  if (held.length > OBJECTS_MAX) return tooMany(held.length)
  const ofEvent = held.filter(({ event }) => event.eventId === eventId)
  const mine = new Set(ofEvent.map(({ label }) => label))
  const wanted = labels ?? [...mine]
  const failed = wanted
    .filter((label) => !mine.has(label))
    .map((label): SeatRefusal => ({ eventId, label, code: 'not-held-by-token' }))
  const extended = wanted.filter((label) => mine.has(label))
  if (extended.length === 0) {
    return succeed({ extended, failed, until, writes: decideNow(context, []).writes })
  }
  if (!mayLiveUntil(context, row, until)) {
    return refuse({ code: 'hold-token-too-long', lifeMsMax: lifeMsMax(context) })
  }
  const { writes } = moveAll(context, { holdToken, row }, { kind: 'extend', until, held })
  return succeed({ extended, failed, until, writes })
}

/**
 * Of what the token does not hold any more, what it lost because its deadline passed: whatever became of the row came after
 * that. What was booked or let go before is nobody's loss. Of an area it is known as long as nobody has written the block since.
 */
function lapsedOf(
  refusals: readonly SeatRefusal[],
  {
    held,
    holdToken,
    targets,
  }: { held: HeldLabels; holdToken: string; targets: readonly (Target | AreaTarget)[] },
): SeatRefusal[] {
  const named = new Map(targets.map((target) => [target.label, target]))
  return refusals.filter(({ label }) => {
    const [target, until] = [named.get(label), held.until.get(label)]
    if (target !== undefined && 'area' in target) {
      const blocks = [...target.read.blocks.values()]
      return blocks.some(({ holds }) => holds.some((hold) => hold.holdToken === holdToken))
    }
    const row = target?.row
    if (row === undefined || until === undefined) return false
    const isOwn = row.state.status === 'held' && row.state.holdToken === holdToken
    return isOwn || (row.changedAt >= until && row.mark !== 'updated')
  })
}

/** Others were in the way until the last round: nothing was extended, and each label says why. */
function withBusy(busy: readonly SeatRefusal[], failed: readonly SeatRefusal[]): SeatRefusal[] {
  const known = new Map(failed.map((refusal) => [refusal.label, refusal]))
  const isMeant = new Set(busy.map(({ label }) => label))
  return [
    ...busy.map((refusal) => known.get(refusal.label) ?? refusal),
    ...failed.filter(({ label }) => !isMeant.has(label)),
  ]
}
