import type { Asked, AskedStep, Opening } from '../requests.ts'
import {
  becomes,
  isLapsed,
  isSelectable,
  letGo,
  lookOf,
  ofResale,
  onOffer,
  placeTaken,
  restOf,
  takenBesides,
  verdict,
  type Around,
  type Rest,
  type Single,
} from './rules.ts'
import { familyOf, sharersOf } from './tables.ts'
import { offeredTo, type Epoch } from './terms.ts'
import type { Change, Notes, State } from './timeline.ts'

// What ordered steps make of an object, each of what the ones before have left: the contract's rules of status changes, written
// anew here. A request without steps is one step.

/** One version of an object, as history has to tell it. */
export interface Line {
  readonly version: number
  readonly from: string
  readonly to: string
  readonly isExpiry: boolean
  readonly orderId?: string | undefined
}

/** What became of one object: a version for each step, or why a step refuses it. */
export interface Walk {
  readonly lines: readonly Line[]
  readonly end: Rest
  readonly refused?: { readonly code: string; readonly from: string; readonly place: number }
}

/** Each object of each step in the order in which they are changed. */
export function inOrder(asked: Asked): { place: number; object: string }[] {
  return (asked.steps ?? []).flatMap(({ events, labels }, place) =>
    events.flatMap(({ eventId }) =>
      labels.map((label) => ({ place, object: `${eventId} ${label}` })),
    ),
  )
}

/** An object as a request meets it. */
export interface Met {
  readonly object: string
  readonly before: State | undefined
  /** By the asker's clock. */
  readonly now: number
  /** What events said of selling; without it, nothing of that is in the way. */
  readonly epoch?: Epoch
  /** Of a table and its seats, what each of them is: without it, they are not in each other's way. */
  readonly family?: ReadonlyMap<string, State | undefined>
}

/** Takes one object through everything that a request asks of it, up to and with the last place given. */
export function walk(asked: Asked, met: Met, lastPlace = Infinity): Walk {
  const { object, before, now, family = new Map<string, State | undefined>() } = met
  const start = restOf(before, now)
  const version = before?.version ?? 0
  const walked: Walking = { object, lines: [], version, at: start, rests: new Map() }
  for (const [name, state] of family) walked.rests.set(name, restOf(state, now))
  walked.rests.set(object, start)
  if (isLapsed(before, now)) advance(walked, object, { to: start, from: 'held', isExpiry: true })
  // What was only in the way of something, and had lapsed, is ended and left.
  if (!isAsked(asked, object)) return { lines: walked.lines, end: walked.at }
  if (asked.verb !== 'change') {
    const single = asked as Single
    const opened = { eventIds: [eventOf(object)], ...asked }
    const code = verdict(single, start, aroundOf(walked, met, { object, opened }))
    if (code !== 'yes') return refusedAt(walked, { code, from: start.status, place: 0 })
    const isExpiry = asked.verb === 'move-token' && asked.minutes === 0
    advance(walked, object, { to: becomes(single, start), isExpiry })
    return { lines: walked.lines, end: walked.at }
  }
  const members = new Set([object, ...(family.size > 0 ? familyOf(object) : [])])
  for (const it of inOrder(asked)) {
    const step = asked.steps?.[it.place]
    if (step === undefined || it.place > lastPlace) break
    if (!members.has(it.object)) continue
    const rest = walked.rests.get(it.object) ?? { status: 'free', notes: {} }
    const opened = { ...step, eventIds: step.events.map(idOf) }
    const around = aroundOf(walked, met, { object: it.object, opened })
    const code = verdictOf(step, rest, around)
    if (code === 'yes') {
      const to = afterStep(step, rest)
      advance(walked, it.object, { to, isExpiry: false, orderId: step.orderId })
    } else if (it.object === object) {
      const isUnknown = !around.offered.isKnown
      const { status: from } = isUnknown ? rest : (around.besides ?? rest)
      return refusedAt(walked, { code, from, place: it.place })
    }
  }
  return { lines: walked.lines, end: walked.at }
}

/** Whether a request may have meant this object. */
function isAsked({ parts, isAll, verb }: Asked, object: string): boolean {
  if (isAll === true || verb === 'move-token') return true
  return parts.some(({ eventId, labels }) =>
    labels.some((label) => object === `${eventId} ${label}`),
  )
}

const idOf = ({ eventId }: { eventId: string }) => eventId
const eventOf = (object: string) => object.slice(0, object.indexOf(' '))

type Opened = Opening & { readonly eventIds: readonly string[] }

function aroundOf(
  { rests }: Walking,
  { epoch }: Met,
  { object, opened: { eventIds, ...opening } }: { object: string; opened: Opened },
): Around {
  const everything = { isKnown: true, isOpened: true, isForSale: true }
  const sharers = sharersOf(object).flatMap((name) => rests.get(name) ?? [])
  return {
    offered: epoch === undefined ? everything : offeredTo(epoch, { object, eventIds }, opening),
    besides: takenBesides(rests.get(object) ?? { status: 'free', notes: {} }, sharers),
  }
}

