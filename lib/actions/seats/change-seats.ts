import { assert } from '../../faults.ts'
import { defined } from '../../defined.ts'
import { decide, type AfterStep, type Decision, type Step } from '../../rules/decide.ts'
import type { SeatWrite } from '../../rules/decide-seat.ts'
import type { Origin } from '../../rules/history.ts'
import type { Change } from '../../rules/machine.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { HoldLife, KnownRows, Writes } from '../../rules/rows.ts'
import type { SeatRow, SeatState } from '../../rules/seat.ts'
import { lookEverywhere } from '../../store/seats/read-areas.ts'
import type { EventPart } from '../../store/seats/read-seats.ts'
import { admit } from './admission.ts'
import { commitInRounds, type DecidedCommit } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { lifeAfter } from './hold-life.ts'
import { decideOnGround, lookFor, readGround, type Ground } from './ground.ts'
import { targetOf } from './targets.ts'
import { isLiveToken, withTokens } from './token-writes.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

// 1. Read everything the decision needs, in one batch.
// 2. Decide. One refusal refuses all, and a refused request writes nothing.
// 3. Write, guarded by the versions read, and decide again where a guard was lost.

/** Parts of a request: at least one, each event once. */
export type EventParts = readonly [EventPart, ...EventPart[]]

/** A change of some objects of one event or of many. Labels of one event must not repeat. */
export interface SeatRequest {
  readonly parts: EventParts
  readonly change: Change
  /** Of each area that is named: how many places. Else one, or all that a token holds where it is booked or let go. */
  readonly places?: number | undefined
  /** Who holds, where the workspace counts holds by that. */
  readonly holder?: string
  /** Since when the token holds, where the workspace caps that. */
  readonly life?: HoldLife
}

export interface Changed {
  /** One for each part. */
  readonly events: readonly [EventHead, ...EventHead[]]
  /** One for each label, in the order of the request. */
  readonly seats: readonly ChangedSeat[]
}

/** An object after a change, or so many places of an area. */
export interface ChangedSeat extends Pick<SeatWrite, 'event' | 'label'> {
  /** Of places: the row of the last of their blocks, in the state that they are in. */
  readonly after: SeatRow
  readonly quantity?: number
}

/**
 * Holds, books or releases objects of events, all or none.
 * Refuses more objects than a request may change, an unknown event, a hold under an issued token that has ended, and with every
 * object that does not allow it.
 */
export async function changeSeats(
  context: Context,
  request: SeatRequest,
): Promise<Outcome<Changed>> {
  const { parts, change } = request
  const eventKeys = new Set(parts.map(({ eventKey }) => eventKey))
  assert(eventKeys.size === parts.length, 'a request names an event twice')
  const objects = parts.reduce((sum, { labels }) => sum + labels.length, 0)
  if (objects > OBJECTS_MAX) return tooMany(objects)
  const { workspaceId } = context.caller
  const holdTokens = change.kind === 'hold' ? [change.holdToken] : []
  const nearby = lookFor(context, tokenOf(change))
  const look = placesOf(request) === 'all' ? lookEverywhere(nearby) : nearby
  const wanted = { workspaceId, parts, holdTokens, request: context.keyed, look }
  const read = await readGround(context, wanted)
  if (!read.ok) return read
  const ground = read.value
  return commitInRounds(context, ground.known, {
    kind: change.kind,
    decideOn: (isStale) =>
      decideOnGround(context, ground, {
        isStale,
        kind: change.kind,
        decide: (now) => decideChange(context, request, now),
      }),
  })
}

function placesOf({ change, places }: SeatRequest): number | 'all' {
  const isHeld = change.kind === 'book-held' || change.kind === 'release-held'
  return places ?? (isHeld ? 'all' : 1)
}

