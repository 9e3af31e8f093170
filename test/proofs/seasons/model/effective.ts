import {
  NO_CHANNEL,
  TABLE,
  isSelectable,
  othersOf,
  ownOf,
  showAt,
  tableSeats,
  type Own,
  type Show,
  type World,
} from './state.ts'

// How an object looks, from where it stands: 18.7 and 18.9, with tables (14).

/** The top-level season that a show is, or is of. */
export function topOf(world: World, show: Show): Show | undefined {
  if (show.role === 'whole') return show
  return show.top === undefined ? undefined : showAt(world, show.top)
}

/** The partial seasons of a top-level season, in order of creation. */
export function partsOf(world: World, top: Show): Show[] {
  return [...world.shows.values()].filter(({ role, top: id }) => role === 'part' && id === top.id)
}

/** The seasons that contain an event: top-level first, then partial seasons in order of creation (18.7). */
export function seasonsOf(world: World, event: Show): Show[] {
  const top = topOf(world, event)
  if (top === undefined) return []
  return [top, ...partsOf(world, top).filter(({ members }) => members.includes(event.id))]
}

/** Another object whose places are the same. */
interface Claim {
  readonly show: Show
  readonly label: string
}

/** All that must be free for an object to be taken, in the order in which it is told (18.7, 14). */
export function claimsOn(world: World, show: Show, label: string): Claim[] {
  const others = othersOf(label)
  const atTable = others.map((other) => ({ show, label: other }))
  const names = [label, ...others]
  if (show.role === 'plain') return atTable
  if (show.role === 'event') {
    const seasons = seasonsOf(world, show)
    return [...atTable, ...names.flatMap((name) => notOverridden(show, seasons, name))]
  }
  const seasons = seasonsBeside(world, show)
  const events = membersOf(world, show).filter(({ isPast }) => !isPast)
  return [
    ...atTable,
    ...names.flatMap((name) => seasons.map((season) => ({ show: season, label: name }))),
    // "of the first such event in order of creation".
    ...events.flatMap((event) => names.map((name) => ({ show: event, label: name }))),
  ]
}

/** "own(s, o) if it is not `free` and over(e, s, o) = 0" (18.7). */
function notOverridden(event: Show, seasons: readonly Show[], label: string): Claim[] {
  const over = event.over.get(label)
  return seasons
    .filter((season) => over?.has(season.id) !== true)
    .map((season) => ({ show: season, label }))
}

/** "in the top-level or partial seasons that share an event with it" (18.7). */
function seasonsBeside(world: World, season: Show): Show[] {
  const top = topOf(world, season)
  if (top === undefined) return []
  const parts = partsOf(world, top).filter(({ id }) => id !== season.id)
  if (season.role === 'whole') return parts.filter(({ members }) => members.length > 0)
  const sharing = parts.filter(({ members }) => members.some((id) => season.members.includes(id)))
  return [top, ...sharing]
}

/** The events of a season, in order of creation. */
export function membersOf(world: World, season: Show): Show[] {
  return [...season.members].sort((a, b) => a - b).map((id) => showAt(world, id))
}

/** As what somebody has the places of an object who is not its buyer: what is in resale has an owner until it is bought. */
function takenAs({ status }: Own): Own | undefined {
  if (status === 'free') return undefined
  return { status: status === 'resale' ? 'booked' : status }
}

/** As what the first of its claims takes the places of an object. */
export function conflictOf(world: World, show: Show, label: string): Own | undefined {
  return claimsOn(world, show, label)
    .map((claim) => takenAs(ownOf(claim.show, claim.label)))
    .find((taken) => taken !== undefined)
}

/** The effective status of an object, with what comes along (18.7). */
export function effective(world: World, show: Show, label: string): Own {
  const own = ownOf(show, label)
  if (own.status !== 'free') return own
  for (const claim of claimsOn(world, show, label)) {
    const there = ownOf(claim.show, claim.label)
    if (there.status === 'free') continue
    // "An inherited status brings the season's order id, ticket type, extra data and hold token"; else only the status shows.
    if (claim.label === label && isInherited(world, show, claim.show)) return there
    return { ...own, ...takenAs(there) }
  }
  return own
}

