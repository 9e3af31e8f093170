import type { Offer, Terms } from '../../venue/terms.ts'
import type { ChartArea } from '../../venue/chart.ts'
import type { EventRef, SeatNotes } from '../seat.ts'
import type { BlockRow } from './block.ts'
import type { AreaSeason } from './places-in-season.ts'
import type { SeasonSeen } from '../season/season-row.ts'
import type { PlanRow } from './plan.ts'

// What a request changes of areas whose places are sold one by one.

/** What was read of an area. */
export interface AreaRead {
  /** Its plan, where it was planned again since the event began. */
  readonly plan: PlanRow | undefined
  /** What it had when the event began; undefined where it was not there, or nobody wrote that down yet. */
  readonly capacity: number | undefined
  /** Those that were read and that there are, by number. */
  readonly blocks: ReadonlyMap<number, BlockRow>
  /** The block where the request looks first; known of unless it was read by no one yet. */
  readonly home: number
  /** Whether all blocks were read, or that one alone. */
  readonly isWhole: boolean
}

/** Some places of an area of an event. */
export interface AreaTarget {
  readonly event: EventRef
  /** Of the area; the request may have named the places of one channel. */
  readonly label: string
  /** Id of that channel. */
  readonly partition?: string
  /** Both undefined where the chart has lost it, or sells it as a whole by now: what is taken of it can be let go, and nothing else. */
  readonly area: ChartArea | undefined
  readonly offer: Offer | undefined
  readonly terms: Terms
  readonly read: AreaRead
  /** Of an area of a season, or of an event in one: what was read of the season. */
  readonly season?: AreaSeason
  /** Undefined: all that the token holds. */
  readonly quantity: number | undefined
  readonly isAtOdds?: true
  /** What the request says of these places alone. */
  readonly given?: Pick<SeatNotes, 'ticketType' | 'extraData'>
}

/** Everything that a token holds in a block, as its hold entries tell: whatever the event sells there by now. */
export interface BlockTarget {
  readonly event: EventRef
  readonly label: string
  readonly block: number
  readonly row: BlockRow
  /** Of a season, and of an event in one: its row is written along where places are given back. */
  readonly season?: SeasonSeen
  /** Only what has lapsed of that. */
  readonly isOver?: true
}
