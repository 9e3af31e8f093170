import { isSoldWhole, type ChartArea, type ChartObject } from '../../venue/chart.ts'
import type { HallObject, HallRow, Measure } from '../../venue/hall.ts'
import { offerOf, type Offer, type Terms } from '../../venue/terms.ts'
import { besides, type Viewer } from '../situations.ts'
import { rowsInSight, type RowsInSight } from './rows-in-sight.ts'
import type { CandidateArea, Candidate, CandidateRow, Wish } from './wish.ts'

/** What of a hall is to be had at a moment. */
export interface HallState {
  readonly terms: Terms
  /** Whether an object that is sold as one is free; `at` is its place in the walk through the chart. */
  readonly isFree: (label: string, at: number) => boolean
  /** How many places of an area this buyer may take. */
  readonly roomIn: (area: ChartArea, at: number) => number
}

/** All that a buyer may take: looked at when it comes to it. */
export interface Candidates {
  readonly rows: RowsInSight
  readonly others: () => Others
}

/** What is no seat, each in the order of the chart. */
export interface Others {
  readonly booths: readonly Candidate[]
  /** Those that are sold as a whole. */
  readonly tables: readonly Candidate[]
  readonly areas: readonly CandidateArea[]
}

/** All that a buyer with that wish may take of a hall: each object looks to them as it does to a request that names it. */
export function candidatesOf(state: HallState, wish: Wish): Candidates {
  const look = lookOf(state, wish)
  const { hall } = state.terms.inventory
  const see = (row: number) => {
    const found = hall.rows[row]
    return found && rowSeen(found, look)
  }
  const { rows: order, nearest } = look.measure
  return { rows: rowsInSight({ order, nearest, see }), others: () => othersSeen(look) }
}

function othersSeen(look: Look): Others {
  const booths: Candidate[] = []
  const tables: Candidate[] = []
  const areas: CandidateArea[] = []
  for (const { at, object } of look.terms.inventory.hall.others) {
    if (!look.isPlacedWell(object)) continue
    if (object.kind === 'generalAdmission') areas.push(...areaSeen({ at, object }, look))
    else if (look.isFree(object.label, at) && look.offerTo(object) !== undefined) {
      const list = object.kind === 'booth' ? booths : tables
      list.push({ label: object.label, at, distance: distanceOf(look, at) })
    }
  }
  return { booths, tables, areas }
}

/** A hall through the eyes of one buyer. */
interface Look extends HallState {
  readonly takesAccessible: boolean
  /** Whether it stands where the buyer wants to be. */
  readonly isPlacedWell: (object: ChartObject) => boolean
  /** What the event sells there; undefined where the buyer may not have it, or does not want it. */
  readonly offerTo: (object: ChartObject) => Offer | undefined
  readonly measure: Measure
}

function lookOf(state: HallState, wish: Wish): Look {
  const { terms } = state
  const { hall } = terms.inventory
  const { zone, sections = [], categories = [], accessibleSeats = 0 } = wish
  const { channelKeys = [], ignoreChannels = false } = wish
  const viewer: Viewer = { channelKeys, ignoreChannels }
  const wantedSections = new Set(sections)
  const wantedCategories = new Set(categories.map(folded))
  const isWanted = ({ category }: Offer) =>
    wantedCategories.size === 0 ||
    (category !== undefined &&
      [category.key, category.label].some((word) => wantedCategories.has(folded(word))))
  const isFor = (offer: Offer) => {
    // Which places of an area are open is asked of its places, unless the whole area is in a channel.
    const isByPlaces = offer.notForSale !== undefined && offer.channel === undefined
    const eyes = isByPlaces ? { ignoreChannels: true } : viewer
    return besides({ offer, isFree: true, isSelectable: true }, eyes).length === 0
  }
  return {
    ...state,
    takesAccessible: accessibleSeats > 0,
    isPlacedWell: ({ location }) =>
      (zone === undefined || location.zone === zone) &&
      (wantedSections.size === 0 || wantedSections.has(location.section?.label ?? '')),
    offerTo(object) {
      const offer = offerOf(terms, object.label)
      // Of several objects with one label, one is sold under it.
      if (offer?.object !== object || !offer.isSold) return undefined
      return isFor(offer) && isWanted(offer) ? offer : undefined
    },
    measure: zone === undefined ? hall.fromChart : hall.fromPlace,
  }
}

function folded(word: string): string {
  return word.toLowerCase()
}

function distanceOf({ measure }: Look, at: number): number {
  return measure.distances[at] ?? 0
}

/** Undefined where none of its seats is to be had. */
function rowSeen({ parent, at, seats }: HallRow, look: Look): CandidateRow | undefined {
  if (parent.type === 'table' && isSoldWhole(parent, look.terms.tables)) return undefined
  const seen = seats.map((seat, index) => {
    const { label, traits } = seat
    const { isAccessible } = traits
    const place = at + index
    if (!look.isFree(label, place)) return undefined
    if (isAccessible && !look.takesAccessible) return undefined
    if (!look.isPlacedWell(seat) || look.offerTo(seat) === undefined) return undefined
    return { label, at: place, distance: distanceOf(look, place), isAccessible }
  })
  if (seen.every((seat) => seat === undefined)) return undefined
  const { section, floor } = seats[0]?.location ?? {}
  const name = JSON.stringify([floor?.name, section?.label])
  return { section: name, isRing: parent.isRing, seats: seen }
}

/** What may be taken of an area at once; nothing where it is full, or taken. */
function areaSeen(
  { at, object }: HallObject & { readonly object: ChartArea },
  look: Look,
): CandidateArea[] {
  const { label, bookAsAWhole: isWhole, capacity } = object
  // As a whole it may be taken still by places, from when those were sold one by one; and the reverse.
  if (!look.isFree(label, at) || look.offerTo(object) === undefined) return []
  const place = { label, at, distance: distanceOf(look, at), isWhole }
  const room = look.roomIn(object, at)
  if (!isWhole) return [{ ...place, min: 1, max: room }]
  if (room < capacity) return []
  const { variableOccupancy, minOccupancy, maxOccupancy = capacity } = object
  return [{ ...place, min: variableOccupancy ? minOccupancy : capacity, max: maxOccupancy }]
}
