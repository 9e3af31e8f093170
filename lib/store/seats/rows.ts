import type { Guard, HoldEntry, SeatCheck, TokenWrite, Writes } from '../../rules/decide.ts'
import {
  historyItems,
  holdItem,
  holdParts,
  seatItem,
  tokenItem,
  type Item,
} from '../table/items.ts'
import { keys, type Key } from '../table/table.ts'

// What both ways of committing are made of: guarded rows, and entries whose keys are new with every attempt and which
// therefore need no guard.

/** A row that is to change, or that must only stay as it was read. */
export interface GuardedRow {
  readonly key: Key
  readonly guard: Guard
  /** Its attributes after the commit; undefined where it is only checked. */
  readonly after: Item | undefined
  /** Its extra data stays as it is. */
  readonly keepsData?: boolean
  /** The write or check that it stands for. */
  readonly of: SeatCheck | TokenWrite
}

/** Everything that one commit writes, as items. */
export interface Items {
  readonly operationId: string
  readonly rows: readonly GuardedRow[]
  readonly entries: readonly Item[]
}

/** The items of a decision. */
export function itemsOf(workspaceId: string, writes: Writes): Items {
  const changed = writes.seats.map((write): GuardedRow => {
    const { event, label, guard, before, after } = write
    const { extraData } = after.state
    const keepsData = extraData !== undefined && extraData === before.extraData
    const item = { ...seatItem(after) }
    return { key: keys.seat(event, label), guard, after: item, keepsData, of: write }
  })
  const checked = writes.checks.map((check): GuardedRow => {
    const { event, label, guard } = check
    return { key: keys.seat(event, label), guard, after: undefined, of: check }
  })
  const tokens = (writes.tokens ?? []).map((write): GuardedRow => {
    const { holdToken, guard, after } = write
    const key = keys.token(workspaceId, holdToken)
    return { key, guard, after: { ...tokenItem(after) }, of: write }
  })
  return {
    operationId: writes.operationId,
    rows: [...changed, ...checked, ...tokens],
    entries: [
      ...writes.history.flatMap((entry) =>
        historyItems(entry).map((item, part) => ({
          ...keys.history(entry.event, entry.operationId, part),
          ...item,
        })),
      ),
      ...writes.holds.flatMap((entry) =>
        holdKeys(workspaceId, entry).flatMap((key) => holdParts({ ...key, ...holdItem(entry) })),
      ),
    ],
  }
}

function holdKeys(workspaceId: string, entry: HoldEntry): Key[] {
  const byToken = keys.hold(workspaceId, entry.holdToken, entry)
  return entry.holder === undefined ? [byToken] : [byToken, keys.holder(entry.holder, entry)]
}

/** The first end of a hold that writes rely on; infinity where they rely on none. */
export function holdsEndOf(rows: readonly GuardedRow[]): number {
  return Math.min(...rows.flatMap(({ guard }) => guard.hold?.until ?? []))
}

/** The condition that a row must meet: the version that was read, no lock, and a live hold where one is relied on. */
export function conditionOf({ version, hold }: Guard) {
  const clauses = ['attribute_not_exists(lk)']
  clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')
  if (hold !== undefined) clauses.push('x > :after')
  return {
    condition: clauses.join(' AND '),
    values: {
      ...(version === undefined ? {} : { ':v': version }),
      ...(hold === undefined ? {} : { ':after': hold.after }),
    } satisfies Record<string, number>,
  }
}
