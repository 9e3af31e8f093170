import type { Instant } from '../clock.ts'

/** Where a drawing lies; a drawing never changes, each new draft is a new one. */
export interface DrawingRef {
  readonly drawingId: string
  readonly parts: number
}

/** The small record of a chart that every request on one of its events reads. */
export interface ChartHead {
  readonly workspaceId: string
  readonly chartKey: string
  /** Differs between two charts that had the same key one after the other. */
  readonly chartId: string
  readonly name: string
  readonly draftNumber: number
  readonly draft: DrawingRef
  readonly published?: DrawingRef & { readonly number: number; readonly at: Instant }
  /** Publishes so far; the counter goes on after an unpublish. */
  readonly publishes: number
  /** Events bound to the chart: while there are any it cannot be deleted. */
  readonly events: number
  /** Raised by every write of this record. */
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** The small record of an event. */
export interface EventHead {
  readonly workspaceId: string
  readonly eventKey: string
  readonly eventId: string
  readonly shards: number
  readonly chartKey: string
  readonly chartId: string
  readonly name?: string
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What its owner allows in a workspace. */
export interface WorkspaceSettings {
  /** Whether publishable keys may book; where not, only the integrator's server does. */
  readonly publishableMayBook: boolean
  /** Objects that one publishable key may hold at a time for one address; without it there is no cap. */
  readonly liveHoldsMax?: number
}

/** One inventory: charts, events and keys of their own. */
export interface Workspace {
  readonly workspaceId: string
  readonly companyId: string
  readonly name: string
  /** Test workspaces have `…_test_…` keys. */
  readonly isTest: boolean
  readonly settings: WorkspaceSettings
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  /** Names it in public; opens nothing. */
  readonly workspaceKey: string
  /** Where it is not, keys open nothing. */
  readonly isActive: boolean
  /** Raised when its derived secret key is made anew; none was made while it is 0. */
  readonly keyGeneration: number
}

/** A workspace to be put on file; one without a public key has no derived keys either. */
export type NewWorkspace = Pick<
  Workspace,
  'workspaceId' | 'companyId' | 'name' | 'isTest' | 'settings'
> &
  Partial<Workspace>

/** Whoever sells tickets: a production workspace and its test twin, to begin with. */
export interface Company {
  readonly companyId: string
  readonly name: string
  /** Of the workspaces that it began with; the first is its default. */
  readonly workspaceIds: readonly string[]
  readonly createdAt: Instant
}
