import { assert } from '../../faults.ts'
import {
  decide,
  type Decision,
  type ObjectAfterStep,
  type SeatWrite,
  type Step,
} from '../../rules/decide.ts'
import type { Origin } from '../../rules/history.ts'
import type { Change } from '../../rules/machine.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { nameOf, nothingKnown, type KnownRows, type Writes } from '../../rules/rows.ts'
import type { SeatRow, Target } from '../../rules/seat.ts'
import { offerOf, sharersOf } from '../../venue/terms.ts'
import {
  readSeats,
  type EventPart,
  type Read,
  type SeatsRead,
} from '../../store/seats/read-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
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
  /** Who holds, where the workspace counts holds by that. */
  readonly holder?: string
}

export interface Changed {
  /** One for each part. */
  readonly events: readonly [EventHead, ...EventHead[]]
  /** One for each label, in the order of the request. */
  readonly seats: readonly ChangedSeat[]
}

/** An object after a change. */
export type ChangedSeat = Pick<SeatWrite, 'event' | 'label' | 'after'>

/**
 * Holds, books or releases objects of events, all or none.
 * Refuses more objects than a request may change, an unknown event, a hold under an issued token that has ended, and with every
 * object that does not allow it.
 */
export async function changeSeats(
  context: Context,
  { parts, change, holder }: SeatRequest,
): Promise<Outcome<Changed>> {
  const eventKeys = new Set(parts.map(({ eventKey }) => eventKey))
  assert(eventKeys.size === parts.length, 'a request names an event twice')
  const objects = parts.reduce((sum, { labels }) => sum + labels.length, 0)
  if (objects > OBJECTS_MAX) return tooMany(objects)
  const { workspaceId } = context.caller
  const holdTokens = change.kind === 'hold' ? [change.holdToken] : []
  const wanted = { workspaceId, parts, holdTokens, request: context.keyed }
  const read = await readSeats(context.store, wanted)
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey: read.missing })
  const known = knownOf(read)
  return commitInRounds(context, known, {
    kind: change.kind,
    decideOn: () => {
      const timed = timeHold(context, change, known)
      if (!timed.ok) return timed
      const targets = targetsOf(read.events, known.seat)
      const step = { change: timed.value, targets }
      const { writes, refusals, results } = decideNow(context, [step])
      if (refusals.length > 0) {
        return refuse({ code: 'seats-refused', change: change.kind, seats: refusals })
      }
      const written = withTokens(context, writes, known.token)
      if (!written.ok) return written
      const result = { events: headsOf(read.events), seats: results.flat().map(toChanged) }
      return succeed({ writes: withHolder(written.value, holder), result })
    },
  })
}

function toChanged({ target: { event, label }, after }: ObjectAfterStep): ChangedSeat {
  return { event, label, after }
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

function withHolder(writes: Writes, holder: string | undefined): Writes {
  if (holder === undefined) return writes
  return { ...writes, holds: writes.holds.map((entry) => ({ ...entry, holder })) }
}

/** The rows and tokens that were read. */
export function knownOf({ events, tokens }: Extract<Read, { tokens: unknown }>): KnownRows {
  const named = events.flatMap(({ event, rows }) =>
    [...rows].map(([label, row]): [string, SeatRow] => [nameOf({ event, label }), row]),
  )
  return { ...nothingKnown(), seat: new Map(named), token: new Map(tokens) }
}

/** The objects as they were read, with the rows as they are known by now. */
export function targetsOf(
  reads: readonly SeatsRead[],
  rows: ReadonlyMap<string, SeatRow>,
): Target[] {
  return reads.flatMap((read) => read.labels.map((label) => targetOf(read, label, rows)))
}

/** An object as the event sells it, with the rows as they are known by now. */
export function targetOf(
  { event, terms }: Pick<SeatsRead, 'event' | 'terms'>,
  label: string,
  rows: ReadonlyMap<string, SeatRow>,
): Target {
  const rowOf = (name: string) => rows.get(nameOf({ event, label: name }))
  const offer = offerOf(terms, label)
  // What the event does not sell can only be let go.
  const sharers = offer === undefined ? [] : sharersOf(terms.inventory, label)
  return {
    event,
    label,
    row: rowOf(label),
    offer,
    ...(sharers.length === 0
      ? {}
      : { sharers: sharers.map((name) => ({ label: name, row: rowOf(name) })) }),
  }
}

function headsOf(reads: readonly SeatsRead[]): Changed['events'] {
  const [first, ...rest] = reads.map(({ event }) => event)
  assert(first !== undefined, 'a request names no event')
  return [first, ...rest]
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
