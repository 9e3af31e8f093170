import { decide, type SeatWrite, type Writes } from '../inventory/decide.ts'
import type { Change } from '../inventory/machine.ts'
import type { EventHead } from '../inventory/records.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { SeatRow, Target } from '../inventory/seat.ts'
import type { SeatsRead } from '../store/read-seats.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

// 1. Read everything the decision needs, in one batch.
// 2. Decide. One refusal refuses all, and a refused request writes nothing.
// 3. Write, guarded by the versions read. A lost guard hands back the current rows: decide again from those.
// 4. After five rounds the objects that were still contended are reported busy.

/** A change of some objects of one event. Labels must not repeat. */
export interface SeatRequest {
  readonly eventKey: string
  readonly labels: readonly string[]
  readonly change: Change
  /** Who holds, where the workspace counts holds by that. */
  readonly holder?: string
}

export interface Changed {
  readonly event: EventHead
  /** One for each label, in the order of the request. */
  readonly seats: readonly SeatWrite[]
}

/** Holds, books or releases objects of an event, all or none; refuses with every object that does not allow it. */
export async function changeSeats(
  context: Context,
  request: SeatRequest,
): Promise<Outcome<Changed>> {
  const { eventKey, labels, change } = request
  const { workspaceId } = context.caller
  const read = await context.store.readSeats({ workspaceId, eventKey, labels })
  if (read === undefined) return refuse({ code: 'event-not-found', eventKey })
  const rows = new Map(read.rows)
  return commitInRounds(context, rows, {
    labels,
    change,
    decideOn: () => {
      const { writes, refusals } = decideNow(context, change, targetsOf(read, labels, rows))
      if (refusals.length === 0) return succeed(withHolder(writes, request.holder))
      return refuse({ code: 'seats-refused', change: change.kind, seats: refusals })
    },
    result: (seats) => ({ event: read.event, seats }),
  })
}

function withHolder(writes: Writes, holder: string | undefined): Writes {
  if (holder === undefined) return writes
  return { ...writes, holds: writes.holds.map((entry) => ({ ...entry, holder })) }
}

/** The objects as they were read, with the rows as they are known by now. */
export function targetsOf(
  { event, objects }: SeatsRead,
  labels: readonly string[],
  rows: ReadonlyMap<string, SeatRow>,
): Target[] {
  return labels.map((label) => ({
    event,
    label,
    row: rows.get(label),
    object: objects.get(label),
  }))
}

/** Decides at this moment, with fresh ids. */
export function decideNow(context: Context, change: Change, targets: readonly Target[]) {
  const operationIds = { expiry: context.ids.ulid(), change: context.ids.ulid() }
  return decide({ targets, change, now: context.now(), operationIds })
}

interface Rounds<T> {
  readonly labels: readonly string[]
  readonly change: Change
  /** Decides from the rows as they are known by now. */
  readonly decideOn: () => Outcome<Writes>
  readonly result: (seats: readonly SeatWrite[]) => T
}

/** Decides and commits until it is done, refused or out of rounds; `rows` learns what the store hands back. */
export async function commitInRounds<T>(
  context: Context,
  rows: Map<string, SeatRow>,
  { labels, change, decideOn, result }: Rounds<T>,
): Promise<Outcome<T>> {
  let contended: ReadonlySet<string> = new Set()
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const decided = decideOn()
    if (!decided.ok) return decided
    const { seats } = decided.value
    if (seats.length === 0) return succeed(result(seats))
    const outcome = await context.store.commit(context.caller.workspaceId, decided.value)
    if (outcome.status === 'committed') return succeed(result(seats))
    if (outcome.status === 'too-large') {
      const { items, itemsMax } = outcome
      return refuse({ code: 'too-many-objects', objects: seats.length, items, itemsMax })
    }
    for (const [{ label }, row] of outcome.current) {
      if (row === undefined) rows.delete(label)
      else rows.set(label, row)
    }
    contended = new Set(outcome.seats.map(({ label }) => label))
    if (round < ROUNDS_MAX) await context.backOff(round)
  }
  const busy = labels.filter((label) => contended.has(label))
  const seats = busy.map((label) => ({ label, code: 'busy' as const }))
  return refuse({ code: 'seats-refused', change: change.kind, seats })
}
