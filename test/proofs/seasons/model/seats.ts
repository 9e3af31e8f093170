import { channelOf, conflictOf, isForSale, isSold, seasonsOf } from './effective.ts'
import { channelFor, judgeStep, makeStep } from './changes.ts'
import {
  no,
  ok,
  type Entry,
  type Override,
  type SeatRequest,
  type Step,
  type Verdict,
} from './requests.ts'
import {
  NO_CHANNEL,
  isSelectable,
  othersOf,
  ownOf,
  returned,
  showOf,
  type Own,
  type Show,
  type World,
} from './state.ts'

// Requests that change objects. Each changes the world it is given, which is thrown away where the request is refused: "all
// entries or none" (9).

type Of<Kind extends SeatRequest['kind']> = Extract<SeatRequest, { kind: Kind }>

const noEvent = no(404, 'EVENT_NOT_FOUND')
const noToken = no(400, 'HOLD_TOKEN_NOT_FOUND')
const notFound = no(404, 'OBJECT_NOT_FOUND')

/** What the contract says of a request that changes objects. */
export function runSeats(world: World, request: SeatRequest): Verdict {
  switch (request.kind) {
    case 'batch':
      return runBatch(world, request)
    case 'group':
      return runGroup(world, request)
    case 'override':
      return runOverride(world, request.change)
    case 'annotate':
      return runAnnotate(world, request)
    case 'native':
      return runNative(world, request)
  }
}

/** "Entries apply in order, and each sees the result of those before it" (9). */
function runBatch(world: World, { entries }: Of<'batch'>): Verdict {
  if (entries.some(({ event }) => showOf(world, event) === undefined)) return noEvent
  const isTokenMissing = entries.some((entry) => !hasToken(world, entry))
  for (const entry of entries) {
    const verdict = isOverride(entry)
      ? runOverride(world, entry)
      : runStep(world, [entry.event], entry)
    if (verdict.isOk) continue
    // Which of two entries decides is not said, where one is refused and another names a token that is none (4.3, 9).
    const { status, codes = [] } = verdict
    return isTokenMissing ? no(status, ...codes, 'HOLD_TOKEN_NOT_FOUND') : verdict
  }
  return isTokenMissing ? noToken : ok
}

function isOverride(entry: Entry): entry is Override {
  return entry.to === 'override' || entry.to === 'use'
}

function hasToken(world: World, entry: Entry): boolean {
  return isOverride(entry) || entry.token === undefined || world.tokens.has(entry.token)
}

/** "All objects change in all events, or nothing changes" (8). */
function runGroup(world: World, { events, step }: Of<'group'>): Verdict {
  if (events.some((event) => showOf(world, event) === undefined)) return noEvent
  if (step.token !== undefined && !world.tokens.has(step.token)) return noToken
  return runStep(world, events, step)
}

/** Where several objects refuse, any of them may decide the answer: which of 4.3's two orders is meant, is not said. */
function runStep(world: World, events: readonly string[], step: Step): Verdict {
  const shows = events.flatMap((event) => showOf(world, event) ?? [])
  const objects = step.labels.map((label) => ({ label, channel: channelFor(world, shows, label) }))
  const codes = new Set<string>()
  for (const show of shows) {
    for (const object of objects) {
      const place = { world, show, ...object }
      const verdict = judgeStep(place, step)
      if (verdict.isOk) makeStep(place, step)
      else for (const code of verdict.codes ?? []) codes.add(code)
    }
  }
  return codes.size === 0 ? ok : no(400, ...codes)
}

/** Puts the status of a season aside, or back (10). */
function runOverride(world: World, { event, to, labels, season }: Override): Verdict {
  const show = showOf(world, event)
  if (show === undefined) return noEvent
  if (season !== undefined && showOf(world, season) === undefined) return no(404)
  // "`eventKey` must be an event in a season, else 400."
  if (show.role !== 'event') return no(400)
  const named = seasonsOf(world, show).find(({ key }) => key === season)
  if (season !== undefined && named === undefined) return no(400, 'EVENT_NOT_IN_SEASON')
  for (const label of labels) {
    if (!isSold(world, show, label)) return notFound
    // "Use while the object has its own non-free status": under any label of its places.
    const isOwn = [label, ...othersOf(label)].some((it) => ownOf(show, it).status !== 'free')
    if (to === 'use' && isOwn) return no(400, 'ILLEGAL_STATUS_CHANGE')
    const { id } = named ?? seasonMeant(world, show, label)
    const over = show.over.get(label) ?? new Set()
    if (to === 'override') over.add(id)
    else over.delete(id)
    show.over.set(label, over)
  }
  return ok
}

/** "default: the top-level season; for events whose non-free status comes from exactly one partial season: that one" (10). */
function seasonMeant(world: World, show: Show, label: string): Show {
  const seasons = seasonsOf(world, show)
  // Whether it is put aside already makes no difference: who asks twice, or wants it back, means the same season.
  const taken = seasons.filter((season) => ownOf(season, label).status !== 'free')
  const [first] = taken.length === 1 ? taken : seasons
  if (first === undefined) throw new Error('An event of a season is in one')
  return first
}

/** Extra data can be replaced in any status (11). */
function runAnnotate(world: World, { event, label, data }: Of<'annotate'>): Verdict {
  const show = showOf(world, event)
  if (show === undefined) return noEvent
  if (!isSold(world, show, label)) return notFound
  const own = ownOf(show, label)
  show.own.set(label, { ...own, data })
  return ok
}

/** The verbs of SeatBuilder's API (`seatbuilder.md`, 5): all seats or none, but for extend. */
function runNative(world: World, request: Of<'native'>): Verdict {
  const show = showOf(world, request.event)
  if (show === undefined) return no(404)
  const { verb, token, labels } = request
  const until = world.now + request.seconds * 1_000
  for (const label of labels) {
    const own = ownOf(show, label)
    if (verb === 'extend') {
      if (isHeldBy(own, token)) show.own.set(label, { ...own, until })
      continue
    }
    if (!isAllowed(world, show, { label, request, own })) return no(409)
    const after = afterVerb(own, request, until)
    show.own.set(label, after)
    show.lines.push({ label, status: after.status, token, origin: 'API_CALL' })
    show.told.push({ label, status: after.status })
  }
  return ok
}

function isHeldBy(own: Own, token: string | undefined): boolean {
  return own.status === 'reservedByToken' && own.token === token
}

function afterVerb(own: Own, { verb, token }: Of<'native'>, until: number): Own {
  if (verb === 'release') return returned(own)
  const { order, ticket, data, listing } = own
  const isFromResale = own.status === 'resale' || own.back === 'resale'
  const resale = isFromResale ? { back: 'resale' as const, listing } : {}
  const notes = isHeldBy(own, token) ? { order, ticket, data } : {}
  if (verb === 'hold') return { status: 'reservedByToken', token, until, ...notes, ...resale }
  return { status: 'booked', ...notes, ...resale }
}

function isAllowed(
  world: World,
  show: Show,
  { label, request, own }: { label: string; request: Of<'native'>; own: Own },
): boolean {
  const isMine = isHeldBy(own, request.token)
  switch (request.verb) {
    case 'hold': {
      if (isMine) return true
      const isFree = isSelectable(own) && conflictOf(world, show, label) === undefined
      const isOpen = own.status === 'resale' || channelOf(world, show, label) === NO_CHANNEL
      return isFree && isSold(world, show, label) && isOpen && isForSale(world, show, label)
    }
    case 'book':
      return isMine
    case 'release':
      return request.token === undefined ? !isSelectable(own) : isMine
    case 'extend':
      return true
  }
}
