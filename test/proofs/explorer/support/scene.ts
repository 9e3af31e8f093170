import type { Actor } from './instance.ts'
import type { Catalog, Table } from './catalog.ts'
import type { Item } from '../../../../lib/store/table/items.ts'

// What one exploration is about, and how far it goes.

/** How many of each thing that goes wrong one path may have. */
export interface Bounds {
  /** Answers lost (the call applies at any later moment, or never), answers that come late, calls turned away as conflicting. */
  readonly faults: number
  /** Kinds of those. A late answer matters only where time passes. */
  readonly kinds: readonly FaultKind[]
  /** Times that everybody stops, all deadlines pass, recovery runs to its end, and everybody goes on. */
  readonly recoveries: number
  /** Decisions of one request: after that its process stops, as if it had crashed between two rounds. */
  readonly rounds: number
  /** States, the nearest first: where all of them would be too many for the tests. */
  readonly statesMax?: number
  /** Pieces of work that live workers take, one call at a time among all the others. */
  readonly jobs: number
}

export type FaultKind = 'lost' | 'late' | 'conflict'

/** Somebody in a scene. */
export interface Role extends Actor {
  /** Which of the scene's times this actor may begin at. */
  readonly startsAt: readonly number[]
  /** The idempotency key of its request. */
  readonly key?: string
  /** A worker begins whenever there is something to do, any number of times; this names the pieces there are. */
  readonly jobs?: (catalog: Catalog, table: Table, alarms: readonly number[]) => readonly Job[]
}

/** A piece of a worker's work: its name among the choices, and what the worker is handed. */
export interface Job {
  readonly name: string
  readonly input: string
}

/** A scene: who is there, what they find, and how time passes. */
export interface Scene {
  readonly name: string
  readonly about: string
  readonly roles: readonly Role[]
  readonly items: readonly Item[]
  /** Events are created: what they and charts are made of is judged as well. */
  readonly hasPlanners?: true
  /** Choices that are made already when the exploration begins: so it gets far without walking all the ways to there. */
  readonly prefix?: readonly string[]
  /** Milliseconds since the epoch. */
  readonly times: readonly number[]
  /** In the tests, and in the full exploration. */
  readonly bounds: { readonly test: Bounds; readonly full: Bounds }
}
