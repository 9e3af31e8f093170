import type { Instant } from '../clock.ts'
import type { SeatRefusal } from '../inventory/decide.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import { commitInRounds, decideNow, targetsOf } from './change-seats.ts'
import type { Context } from './context.ts'

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

/** Moves the deadline of what the token holds; labels it does not hold are reported, the rest is extended all the same. */
export async function extendHolds(
  context: Context,
  request: ExtendRequest,
): Promise<Outcome<Extended>> {
  const { eventKey, holdToken, until } = request
  const { store, caller, now } = context
  const { workspaceId } = caller
  const held =
    request.labels === undefined
      ? await store.findHeldLabels({ workspaceId, eventKey, holdToken, now: now() })
      : { labels: request.labels }
  if (held === undefined) return refuse({ code: 'event-not-found', eventKey })
  const { labels } = held
  const read = await store.readSeats({ workspaceId, eventKey, labels })
  if (read === undefined) return refuse({ code: 'event-not-found', eventKey })
  const isOfFormerEvent = 'eventId' in held && held.eventId !== read.event.eventId
  if (isOfFormerEvent) return extendHolds(context, request)
  const rows = new Map(read.rows)
  const change = { kind: 'extend', holdToken, until } as const
  let failed: readonly SeatRefusal[] = []
  const outcome = await commitInRounds<Extended>(context, rows, {
    labels,
    change,
    decideOn: () => {
      const { writes, refusals } = decideNow(context, change, targetsOf(read, labels, rows))
      failed = request.labels === undefined ? [] : refusals
      return succeed(writes)
    },
    result: (seats) => ({ extended: seats.map(({ label }) => label), failed }),
  })
  if (outcome.ok || outcome.refusal.code !== 'seats-refused') return outcome
  return succeed({ extended: [], failed: withBusy(labels, failed) })
}

/** Others were in the way until the last round: nothing was extended, and each label says why. */
function withBusy(labels: readonly string[], failed: readonly SeatRefusal[]): SeatRefusal[] {
  const known = new Map(failed.map((refusal) => [refusal.label, refusal]))
  return labels.map((label) => known.get(label) ?? { label, code: 'busy' })
}
