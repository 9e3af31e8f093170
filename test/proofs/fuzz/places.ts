import type { Chance } from './chance.ts'
import { areaLabels } from './venue.ts'

// Places of areas, as answers told of them.

/** So many places that a token holds until a moment, or, under no token, that are booked. */
export interface Claim {
  readonly token: string | undefined
  readonly until: number
  readonly count: number
}

/** What is known of the places of one area. */
export interface KnownPlaces {
  claims: readonly Claim[]
  /** Whether a token had several deadlines when some of its places were taken from it: nobody told of which. */
  isUnsure: boolean
  /** Whether more was taken of it than there was. */
  isOversold: boolean
}

/** Of an event, by area. */
export type AllPlaces = Map<string, KnownPlaces>

/** The area that a label means, by itself or by a channel that has places of it; undefined where it means another object. */
export function areaOf(label: string): string | undefined {
  const [area = ''] = label.split('##', 1)
  return areaLabels.includes(area) ? area : undefined
}

/** Up to so many of these labels; areas more often than there are any. */
export function someObjects(labels: readonly string[], most: number, chance: Chance): string[] {
  const areas = labels.filter((label) => areaOf(label) !== undefined)
  if (areas.length === 0 || chance.percent(60)) return chance.some(labels, most)
  return [...new Set([chance.pick(areas), ...chance.some(labels, most)])].slice(0, most)
}

/** How many places to ask for: mostly few, now and then more than there are. */
export function somePlaces(chance: Chance): number {
  return chance.percent(90) ? 1 + chance.below(6) : chance.pick([25, 26, 121, 1_000_000])
}

/** Keeps that a token holds so many more places, or that so many more are booked, of so many that there are. */
export function addPlaces(
  places: AllPlaces,
  label: string,
  { capacity, now, ...claim }: Claim & { readonly capacity: number; readonly now: number },
): void {
  const known = placesOf(places, label)
  known.claims = [...known.claims, claim]
  if (sum(claimsOn(places, label, now)) > capacity) known.isOversold = true
}

/** Keeps that so many places are not the token's any more, or not booked; answers how many of them were. */
export function takePlaces(
  places: AllPlaces,
  label: string,
  { token, count, now }: Omit<Claim, 'until'> & { readonly now: number },
): number {
  const known = placesOf(places, label)
  const live = known.claims.filter(({ until }) => until > now)
  const meant = live.filter((claim) => claim.token === token).sort((a, b) => a.until - b.until)
  const had = sum(meant)
  const deadlines = new Set(meant.map(({ until }) => until))
  if (deadlines.size > 1 && count < had) known.isUnsure = true
  let owed = count
  const left = meant.map((claim) => {
    const taken = Math.min(owed, claim.count)
    owed -= taken
    return { ...claim, count: claim.count - taken }
  })
  const others = live.filter((claim) => claim.token !== token)
  known.claims = [...others, ...left].filter((claim) => claim.count > 0)
  return count - owed
}

/** Keeps that all places of a token are held until another moment: those of one area, or of all. */
export function moveDeadline(
  places: AllPlaces,
  { token, until, label }: { token: string; until: number; label?: string },
): void {
  for (const [area, known] of places) {
    if (label !== undefined && label !== area) continue
    const move = (claim: Claim) => (claim.token === token ? { ...claim, until } : claim)
    known.claims = known.claims.map(move)
  }
}

/** What is taken of an area at a moment. */
export function claimsOn(places: AllPlaces, label: string, now: number): Claim[] {
  return (places.get(label)?.claims ?? []).filter(({ until }) => until > now)
}

/** How many places they are. */
export function sum(claims: readonly Claim[]): number {
  return claims.reduce((all, { count }) => all + count, 0)
}

function placesOf(places: AllPlaces, label: string): KnownPlaces {
  const known = places.get(label) ?? { claims: [], isUnsure: false, isOversold: false }
  places.set(label, known)
  return known
}
