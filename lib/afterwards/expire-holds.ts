import type { Instant } from '../clock.ts'
import type { Origin } from '../rules/history.ts'
import { succeed } from '../refusals.ts'
import { nothingKnown } from '../rules/rows.ts'
import type { HoldToEnd } from '../store/table/stream-records.ts'
import { decideNow } from '../actions/seats/change-seats.ts'
import { commitInRounds } from '../actions/seats/commit-in-rounds.ts'
import type { Context } from '../actions/context.ts'
import { OBJECTS_MAX } from '../limits/limits.ts'
import { findLapsedRows } from '../store/seats/read-event.ts'

// Ending holds whose time is over. They read and decide as free from the millisecond of their deadline, whether this runs
// or not: it only makes that a change of its own, which history has and subscribers hear of.
//
// 1. Read the rows. What was extended, booked, released or retaken has nothing to be ended.
// 2. Whatever else of the token's has lapsed goes along: one operation ends everything that ended together.
// 3. Commit, guarded by the versions that were read, through the same rounds as any other change.

/** What came of it: how many holds ended, or that it must be tried again. */
export type Expiry =
  | { readonly status: 'done'; readonly ended: number; readonly latenessMs?: number }
  /** Before its deadline, by this clock. */
  | { readonly status: 'early'; readonly until: Instant }
  /** Others were in the way of every round. */
  | { readonly status: 'busy' }

/** What a worker works with. */
type Worker = Pick<Context, 'now' | 'ids' | 'store' | 'backOff'>

const origin: Origin = { type: 'HOLD_EXPIRED' }

/** Ends a hold whose deadline has passed, as far as it still stands, with everything that lapsed with it. */
export async function expireHolds(
  worker: Worker,
  { workspaceId, holdToken, event, labels, until }: HoldToEnd,
): Promise<Expiry> {
  const context = contextOf(worker, workspaceId)
  if (context.now() < until) return { status: 'early', until }
  const objects = labels.map((label) => ({ event, label }))
  let ended = 0
  for (;;) {
    const outcome = await commitInRounds(context, nothingKnown(), {
      kind: 'expire',
      decideOn: async () => {
        const wanted = { workspaceId, holdToken, now: context.now() }
        const lapsed = await findLapsedRows(context.store, wanted, objects)
        const targets = lapsed.slice(0, OBJECTS_MAX).map((object) => {
          return 'block' in object
            ? { ...object, isOver: true as const }
            : { ...object, offer: undefined }
        })
        const step = { targets, change: { kind: 'expire', holdToken } } as const
        return succeed({
          writes: decideNow(context, [step], origin).writes,
          result: targets.length,
        })
      },
    })
    if (!outcome.ok) return { status: 'busy' }
    ended += outcome.value
    if (outcome.value < OBJECTS_MAX) break
  }
  return { status: 'done', ended, ...(ended === 0 ? {} : { latenessMs: context.now() - until }) }
}

/** Nobody asks for it: it is time that has passed. */
function contextOf(worker: Worker, workspaceId: string): Context {
  const settings = { publishableMayBook: false }
  const caller = { keyId: '', kind: 'secret', workspaceId, settings, address: '' } as const
  return { ...worker, caller }
}