/** An event inherits of the seasons that contain it, a partial season of the top-level one. */
function isInherited(world: World, show: Show, of: Show): boolean {
  if (show.role === 'event') return of.role !== 'event'
  return show.role === 'part' && of === topOf(world, show)
}

/** Whether the label is an object (14): a table or its seats; the season says it for its events. */
export function isSold(world: World, show: Show, label: string): boolean {
  const { isByTable } = topOf(world, show) ?? show
  if (label === TABLE) return isByTable
  return !isByTable || !(tableSeats as readonly string[]).includes(label)
}

/** Whether it is for sale (16, 18.9). For a seat at a table, the table's label counts too. */
export function isForSale(world: World, show: Show, label: string): boolean {
  const top = topOf(world, show)
  if (show.role === 'event') {
    const isOffInSeason = top?.isPropagated === true && isListed(top, label)
    return !isOffInSeason && !isListed(show, label)
  }
  if (top !== undefined && isListed(top, label)) return false
  const events = membersOf(world, show).filter(({ isPast }) => !isPast)
  return ![show, ...events].some((it) => isListed(it, label))
}

function isListed({ offSale }: Show, label: string): boolean {
  const isAtTable = (tableSeats as readonly string[]).includes(label)
  return offSale.has(label) || (isAtTable && offSale.has(TABLE))
}

/** The channel that an object is in (15, 18.9). */
export function channelOf(world: World, show: Show, label: string): string {
  const own = show.channels.get(label)
  const top = topOf(world, show)
  return own ?? top?.channels.get(label) ?? NO_CHANNEL
}

/** An object as it is told (12.5). */
export interface Info {
  readonly status: string
  readonly orderId?: string | undefined
  readonly ticketType?: string | undefined
  readonly extraData?: string | undefined
  readonly holdToken?: string | undefined
  readonly resaleListingId?: string | undefined
  readonly forSale: boolean
  /** Undefined where it is not said. */
  readonly isAvailable: boolean | undefined
  readonly availabilityReason: string | undefined
  readonly channel?: string | undefined
  /** Keys of the seasons that it is in whose status does not count. */
  readonly overridden: readonly string[]
  /** Those of all seasons that it is in. */
  readonly seasons: readonly string[]
}

/** How an object is told; undefined where it is none. */
export function infoOf(world: World, show: Show, label: string): Info | undefined {
  const own = ownOf(show, label)
  // What is not sold any more is told while somebody has it (3.12 of `seatsio-resources.md`).
  if (!isSold(world, show, label) && own.status === 'free') return undefined
  const shown = effective(world, show, label)
  const forSale = isForSale(world, show, label)
  const isFree = isSelectable(shown)
  const channel = channelOf(world, show, label)
  const isOthers = own.status === 'free' || conflictOf(world, show, label) !== undefined
  const isElsewhere = shown.status === 'resale' && isOthers
  return {
    status: shown.status,
    orderId: shown.order,
    ticketType: shown.ticket,
    extraData: shown.data,
    holdToken: shown.status === 'reservedByToken' ? shown.token : undefined,
    resaleListingId: shown.status === 'resale' ? shown.listing : undefined,
    forSale,
    // What is in resale in a season can be selected there alone, and nowhere while others have it: whether it is available, nothing says.
    isAvailable: isElsewhere ? undefined : isFree && forSale,
    availabilityReason: isElsewhere ? undefined : reasonOf(shown.status, isFree, forSale),
    channel: channel === NO_CHANNEL ? undefined : channel,
    overridden: overriddenIn(world, show, label),
    seasons: seasonsOf(world, show).map(({ key }) => key),
  }
}

function reasonOf(status: string, isFree: boolean, forSale: boolean): string {
  if (!isFree) return status
  return forSale ? 'available' : 'not_for_sale'
}

function overriddenIn(world: World, show: Show, label: string): string[] {
  const over = show.over.get(label)
  return seasonsOf(world, show).flatMap(({ id, key }) => (over?.has(id) === true ? [key] : []))
}
