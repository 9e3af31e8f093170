import { distanceBetween } from '../../venue/chart-build.ts'
import { isSoldWhole, type ChartArea, type ChartObject, type Point } from '../../venue/chart.ts'
import type { HallObject, HallRow } from '../../venue/hall.ts'
import { offerOf, type Offer, type Terms } from '../../venue/terms.ts'
import { besides, type Viewer } from '../situations.ts'
import type { CandidateArea, Candidate, CandidateRow, Candidates, Wish } from './wish.ts'

/** What of a hall is to be had at a moment. */
export interface HallState {
  readonly terms: Terms
  /** Whether an object that is sold as one is free. */
  readonly isFree: (label: string) => boolean
  /** How many places of an area this buyer may take. */
  readonly roomIn: (area: ChartArea) => number
}

/** What cannot be measured, or lies beyond a million units, is as far as that. */
const FAR = 2 ** 30

const THOUSANDTHS = 1_000

/** All that a buyer with that wish may take of a hall: each object looks to them as it does to a request that names it. */
export function candidatesOf(state: HallState, wish: Wish): Candidates {
  const look = lookOf(state, wish)
  const rows: CandidateRow[] = []
  const booths: Candidate[] = []
  const tables: Candidate[] = []
  const areas: CandidateArea[] = []
  const { hall } = state.terms.inventory
  for (const row of hall.rows) {
    const seen = rowSeen(row, look)
    if (seen !== undefined) rows.push(seen)
  }
  for (const { at, object } of hall.others) {
    if (!look.isPlacedWell(object)) continue
    if (object.kind === 'generalAdmission') areas.push(...areaSeen({ at, object }, look))
    else if (look.isFree(object.label) && look.offerTo(object) !== undefined) {
      const list = object.kind === 'booth' ? booths : tables
      list.push({ label: object.label, at, distance: look.distanceOf(object) })
    }
  }
  return { rows, booths, tables, areas }
}

/** A hall through the eyes of one buyer. */
interface Look extends HallState {
  readonly takesAccessible: boolean
  /** Whether it stands where the buyer wants to be. */
  readonly isPlacedWell: (object: ChartObject) => boolean
  /** What the event sells there; undefined where the buyer may not have it, or does not want it. */
  readonly offerTo: (object: ChartObject) => Offer | undefined
  readonly distanceOf: (object: ChartObject) => number
}

function lookOf(state: HallState, wish: Wish): Look {
  const { terms } = state
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
    distanceOf: distanceFrom(zone === undefined ? terms.inventory.hall.focalPoint : undefined),
  }
}

function folded(word: string): string {
  return word.toLowerCase()
}

/** From a point for all, or from that of the place where the object stands: of its zone, its floor or its section. */
function distanceFrom(point: Point | undefined): Look['distanceOf'] {
  return ({ position, location, distanceToFocalPoint }) => {
    const isOwn = point === undefined || isSame(point, location.focalPoint)
    const distance = isOwn ? distanceToFocalPoint : position && distanceBetween(position, point)
    return distance === undefined ? FAR : Math.min(FAR, Math.round(distance * THOUSANDTHS))
  }
}

function isSame(one: Point, other: Point | undefined): boolean {
  return one.x === other?.x && one.y === other.y
}

/** Undefined where none of its seats is to be had. */
function rowSeen({ parent, at, seats }: HallRow, look: Look): CandidateRow | undefined {
  if (parent.type === 'table' && isSoldWhole(parent, look.terms.tables)) return undefined
  const seen = seats.map((seat, place) => {
    const { isAccessible } = seat.traits
    if (isAccessible && !look.takesAccessible) return undefined
    if (!look.isFree(seat.label) || !look.isPlacedWell(seat)) return undefined
    if (look.offerTo(seat) === undefined) return undefined
    return { label: seat.label, at: at + place, distance: look.distanceOf(seat), isAccessible }
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
  if (!look.isFree(label) || look.offerTo(object) === undefined) return []
  const place = { label, at, distance: look.distanceOf(object), isWhole }
  const room = look.roomIn(object)
  if (!isWhole) return [{ ...place, min: 1, max: room }]
  if (room < capacity) return []
  const { variableOccupancy, minOccupancy, maxOccupancy = capacity } = object
  return [{ ...place, min: variableOccupancy ? minOccupancy : capacity, max: maxOccupancy }]
}
