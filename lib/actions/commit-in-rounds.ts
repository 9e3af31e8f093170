import { instant } from '../clock.ts'
import type { SeatCheck, SeatWrite, Writes } from '../inventory/decide.ts'
import type { Change } from '../inventory/machine.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { SeatRow } from '../inventory/seat.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

// 1. Decide from the rows as they are known, and commit.
// 2. A lost guard hands back the current rows: decide again from those, after a random pause.
// 3. After five rounds, or when time is up, the objects that were still contended are reported busy.

/** Milliseconds after which no further round is begun: the answer must come within API Gateway's 29 s. */
const ROUNDS_MS_MAX = 12_000

/** How to decide, and what to answer. */
export interface Rounds<Reply> {
  readonly change: Change
  /** Decides from the rows as they are known by now. */
  readonly decideOn: () => Outcome<Writes>
  /** What is answered once these are committed; kept with them where the request has an idempotency key. */
  readonly reply: (seats: readonly SeatWrite[]) => Reply
}

/** Decides and commits until it is done, refused or out of rounds; `rows` learns what the store hands back. */
export async function commitInRounds<Reply>(
  context: Context,
  rows: Map<string, SeatRow>,
  { change, decideOn, reply }: Rounds<Reply>,
): Promise<Outcome<Reply>> {
  const { store, keyed, caller } = context
  const endsAt = instant(context.now() + ROUNDS_MS_MAX)
  let busy: readonly SeatCheck[] = []
  let left: { replaces?: string } = {}
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const decided = decideOn()
    if (!decided.ok) return decided
    const writes = decided.value
    const answer = reply(writes.seats)
    const receipt = keyed && { ...keyed.receiptFor(answer), ...left }
    if (writes.seats.length === 0) {
      await store.keepReceipt(receipt)
      return succeed(answer)
    }
    const outcome = await store.commit({ workspaceId: caller.workspaceId, writes, receipt })
    if (outcome.status === 'committed') return succeed(answer)
    if (outcome.left !== undefined) left = { replaces: outcome.left }
    for (const [object, row] of outcome.current) {
      if (row === undefined) rows.delete(nameOf(object))
      else rows.set(nameOf(object), row)
    }
    const inTheWay = new Set(outcome.objects)
    const lost = writes.seats.filter((seat) => inTheWay.has(seat))
    // Where only a checked object was lost, whatever relies on it waits for it.
    busy = lost.length === 0 ? writes.seats : lost
    if (context.now() >= endsAt) break
    if (round < ROUNDS_MAX) await context.backOff(round)
  }
  const seats = busy.map(({ event: { eventId }, label }) => ({
    eventId,
    label,
    code: 'busy' as const,
  }))
  return refuse({ code: 'seats-refused', change: change.kind, seats })
}

/** A name for an object, unique among all events. */
export function nameOf({ event, label }: Pick<SeatCheck, 'event' | 'label'>): string {
  return `${event.eventId}\n${label}`
}
