import { defined } from '../../defined.ts'
import type { Guard } from '../../rules/rows.ts'
import type { Item } from '../table/items.ts'
import { isCreated } from '../table/row-kinds.ts'
import type { Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

// What both ways of committing are made of: guarded rows, of whatever kind, and entries whose keys are new with every attempt and
// which therefore need no guard.

/** A row that is to change, or that must only stay as it was read. */
export interface GuardedRow {
  readonly key: Key
  readonly guard: Guard
  /** Its attributes after the commit; undefined where it is only checked. */
  readonly after: Item | undefined
  /** Its extra data stays as it is. */
  readonly keepsData?: boolean
}

/** Everything that one commit writes, as items. */
export interface Items<Row extends GuardedRow = GuardedRow> {
  readonly operationId: string
  readonly rows: readonly Row[]
  readonly entries: readonly Item[]
  /**
   * What the decision itself writes, such as counts that many share: unguarded by versions, since it can be written only once. Where
   * a condition of it fails, nothing of the commit is done.
   */
  readonly withDecision?: readonly TransactItem[]
}

/** The first end of a hold that writes rely on; infinity where they rely on none. */
export function holdsEndOf(rows: readonly GuardedRow[]): number {
  return Math.min(...rows.flatMap(({ guard }) => guard.hold?.until ?? []))
}

/**
 * The condition that a row must meet: the version that was read, no lock, and a live hold where one is relied on. Of one that is
 * only ever created, there must be nothing.
 */
export function conditionOf({ key, guard: { version, hold } }: Pick<GuardedRow, 'key' | 'guard'>) {
  if (isCreated(key)) return { condition: 'attribute_not_exists(pk)', values: {} }
  const clauses = ['attribute_not_exists(lk)']
  clauses.push(version === undefined ? 'attribute_not_exists(v)' : 'v = :v')
  if (hold !== undefined) clauses.push('x > :after')
  return {
    condition: clauses.join(' AND '),
    values: {
      ...defined({ ':v': version, ':after': hold?.after }),
    } satisfies Record<string, number>,
  }
}
