import { NO_SUCH_LABEL, type Asked, type AskedStep, type Opening } from '../requests.ts'
import {
  becomes,
  isLapsed,
  letGo,
  lookOf,
  ofResale,
  onOffer,
  restOf,
  verdict,
  type Rest,
  type Single,
} from './rules.ts'
import { offeredTo, type Epoch, type Offered } from './terms.ts'
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
}

/** Takes one object through everything that a request asks of it, up to and with the last place given. */
export function walk(asked: Asked, met: Met, lastPlace = Infinity): Walk {
  const { object, before, now } = met
  const start = restOf(before, now)
  const walked: Walking = { lines: [], version: before?.version ?? 0, at: start }
  if (isLapsed(before, now)) advance(walked, start, { from: 'held', isExpiry: true })
  if (asked.verb !== 'change') {
    const single = asked as Single
    const code = verdict(single, start, offerOf(met, { eventIds: [eventOf(object)], ...asked }))
    if (code !== 'yes') return refusedAt(walked, code, 0)
    const isExpiry = asked.verb === 'move-token' && asked.minutes === 0
    advance(walked, becomes(single, start), { isExpiry })
    return { lines: walked.lines, end: walked.at }
  }
  for (const { place } of inOrder(asked).filter((it) => it.object === object)) {
    const step = asked.steps?.[place]
    if (step === undefined || place > lastPlace) break
    const code = object.endsWith(` ${NO_SUCH_LABEL}`)
      ? 'unknown-object'
      : verdictOf(step, walked.at, offerOf(met, { ...step, eventIds: step.events.map(idOf) }))
    if (code !== 'yes') return refusedAt(walked, code, place)
    advance(walked, afterStep(step, walked.at), { isExpiry: false, orderId: step.orderId })
  }
  return { lines: walked.lines, end: walked.at }
}

const idOf = ({ eventId }: { eventId: string }) => eventId
const eventOf = (object: string) => object.slice(0, object.indexOf(' '))

function offerOf(
  { object, epoch }: Met,
  { eventIds, ...opening }: Opening & { readonly eventIds: readonly string[] },
): Offered {
  if (epoch === undefined) return { isOpened: true, isForSale: true }
  return offeredTo(epoch, { object, eventIds }, opening)
}

interface Walking {
  readonly lines: Line[]
  version: number
  at: Rest
}

function advance(
  walked: Walking,
  to: Rest,
  how: { isExpiry: boolean; from?: string; orderId?: string | undefined },
): void {
  walked.version += 1
  walked.lines.push({ version: walked.version, from: walked.at.status, to: to.status, ...how })
  walked.at = to
}

function refusedAt({ lines, at }: Walking, code: string, place: number): Walk {
  return { lines, end: at, refused: { code, from: at.status, place } }
}

/** Yes, or the refusal, in the order of precedence: the status, then the channel, then the sale. */
function verdictOf(step: AskedStep, rest: Rest, offered: Offered): string {
  const code = statusVerdict(step, rest)
  if (code !== 'yes') return code
  const isLeaving = rest.status === 'free' || rest.status === 'resale'
  const isTaking = step.to !== 'free' && step.to !== 'resale' && step.to !== 'back'
  return onOffer(rest, isLeaving && isTaking ? offered : { ...offered, isForSale: true })
}

function statusVerdict(step: AskedStep, rest: Rest): string {
  const { to, holdToken, allowed, rejected, listingId } = step
  const { status } = rest
  if (allowed?.includes(status) === false) return 'previous-not-allowed'
  if (rejected?.includes(status) === true) return 'previous-rejected'
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
export function changeFault(asked: Asked, change: Change, epoch: Epoch): string | undefined {
  const { object, before, after } = change
  const isNamed = asked.parts.some(({ eventId, labels }) =>
    labels.some((label) => object === `${eventId} ${label}`),
  )
  const isOfAll = asked.isAll === true || asked.verb === 'move-token'
  if (asked.verb === 'create-token' || !(isNamed || isOfAll)) return 'it was not asked for'
  const { lines, end, refused } = walk(asked, { object, before, now: after.at, epoch })
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
