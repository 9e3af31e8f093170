import { channelOf, conflictOf, effective, isForSale, isSold } from './effective.ts'
import { no, ok, type Step, type Verdict } from './requests.ts'
import {
  NO_CHANNEL,
  isSelectable,
  ownOf,
  returned,
  type Own,
  type Show,
  type Status,
  type World,
} from './state.ts'

// Changes of one object by the words of seats.io: the preconditions in their order (4.3), the transition table (4.2), the
// effects (4.4).

/** Where it happens. */
export interface Place {
  readonly world: World
  readonly show: Show
  readonly label: string
  /** The channel that counts for a group (8); undefined where its events disagree. */
  readonly channel: string | undefined
}

const illegal = no(400, 'ILLEGAL_STATUS_CHANGE')
const notHeld = no(400, 'NOT_HELD_BY_TOKEN')

/** The status that a step asks for. */
export function targetOf({ to }: Step): Status {
  return to.startsWith('=') ? to.slice(1) : to
}

/** Whether an object may be changed. */
export function judgeStep(place: Place, step: Step): Verdict {
  const { world, show, label } = place
  const own = ownOf(show, label)
  const isLetGo = step.to === 'RELEASE' || step.to === 'free'
  const isThere = isSold(world, show, label)
  // What somebody has of what is not sold any more can be let go.
  if (!isThere && !(isLetGo && own.status !== 'free')) return no(404, 'OBJECT_NOT_FOUND')
  const { status } = effective(world, show, label)
  const { allowed = [status], rejected = [] } = step
  if (!allowed.includes(status) || rejected.includes(status)) return illegal
  const byStatus = judgeStatus(place, step, own)
  if (!byStatus.isOk || !isThere) return byStatus
  // "to objects in `resale`" channels do not apply (5.6).
  if (own.status !== 'resale' && !isOpened(place, step)) return no(400, 'OBJECT_IN_CHANNEL')
  const isTaking = isSelectable(own) && !['free', 'RELEASE', 'resale'].includes(step.to)
  if (isTaking && !isForSale(world, show, label)) return no(400, 'OBJECT_NOT_FOR_SALE')
  return ok
}

function judgeStatus({ world, show, label }: Place, step: Step, own: Own): Verdict {
  const isHold = step.to === 'reservedByToken'
  // What is in resale here is so whatever became of it elsewhere, and can be withdrawn.
  const isTaking = own.status === 'free' || !['free', 'RELEASE', 'resale'].includes(step.to)
  if (isSelectable(own) && isTaking && conflictOf(world, show, label) !== undefined) {
    // Inherited, or taken in an event: refused, whatever is asked for (18.7); a token holds nothing here (5.3).
    return step.token !== undefined && !isHold ? notHeld : illegal
  }
  if (step.token !== undefined && !isHold) {
    const isMine = own.status === 'reservedByToken' && own.token === step.token
    return isMine ? ok : notHeld
  }
  return isTransition(own, step) ? ok : illegal
}

/** The transition table (4.2), where no other token is in the way. */
function isTransition(own: Own, step: Step): boolean {
  const isMine = own.status === 'reservedByToken' && own.token === step.token
  switch (step.to) {
    case 'free':
    case 'RELEASE':
      return true
    case 'booked':
      return own.status !== 'booked'
    case 'reservedByToken':
      return isSelectable(own) || isMine
    case 'resale':
      return own.status !== 'resale' || step.listing !== undefined
    default:
      return own.status !== targetOf(step)
  }
}

/** The channel rule (5.6). */
function isOpened({ channel }: Place, { channels = [], ignoresChannels }: Step): boolean {
  if (ignoresChannels === true) return true
  if (channel === undefined) return false
  return channels.length === 0 ? channel === NO_CHANNEL : channels.includes(channel)
}

/** "An object counts as being in channel `k` for the group only if it is in `k` in every event" (8). */
export function channelFor(
  world: World,
  shows: readonly Show[],
  label: string,
): string | undefined {
  const [first, ...rest] = new Set(shows.map((show) => channelOf(world, show, label)))
  return rest.length === 0 ? first : undefined
}

/** Makes the change of an object (4.4), and its line in the log (19.3). */
export function makeStep({ world, show, label }: Place, step: Step): void {
  const own = ownOf(show, label)
  const after = afterStep(world, own, step)
  show.own.set(label, after)
  const { order, token } = step
  show.lines.push({ label, status: after.status, order, token, origin: 'API_CALL' })
  show.told.push({ label, status: after.status })
}

function afterStep(world: World, own: Own, step: Step): Own {
  const { order, ticket, token, listing } = step
  const data = step.data ?? (step.keepsData === true ? own.data : undefined)
  const notes = { order, ticket, data }
  const isFromResale = own.status === 'resale' || own.back === 'resale'
  const back = isFromResale ? { back: 'resale' as const, listing: own.listing } : {}
  switch (step.to) {
    case 'free':
      return { status: 'free', ...notes }
    case 'RELEASE':
      return { ...(own.status === 'resale' ? { status: 'free' } : returned(own)), ...notes }
    case 'resale':
      return { status: 'resale', ...notes, listing: listing ?? own.listing }
    case 'reservedByToken': {
      const until = token === undefined ? undefined : world.tokens.get(token)?.until
      return { status: 'reservedByToken', token, until, ...notes, ...back }
    }
    case 'booked':
    default:
      return { status: targetOf(step), ...notes, ...back }
  }
}
