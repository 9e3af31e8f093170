import type { Instant } from '../clock.ts'
import type { SeatRefusal } from '../inventory/decide.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import { decideNow, OBJECTS_MAX, knownOf, targetsOf, tooMany } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context, Shape } from './context.ts'

export interface ExtendRequest {
  readonly eventKey: string
  readonly holdToken: string
  readonly until: Instant
  /** Undefined: everything that the token holds in the event. Labels must not repeat. */
  readonly labels?: readonly string[]
}

export interface Extended {
  readonly extended: readonly string[]
  /** Labels asked for that the token does not hold. */
  readonly failed: readonly SeatRefusal[]
}

/**
 * Moves the deadline of what the token holds; labels it does not hold are reported, the rest is extended all the same.
 * Refuses an unknown event, and more objects than a request may change.
 */
export async function extendHolds<Reply>(
  context: Context,
  request: ExtendRequest,
  shape: Shape<Extended, Reply>,
): Promise<Outcome<Reply>> {
  const { eventKey, holdToken, until } = request
  const { store, caller, now } = context
  const { workspaceId } = caller
  const held =
    request.labels === undefined
      ? await store.findHeldLabels({ workspaceId, eventKey, holdToken, now: now() })
      : { labels: request.labels }
  if (held === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { labels } = held
  const parts = [{ eventKey, labels }]
  const read = await store.readSeats({ workspaceId, parts, request: context.keyed })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const eventId = read.events[0]?.event.eventId ?? ''
  const isOfFormerEvent = 'eventId' in held && held.eventId !== eventId
  if (isOfFormerEvent) return extendHolds(context, request, shape)
  const known = knownOf(read)
  const change = { kind: 'extend', holdToken, until } as const
  let failed: readonly SeatRefusal[] = []
  let meant = labels
  const outcome = await commitInRounds(context, known, {
    kind: change.kind,
    decideOn: () => {
      const targets = targetsOf(read.events, known.rows)
      const { writes, refusals } = decideNow(context, [{ change, targets }])
      failed = request.labels === undefined ? [] : refusals
      const extended = writes.seats.map(({ label }) => label)
      if (extended.length > OBJECTS_MAX) return tooMany(extended.length)
      // Where nothing was named, hold entries only told where to look.
      meant = request.labels ?? extended
      return succeed({ writes, reply: shape({ extended, failed }) })
    },
  })
  if (outcome.ok || outcome.refusal.code !== 'seats-refused') return outcome
  if (context.keyed !== undefined) await store.refuseIfRecorded(context.keyed)
  const busy = meant.map((label): SeatRefusal => ({ eventId, label, code: 'busy' }))
  return succeed(shape({ extended: [], failed: withBusy(busy, failed) }))
}

/** Others were in the way until the last round: nothing was extended, and each label says why. */
function withBusy(busy: readonly SeatRefusal[], failed: readonly SeatRefusal[]): SeatRefusal[] {
  const known = new Map(failed.map((refusal) => [refusal.label, refusal]))
  return busy.map((refusal) => known.get(refusal.label) ?? refusal)
}
