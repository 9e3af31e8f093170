import type { Opening } from '../situations.ts'

/** What a buyer wants who names no seats. */
export interface Wish extends Opening {
  /** Objects, or places of an area. */
  readonly number: number
  /** Keys or labels, in whatever case; all where there are none. */
  readonly categories?: readonly string[]
  /** Key of the zone, from whose focal point it is measured then. */
  readonly zone?: string
  /** Labels of sections; all where there are none. */
  readonly sections?: readonly string[]
  /** How many of them are accessible seats: no others are chosen. */
  readonly accessibleSeats?: number
  /** Seats side by side that leave none alone come first. */
  readonly preventsOrphans: boolean
  /** Nothing else will do than seats side by side, or places of one area. */
  readonly isTogether?: boolean
  /** One category, the earlier the better. */
  readonly isByCategory?: boolean
}

/** Something that this buyer may take. */
export interface Candidate {
  readonly label: string
  /** Its place in the walk through the chart. */
  readonly at: number
  /** From the focal point that counts, in whole thousandths of a unit: so that what lies like in a mirror is equally far. */
  readonly distance: number
}

/** A seat that this buyer may take. */
export interface CandidateSeat extends Candidate {
  readonly isAccessible: boolean
}

/** An area of which this buyer may take places, or which they may take as a whole. */
export interface CandidateArea extends Candidate {
  /** The fewest places that may be taken at once. */
  readonly min: number
  /** The most. */
  readonly max: number
  readonly isWhole: boolean
}

/** A row as this buyer sees it: what they may not take is a gap. */
export interface CandidateRow {
  /** Names the section, on its floor. */
  readonly section: string
  /** The last seat is next to the first. */
  readonly isRing: boolean
  readonly seats: readonly (CandidateSeat | undefined)[]
}

/** What was chosen. */
export interface Choice {
  /** In seat order; of an area once for each place, unless it is taken as a whole. */
  readonly labels: readonly string[]
  /** Of seats: whether all are side by side. */
  readonly isNextToEachOther?: boolean
}

/** Says which of so many solutions, the best first, is taken: the number of one of them. */
export type Pick = (solutions: number) => number
