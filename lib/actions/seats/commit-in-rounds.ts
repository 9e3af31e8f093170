import {
  learn,
  nameOf,
  ofKind,
  type KnownRows,
  type RowCheck,
  type Writes,
} from '../../rules/rows.ts'
import { objectWrites } from '../../rules/season/season-work.ts'
import type { Change } from '../../rules/machine.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { ROUNDS_MAX } from '../../in-rounds.ts'
import type { Context } from '../context.ts'
import { SECOND_MS } from '../../limits/durations.ts'
import { OBJECTS_AND_SHARERS_MAX, SLOW_STORE_SECONDS } from '../../limits/limits.ts'
import { API_ANSWER_MS_MAX } from '../../limits/aws-limits.ts'
import { keepReceipt } from '../../store/table/receipts.ts'
import { commit } from '../../store/commit/commit.ts'

// 1. Decide from the rows as they are known, and commit.
// 2. A lost guard hands back the current rows: decide again from those, after a random pause. Where places of areas were lost, others take
//    from the same few blocks meanwhile: everything is read anew.
// 3. After five rounds, or when time is up, the objects that were still contended are reported busy. Where nobody else was seen
//    but the store was slow, that is what is said; and no attempt is begun that cannot end in time.
// Other loops are `inRounds`. This one differs: a round that was lost brings the rows that the next one decides from, and it
// ends early by the clock.

/** Milliseconds after which no further round is begun, so that the last one can end while API Gateway waits. */
const ROUNDS_MS_MAX = 12_000

/** Milliseconds within which the answer must come: as long as API Gateway waits, less what reading and answering take. */
const ANSWER_MS_MAX = API_ANSWER_MS_MAX - 2 * SECOND_MS

/** What to write, and what to answer once it is; the answer is kept with it where the request has an idempotency key. */
export interface DecidedCommit<Result> {
  readonly writes: Writes
  readonly result: Result
}

/** How to decide. */
export interface Rounds<Result> {
  readonly kind: Change['kind']
  /**
   * Decides from what is known by now, or from what it reads anew: which it must where that is stale. `lost` are the labels of those
   * objects of the round before that others were changing.
   */
  readonly decideOn: (
    isStale: boolean,
    lost: readonly string[],
  ) => Outcome<DecidedCommit<Result>> | Promise<Outcome<DecidedCommit<Result>>>
}

/** Decides and commits until it is done, refused or out of rounds; `known` learns what the store hands back. */
export async function commitInRounds<Result>(
  context: Context,
  known: KnownRows,
  { kind, decideOn }: Rounds<Result>,
): Promise<Outcome<Result>> {
  const { store, keyed, caller } = context
  const startedAt = context.now()
  let busy: readonly Pick<RowCheck<'seat'>, 'event' | 'label'>[] | undefined
  let left: string | undefined
  let isStale = false
  let lostLabels: readonly string[] = []
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const decided = await decideOn(isStale, lostLabels)
    if (!decided.ok) return decided
    const { writes, result } = decided.value
    const objects = countSeats(writes)
    if (objects > OBJECTS_AND_SHARERS_MAX) return tooManyWithSharers(objects)
    const receipt = keyed?.receiptFor(result, left)
    if (writes.rows.length === 0) {
      await keepReceipt(store, receipt)
      return succeed(result)
    }
    const outcome = await commit(store, { workspaceId: caller.workspaceId, writes, receipt })
    if (outcome.status === 'committed') return succeed(result)
    if (outcome.status === 'refused') return usedUp
    left = outcome.left ?? left
    lostLabels = []
    if (outcome.status === 'slow') {
      if (context.now() + outcome.takesMs > startedAt + ANSWER_MS_MAX) break
      if (round < ROUNDS_MAX) await context.backOff(round)
      continue
    }
    for (const seen of outcome.seen) learn(known, seen)
    const inTheWay = new Set(outcome.lost)
    isStale = outcome.lost.some(({ kind }) => kind === 'block' || kind === 'plan')
    // Lapsed holds that are ended along the way were not asked for: they have an operation of their own.
    const asked = objectWrites(writes.rows).filter(
      ({ after }) => after.operationId === writes.operationId,
    )
    const seats = [
      ...asked,
      ...ofKind(writes.rows, 'block').map((block) => ({ ...block, of: block })),
    ]
    const lost = seats.filter(({ of }) => inTheWay.has(of))
    lostLabels = lost.map(({ label }) => label)
    // Where only something else was lost, whatever relies on it waits for it.
    busy = lost.length === 0 ? seats : lost
    if (context.now() >= startedAt + ROUNDS_MS_MAX) break
    if (round < ROUNDS_MAX) await context.backOff(round)
  }
  if (busy === undefined) {
    return refuse({ code: 'store-slow', retryAfterSeconds: SLOW_STORE_SECONDS })
  }
  return refuseBusy(kind, busy)
}

function refuseBusy(
  kind: Change['kind'],
  busy: readonly Pick<RowCheck<'seat'>, 'event' | 'label'>[],
) {
  const named = new Map(busy.map((row) => [nameOf(row), row]))
  const seats = [...named.values()].map(({ event: { eventId }, label }) => ({
    eventId,
    label,
    code: 'busy' as const,
  }))
  return refuse({ code: 'seats-refused', change: kind, seats })
}

/** Nothing else goes with a decision of seats that has a condition. */
const usedUp = refuse({ code: 'admission-used-up' })

function countSeats({ rows, checks }: Writes): number {
  return [...rows, ...checks].filter(({ kind }) => kind === 'seat' || kind === 'season').length
}

function tooManyWithSharers(objects: number) {
  const objectsMax = OBJECTS_AND_SHARERS_MAX
  return refuse({ code: 'too-many-objects', objects, objectsMax, isWithSharers: true })
}
