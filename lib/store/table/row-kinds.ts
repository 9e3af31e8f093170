import type { RowKind, RowName, RowOf, RowWrite } from '../../rules/rows.ts'
import { blockName, planName, readBlockName, readPlanName } from '../../rules/area/block-name.ts'
import { readSeasonName, seasonName } from '../../rules/season/season-name.ts'
import { blockItem, planItem, readBlockItem, readPlanItem } from './area-items.ts'
import { readSeatItem, readTokenItem, seatItem, tokenItem, type Item } from './items.ts'
import { readSeasonItem, seasonItem } from './season-items.ts'
import { partitionStarts } from './partitions.ts'
import { keys, type Key } from './table.ts'

// How the table keeps the rows that commits change, kind by kind. A commit itself knows of no kind. What it does know is called the
// same in all of them: `v` the version and `x` the end of a hold, which guards ask for; `at` the time of the change, `ed` the
// extra data, which may stay; `lk`, `ln` and `lt`, which are its own.

/** What a commit must know of the rows in some partitions. */
interface Partition {
  /** Start of the partitions. */
  readonly prefix: string
  /** They have a `ttl`, by which they are removed some day. */
  readonly isTidied?: true
  /** A large commit only ever creates them, and they may go again: without its lock there is nothing left of one. */
  readonly isCreated?: true
  /** The partition tells a secret, after this many parts of it. */
  readonly shownParts?: number
}

interface Kept<Kind extends RowKind> extends Partition {
  /** Whether a sort key is of this kind, where those of other kinds lie in the same partitions. */
  readonly isNamed?: (sortKey: string) => boolean
  readonly key: (name: RowName<Kind>, workspaceId: string) => Key
  readonly item: (row: RowOf<Kind>) => Item
  /** Undefined where there is no row, or one without a state. */
  readonly read: (item: Item | undefined) => RowOf<Kind> | undefined
  /** Whether extra data stays as it is, so that a lock need not repeat it. */
  readonly keepsData?: (write: RowWrite<Kind>) => boolean
}

/** What tells the names of other rows that lie among those of objects. */
const readsOther = [readBlockName, readPlanName, readSeasonName]

export const rowKinds: { readonly [Kind in RowKind]: Kept<Kind> } = {
  seat: {
    prefix: partitionStarts.seats,
    key: ({ event, label }) => keys.seat(event, label),
    item: (row) => ({ ...seatItem(row) }),
    read: readSeatItem,
    keepsData: ({ before, after: { state } }) =>
      state.extraData !== undefined && state.extraData === before.extraData,
    isNamed: (sk) => readsOther.every((read) => read(sk) === undefined),
  },
  block: {
    prefix: partitionStarts.seats,
    key: ({ event, label, block }) => keys.seat(event, blockName({ label, block })),
    item: (row) => ({ ...blockItem(row) }),
    read: readBlockItem,
    keepsData: ({ before, after }) =>
      after.extraData !== undefined && after.extraData === before.extraData,
    isNamed: (sk) => readBlockName(sk) !== undefined,
  },
  plan: {
    prefix: partitionStarts.seats,
    key: ({ event, label }) => keys.seat(event, planName(label)),
    item: (row) => ({ ...planItem(row) }),
    read: readPlanItem,
    isNamed: (sk) => readPlanName(sk) !== undefined,
  },
  season: {
    prefix: partitionStarts.seats,
    key: ({ event, label }) => keys.seat(event, seasonName(label)),
    item: (row) => ({ ...seasonItem(row) }),
    read: readSeasonItem,
    isNamed: (sk) => readSeasonName(sk) !== undefined,
  },
  token: {
    prefix: partitionStarts.holds,
    key: ({ holdToken }, workspaceId) => keys.token(workspaceId, holdToken),
    item: (row) => ({ ...tokenItem(row) }),
    read: readTokenItem,
    isTidied: true,
    shownParts: 2,
  },
}

/** What an event that is created is made of: its head by key and by id, its places in two lists, and its details. */
const created: readonly Partition[] = (
  ['events', 'eventsById', 'workspaces', 'charts', 'eventDetails'] as const
).map((name) => ({ prefix: partitionStarts[name], isCreated: true }))

const partitions: readonly Partition[] = [...Object.values(rowKinds), ...created]

/** What is to be known of the rows in that partition; undefined where it has none that commits change. */
export function keptIn(pk: string): Partition | undefined {
  return partitions.find(({ prefix }) => pk.startsWith(prefix))
}

/** Whether a row of that key is of the kind. */
export function isOfKind(kind: RowKind, { pk, sk }: Key): boolean {
  const { prefix, isNamed } = rowKinds[kind]
  return pk.startsWith(prefix) && (isNamed?.(sk) ?? true)
}

/** Whether a row is one that a large commit creates. */
export function isCreated({ pk }: Key): boolean {
  return keptIn(pk)?.isCreated === true
}

/** A key as it may be shown to whoever runs the table. */
export function shownKey({ pk, sk }: Key): Key {
  const shownParts = keptIn(pk)?.shownParts
  return { pk: shownParts === undefined ? pk : pk.split('#', shownParts).join('#'), sk }
}