/** Decides about a request from what is known of rows by now. */
export function decideChange(
  context: Context,
  request: SeatRequest,
  { events, known }: Ground,
): Outcome<DecidedCommit<Changed>> | 'unread' {
  const { change, holder } = request
  const heads = change.kind === 'hold' ? events.map(({ event }) => event) : []
  const admitted = admit(context, heads)
  if (!admitted.ok) return admitted
  const timed = timeHold(context, change, known)
  if (!timed.ok) return timed
  const quantity = placesOf(request)
  const targets = events.flatMap((read) =>
    read.labels.map((label) => targetOf(read, { label, quantity }, { known, now: context.now() })),
  )
  const step = { change: timed.value, targets }
  const { writes, refusals, results, isUnread } = decideNow(context, [step])
  if (isUnread) return 'unread' as const
  if (refusals.length > 0) {
    return refuse({ code: 'seats-refused', change: change.kind, seats: refusals })
  }
  const isAgain = results.flat().some((after) => isProlonged(after, timed.value))
  const lived = lifeAfter(context, request.life, isAgain)
  if (!lived.ok) return lived
  const written = withTokens(context, writes, { tokens: known.token, admission: admitted.value })
  if (!written.ok) return written
  const seats = results.flat().map((after) => toChanged(after, timed.value, context))
  const [first, ...rest] = events.map(({ event }) => event)
  assert(first !== undefined, 'a request names no event')
  const result: Changed = { events: [first, ...rest], seats }
  return succeed({ writes: withHold(written.value, { holder, life: lived.value }), result })
}

function toChanged(step: AfterStep, change: Change, { now }: Pick<Context, 'now'>): ChangedSeat {
  const { event, label } = step.target
  if (!('area' in step)) return { event, label, after: step.after }
  const { blocks, places, sums } = step.area
  const { extraData } = sums
  const state = { ...placesState(change), ...defined({ extraData }) }
  const last = blocks.toSorted((a, b) => a.changedAt - b.changedAt).at(-1)
  const { version = 0, operationId = '', changedAt = now() } = last ?? {}
  return { event, label, after: { version, operationId, changedAt, state }, quantity: places }
}

/** Places that were changed, as an object that is sold as one would be. */
function placesState(change: Change): SeatState {
  if (change.kind === 'hold') {
    return { status: 'held', holdToken: change.holdToken, heldUntil: change.until }
  }
  return { status: change.kind === 'book-held' ? 'booked' : 'free' }
}

/** The token that a change names. */
function tokenOf(change: Change): string | undefined {
  return 'holdToken' in change ? change.holdToken : undefined
}

/** A hold under a token that was issued here ends with that token, whatever was asked for; it is refused once that has ended. */
function timeHold(context: Context, change: Change, { token: tokens }: KnownRows): Outcome<Change> {
  if (change.kind !== 'hold') return succeed(change)
  const { holdToken } = change
  const token = tokens.get(holdToken)
  if (token === undefined) return succeed(change)
  if (!isLiveToken(token, context)) return refuse({ code: 'hold-token-unknown', holdToken })
  return succeed({ ...change, until: token.expiresAt })
}

/** The refusal of more objects than one request may change. */
export function tooMany(objects: number) {
  return refuse({ code: 'too-many-objects', objects, objectsMax: OBJECTS_MAX })
}

/** Whether a token held that already, and now holds it longer. */
function isProlonged(step: AfterStep, change: Change): boolean {
  if (change.kind !== 'hold' || 'area' in step) return false
  const { before } = step
  return (
    before.status === 'held' &&
    before.holdToken === change.holdToken &&
    before.heldUntil < change.until
  )
}

/** Adds to each hold entry what the workspace counts of it. */
export function withHold(
  writes: Writes,
  its: { holder?: string | undefined; life?: HoldLife | undefined },
): Writes {
  const added = defined(its)
  if (Object.keys(added).length === 0) return writes
  return { ...writes, holds: writes.holds.map((entry) => ({ ...entry, ...added })) }
}

/** Decides at this moment, with fresh ids. */
export function decideNow(
  { ids, now, caller }: Context,
  steps: readonly Step[],
  origin: Origin = { type: 'API', ip: caller.address },
): Decision {
  const operationIds = { expiry: ids.ulid(), change: ids.ulid() }
  return decide({ steps, now: now(), operationIds, origin, random: ids.random() })
}
