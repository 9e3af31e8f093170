import type { Instant } from '../clock.ts'
import type { Former } from '../rules/former-words.ts'
import type { AccountSettings } from './account-settings.ts'
import type { SeasonPlace, SeasonRef } from '../rules/season/season-place.ts'
import type { TableConfig, VenueType } from '../venue/chart.ts'
import type { ValidationRule } from '../venue/validate-chart.ts'

/** Where a drawing lies; a drawing never changes, each new draft is a new one. */
export interface DrawingRef {
  readonly drawingId: string
  readonly parts: number
}

/** Where a text lies; it never changes, a new one takes its place. */
export interface TextRef {
  readonly textId: string
  readonly parts: number
}

/** The small record of a chart that every request on one of its events reads. */
export interface ChartHead {
  readonly workspaceId: string
  readonly chartKey: string
  /** Differs between two charts that had the same key one after the other. */
  readonly chartId: string
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  /** What the draft is called, where there is one. */
  readonly name: string
  /** What is published, where that is called otherwise than the draft. */
  readonly publishedName?: string
  /** In the order in which they were added. */
  readonly tags?: readonly string[]
  readonly isArchived?: boolean
  readonly draftNumber: number
  readonly draft: DrawingRef
  readonly published?: DrawingRef & { readonly number: number; readonly at: Instant }
  /** Publishes so far; the counter goes on after an unpublish. */
  readonly publishes: number
  /** What it was called in the last day, the oldest first: what happened then is told so. */
  readonly formerly?: readonly Former<ChartWords>[]
  /** Events bound to the chart: while there are any it cannot be deleted. */
  readonly events: number
  /** Raised by every write of this record. */
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What a chart lends to what is told of seats. */
export type ChartWords = Pick<ChartHead, 'name'>

/** Capacities of areas whose places are sold one by one, by label. */
export type AreaCapacities = readonly (readonly [label: string, capacity: number])[]

/** What an event lends to what is told of its seats. */
export type EventWords = Pick<EventHead, 'eventKey' | 'name' | 'chartKey' | 'chartId'>

/** The small record of an event. */
export interface EventHead {
  readonly workspaceId: string
  readonly eventKey: string
  readonly eventId: string
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  readonly shards: number
  /** Of a season, and of an event in one. */
  readonly season?: SeasonPlace
  readonly chartKey: string
  readonly chartId: string
  readonly name?: string
  /** The day of the show, `2031-05-17`. */
  readonly date?: string
  readonly isInThePast?: boolean
  /** Whose holds need an admission token; nobody's where it is left out. */
  readonly admission?: Demand
  /** How tables are sold; as the chart says where it is left out. */
  readonly tableBooking?: Exclude<TableConfig['mode'], 'INHERIT'>
  /** Of areas that the chart had when the event was created: never changed, since untouched places are counted from them. */
  readonly capacities?: AreaCapacities
  /** Changes of what is for sale, where there were any lately. */
  readonly saleCalls?: SaleCalls
  /** What it was called in the last day, and where it was, the oldest first: what happened then is told so. */
  readonly formerly?: readonly Former<EventWords>[]
  /** Where `EventDetails` lie, if there are any. */
  readonly details?: TextRef
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** Whose holds need an admission token: those of publishable keys, or of secret keys too. */
export type Demand = 'browsers' | 'everyone'

/** What an event says of its own chart's objects; in no request's way that does not ask for it. */
export interface EventDetails {
  /** With the mode `CUSTOM`: how each table is sold. */
  readonly tables?: Readonly<Record<string, 'BY_TABLE' | 'BY_SEAT'>>
  /** Categories of objects that differ from the chart's, by label, with keys as they were given. */
  readonly objectCategories?: Readonly<Record<string, string | number>>
  /** Categories that only this event has. */
  readonly categories?: readonly ShownCategory[]
  /** In the order in which they were added; empty where there were some once. */
  readonly channels?: readonly Channel[]
  /** Without it everything is for sale. */
  readonly saleRules?: SaleRules
  /** Of an event in a season: what is in other channels there than in the season. */
  readonly ownChannels?: readonly OwnChannel[]
  /** Of a top-level season. */
  readonly roster?: Roster
  /** Of a season: its sale rules do not count for its events. */
  readonly isSaleOwn?: true
}

/** What belongs to a top-level season. */
export interface Roster {
  /** Number of the next event: none is used again. */
  readonly next: number
  /** In order of creation. */
  readonly events: readonly RosterEvent[]
  /** In order of creation. */
  readonly partials: readonly RosterPartial[]
}

/** An event of a season, which has a number there for life. */
export interface RosterEvent extends SeasonRef {
  readonly number: number
  readonly isInThePast?: true
  /** Where what is on sale in it follows from rules or categories of its own: the text that they are in. */
  readonly terms?: TextRef
}

/** A partial season: it has as many shards as its season. */
export interface RosterPartial {
  readonly eventId: string
  /** Numbers of its events, in the order in which they came. */
  readonly events: readonly number[]
  /** Where it has sale rules of its own: the text that they are in. */
  readonly terms?: TextRef
}

/** What one event of a season has in a channel beyond the season, or, with the id `NO_CHANNEL`, in none. */
export type OwnChannel = Pick<Channel, 'id' | 'objects' | 'areaPlaces'>

/** Objects that are set apart for some buyers. */
export interface Channel {
  /** Made once, never used again. */
  readonly id: string
  readonly key: string
  readonly name: string
  readonly color?: string
  /** Where it is shown among the others. */
  readonly index?: number
  /** Labels, in the order in which they came; each is in one channel at most. Not checked against the chart. */
  readonly objects: readonly string[]
  /** How many places of areas, by the label of the area. */
  readonly areaPlaces: Readonly<Record<string, number>>
}

/** What an event sells, as it was said; not checked against the chart. */
export interface SaleRules {
  /** Whether only what is listed is for sale, or all but that. */
  readonly isListForSale: boolean
  readonly objects: readonly string[]
  readonly areaPlaces: Readonly<Record<string, number>>
  /** By key or label. */
  readonly categories: readonly string[]
}

/** Changes of sale rules since the first of a window. */
export interface SaleCalls {
  readonly since: Instant
  /** Those that took something off sale, or might have. */
  readonly counted: number
  /** Those that only put things on sale. */
  readonly opening: number
}

/** A category as answers show it: its key keeps the type in which it was given. */
export interface ShownCategory {
  readonly key: string | number
  readonly label: string
  readonly color: string
  readonly accessible: boolean
}

/** What answers tell of a chart's published version, without its objects. */
export interface ChartFacts {
  readonly venueType: VenueType
  readonly categories: readonly ShownCategory[]
  readonly zones: readonly { readonly key: string; readonly label: string }[]
  readonly supportsBestAvailable: boolean
  readonly areas: AreaCapacities
  /** Objects that an event sells where it says nothing of tables; an area is one. */
  readonly objects: number
  /** The rules that the drawing breaks, whatever becomes of those who break them. */
  readonly broken: readonly ValidationRule[]
}

/** What its owner allows in a workspace. */
export interface WorkspaceSettings {
  /** Whether publishable keys may book; where not, only the integrator's server does. */
  readonly publishableMayBook: boolean
  /** Whether publishable keys may hold what is in channels, and are told which those are; they may not unless it says so. */
  readonly publishableMayOpenChannels?: boolean
  /** Objects that one publishable key may hold at a time for one address; without it there is no cap. */
  readonly liveHoldsMax?: number
  /** Minutes that a hold token holds anything, from its first hold on, whatever is extended or held again; without it there is no cap. */
  readonly holdMinutesMax?: number
  /** How often the holds of a token may be made to last longer; without it there is no cap. */
  readonly extensionsMax?: number
}

/** What admission tokens of a workspace are signed with. */
export interface AdmissionKeys {
  readonly current: string
  /** The one that comes after it: taken already, so that whoever does not know of a rotation yet takes what is signed since. */
  readonly next: string
  /** The one before, for as long as it is taken still. */
  readonly former?: { readonly key: string; readonly until: Instant }
}

/** One inventory: charts, events and keys of their own. */
export interface Workspace {
  readonly workspaceId: string
  readonly companyId: string
  readonly name: string
  /** Test workspaces have `…_test_…` keys. */
  readonly isTest: boolean
  readonly settings: WorkspaceSettings
  /** Once one was asked for. */
  readonly admissionKeys?: AdmissionKeys
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  /** Names it in public; opens nothing. */
  readonly workspaceKey: string
  /** Where it is not, keys open nothing. */
  readonly isActive: boolean
  /** Raised with every change of its derived secret keys; none was made while it is 0. */
  readonly keyGeneration: number
  /** Of the derived secret keys that open it: the oldest first, never none. */
  readonly keyGenerations: readonly number[]
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
  /** Of the workspaces that it began with. */
  readonly workspaceIds: readonly string[]
  readonly createdAt: Instant
  /** Its number, which rises with the time of creation. */
  readonly serial: number
  /** Where an admin key acts that names no workspace. */
  readonly defaultWorkspaceId: string
  /** Of its owner, where one was given. */
  readonly email?: string
  /** Raised when its admin key is made anew. */
  readonly keyGeneration: number
  readonly designerKeyGeneration: number
  readonly settings: AccountSettings
}

/** A company to be put on file: the first of its workspaces is its default, and all settings are as they begin. */
export type NewCompany = Pick<Company, 'companyId' | 'name' | 'workspaceIds' | 'createdAt'> &
  Partial<Pick<Company, 'serial' | 'email'>>