interface Walking {
  readonly object: string
  readonly lines: Line[]
  version: number
  at: Rest
  /** Of the object and of what shares its places. */
  readonly rests: Map<string, Rest>
}

interface Advance extends Pick<Line, 'isExpiry' | 'orderId'> {
  readonly to: Rest
  readonly from?: string
}

/** Lines are those of the one object whose walk it is. */
function advance(
  walked: Walking,
  name: string,
  { to, from = walked.at.status, ...how }: Advance,
): void {
  walked.rests.set(name, to)
  if (name !== walked.object) return
  walked.version += 1
  walked.lines.push({ version: walked.version, from, to: to.status, ...how })
  walked.at = to
}

function refusedAt({ lines, at }: Walking, refused: NonNullable<Walk['refused']>): Walk {
  return { lines, end: at, refused }
}

/** Yes, or the refusal, in the order of precedence: the status, then the channel, then the sale. */
function verdictOf(step: AskedStep, rest: Rest, { offered, besides }: Around): string {
  const isGivenBack = (step.to === 'free' || step.to === 'back') && rest.status !== 'free'
  if (!offered.isKnown && !isGivenBack) return 'unknown-object'
  const code = statusVerdict(step, rest, besides)
  if (code !== 'yes' || !offered.isKnown) return code
  const isTaking = step.to !== 'free' && step.to !== 'resale' && step.to !== 'back'
  const isSold = !isSelectable(rest) || !isTaking || offered.isForSale
  return onOffer(rest, { ...offered, isForSale: isSold })
}

function statusVerdict(step: AskedStep, rest: Rest, besides: Rest | undefined): string {
  const { to, holdToken, allowed, rejected, listingId } = step
  const { status } = besides ?? rest
  if (allowed?.includes(status) === false) return 'previous-not-allowed'
  if (rejected?.includes(status) === true) return 'previous-rejected'
  if (besides !== undefined) {
    return to !== 'held' && holdToken !== undefined ? 'not-held-by-token' : placeTaken(besides)
  }
  const look = lookOf(rest, holdToken)
  if (to === 'held') {
    const no = { theirs: 'held-by-another', booked: 'seat-booked', custom: 'status-not-allowed' }
    return look in no ? no[look as keyof typeof no] : 'yes'
  }
  if (holdToken !== undefined) return look === 'mine' ? 'yes' : 'not-held-by-token'
  const isRelisted = to === 'resale' && listingId !== undefined
  const repeats = to === status && to !== 'free' && !isRelisted
  return repeats ? 'status-not-allowed' : 'yes'
}

function afterStep(step: AskedStep, before: Rest): Rest {
  const { to, holdToken, listingId } = step
  const own = notesOf(step, before)
  switch (to) {
    case 'free':
      return { status: 'free', notes: own }
    case 'back': {
      const back: Rest =
        before.status === 'resale' ? { status: 'free', notes: {} } : letGo(before.notes)
      return { ...back, notes: { ...back.notes, ...own } }
    }
    case 'resale': {
      const listing = listingId ?? before.notes.listing
      return { status: 'resale', notes: { ...own, ...(listing === undefined ? {} : { listing }) } }
    }
    case 'held':
      return { status: 'held', token: holdToken, notes: { ...ofResale(before), ...own } }
    case 'booked':
    default:
      return { status: to, notes: { ...ofResale(before), ...own } }
  }
}

/** What the step says of its objects, and nothing of what was said before unless it is to be kept. */
function notesOf({ orderId, ticketType, extraData, keepsData }: AskedStep, before: Rest): Notes {
  const data = extraData ?? (keepsData === true ? before.notes.extraData : undefined)
  return {
    ...(orderId === undefined ? {} : { orderId }),
    ...(ticketType === undefined ? {} : { ticketType }),
    ...(data === undefined ? {} : { extraData: data }),
  }
}

/** What is wrong with a change that a request made, or undefined. */
export function changeFault(
  asked: Asked,
  change: Change,
  around: Required<Pick<Met, 'epoch' | 'family'>>,
): string | undefined {
  const { object, before, after } = change
  if (asked.verb === 'create-token' || !isAsked(asked, object)) return 'it was not asked for'
  const { lines, end, refused } = walk(asked, { object, before, now: after.at, ...around })
  if (refused !== undefined) return `it should have been refused: ${refused.code}`
  const version = lines.at(-1)?.version
  if (after.version !== version) return `its version should be ${version}`
  if (after.status !== end.status) return `it should be ${end.status}`
  if (sorted(after.notes) !== sorted(end.notes)) return `its notes should be ${sorted(end.notes)}`
  if (after.status !== 'held') {
    const isClear = after.token === undefined && after.until === undefined
    return isClear ? undefined : 'a hold is left on it'
  }
  if (after.token !== end.token) return 'it is held for somebody else'
  if (asked.holdMs === undefined) return undefined
  return Number(after.until) - asked.holdMs > after.at ? 'it is held for too long' : undefined
}

/** Notes as a text that is the same for the same notes. */
export function sorted(notes: Notes): string {
  return JSON.stringify(Object.entries(notes).sort(([left], [right]) => (left < right ? -1 : 1)))
}
