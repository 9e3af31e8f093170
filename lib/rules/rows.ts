import type { Instant } from '../clock.ts'
import { blockName } from './area/block-name.ts'
import type { BlockRow, BlockState } from './area/block.ts'
import type { PlanRow } from './area/plan.ts'
import type { HistoryEntry } from './history.ts'
import type { EventRef, SeatRow, SeatState } from './seat.ts'
import type { SeasonRef } from './season/season-place.ts'
import type { SeasonRow } from './season/season-row.ts'

// What a commit changes are rows, each of a kind. This is all that is common to them: what a row is called, what it says, and
// under which guard it is written. A kind has its state and its moves in files of its own beside this one, and its
// attributes in `store/table/row-kinds.ts`; whoever lacks one of the kinds does not compile.

/** For each kind of row: what one is called, what it says, and how it was before a write. */
interface Kinds {
  /** An object of an event: `before` is how it was at rest. */
  readonly seat: {
    readonly name: { readonly event: EventRef; readonly label: string }
    readonly row: SeatRow
    readonly before: SeatState
  }
  /** Some of the places of an area: `before` is how it was at rest. */
  readonly block: {
    readonly name: { readonly event: EventRef; readonly label: string; readonly block: number }
    readonly row: BlockRow
    readonly before: BlockState
  }
  /** How the places of an area are divided over its blocks. */
  readonly plan: {
    readonly name: { readonly event: EventRef; readonly label: string }
    readonly row: PlanRow
    readonly before: PlanRow | undefined
  }
  /** What a season knows of an object, in itself, its partial seasons and its events. */
  readonly season: {
    readonly name: { readonly event: SeasonRef; readonly label: string }
    readonly row: SeasonRow
    readonly before: SeasonRow | undefined
  }
  /** A hold token that was issued here. */
  readonly token: {
    readonly name: { readonly holdToken: string }
    readonly row: HoldTokenRow
    readonly before: HoldTokenRow
  }
}

export type RowKind = keyof Kinds
/** What a row of the kind is called in its workspace. */
export type RowName<Kind extends RowKind> = Kinds[Kind]['name']
/** What a row of the kind says. */
export type RowOf<Kind extends RowKind> = Kinds[Kind]['row']

/** A hold token that was issued here: all its holds have its deadline. */
export interface HoldTokenRow {
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** Raised by every hold and every change of the deadline. */
  readonly version: number
  /** Objects that it ever held. */
  readonly objects: number
}

/** What must still be true of a row when its write applies: the version that was read, and a hold that is alive. */
export interface Guard {
  /** Undefined: there must never have been such a row. */
  readonly version: number | undefined
  /** Set where the change relies on a live hold: the moment that its deadline must lie after, and that deadline. */
  readonly hold?: { readonly after: Instant; readonly until: Instant }
}

/** A row that a change relies on without changing it. */
export type RowCheck<Kind extends RowKind = RowKind> = {
  [K in Kind]: { readonly kind: K; readonly guard: Guard } & RowName<K>
}[Kind]

/** A row that a change replaces. */
export type RowWrite<Kind extends RowKind = RowKind> = {
  [K in Kind]: { readonly kind: K; readonly guard: Guard } & RowName<K> & {
      readonly before: Kinds[K]['before']
      readonly after: RowOf<K>
    }
}[Kind]

/** Which objects one hold or extend covers, and until when: a hint for finding them by token; rows decide. */
export interface HoldEntry {
  readonly event: EventRef
  readonly holdToken: string
  readonly operationId: string
  readonly labels: readonly string[]
  readonly until: Instant
  /** Who holds, where holds are counted by that: another entry is written under it. */
  readonly holder?: string
  /** Where the workspace caps how long tokens hold. */
  readonly life?: HoldLife
}

/** How long a token has held something without a break. */
export interface HoldLife {
  readonly since: Instant
  /** How often that was prolonged. */
  readonly extensions: number
}

/** What is counted of a change under the id of an admission token, if there is room. */
export interface QuotaUse {
  readonly id: string
  readonly objects: number
  /** How many there may be in all. */
  readonly objectsMax: number
  readonly keptUntil: Instant
}

/** Guarded writes and checks that apply together or not at all. */
export interface Writes {
  /** Of the change, new with every attempt. */
  readonly operationId: string
  /** One for each row; those of a kind in order of first appearance. */
  readonly rows: readonly RowWrite[]
  readonly checks: readonly RowCheck[]
  readonly history: readonly HistoryEntry[]
  readonly holds: readonly HoldEntry[]
  readonly quota?: QuotaUse
}

/** Those rows that are of the kind. */
export function ofKind<Kind extends RowKind, Row extends { readonly kind: RowKind }>(
  rows: readonly Row[],
  kind: Kind,
): Extract<Row, { kind: Kind }>[] {
  return rows.filter((row): row is Extract<Row, { kind: Kind }> => row.kind === kind)
}

/** A name for an object, unique among all events. */
export function nameOf({ event, label }: RowName<'season'>): string {
  return `${event.eventId}\n${label}`
}

const names: { readonly [Kind in RowKind]: (name: RowName<Kind>) => string } = {
  seat: nameOf,
  block: ({ event, label, block }) => nameOf({ event, label: blockName({ label, block }) }),
  plan: nameOf,
  season: nameOf,
  token: ({ holdToken }) => holdToken,
}

/** What is known of rows by now: of each kind, by name. */
export type KnownRows = { readonly [Kind in RowKind]: Map<string, RowOf<Kind>> }

/** A row as somebody else has left it: undefined where there is none. */
export type SeenRow<Kind extends RowKind = RowKind> = {
  [K in Kind]: { readonly kind: K; readonly name: RowName<K>; readonly row: RowOf<K> | undefined }
}[Kind]

/** Nothing is known yet. */
export function nothingKnown(): KnownRows {
  return { seat: new Map(), block: new Map(), plan: new Map(), season: new Map(), token: new Map() }
}

/** Learns how a row is now. */
export function learn<Kind extends RowKind>(known: KnownRows, seen: SeenRow<Kind>): void {
  const { kind, name, row }: { kind: Kind; name: RowName<Kind>; row: RowOf<Kind> | undefined } =
    seen
  if (row === undefined) known[kind].delete(names[kind](name))
  else known[kind].set(names[kind](name), row)
}
