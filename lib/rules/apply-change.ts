import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { mergeExtraData } from './extra-data.ts'
import { isStatusChange, type Change, type StatusChange } from './machine.ts'
import { returned, type Return, type SeatNotes, type SeatState } from './seat.ts'
import type { Target } from './situations.ts'

/** What an object becomes by a change that its rule allows. `before` is how it is at rest at that moment. */
export function stateAfter(
  before: SeatState,
  change: Change,
  given: NonNullable<Target['given']> = {},
): SeatState {
  if (isStatusChange(change)) return changed(before, change, given)
  switch (change.kind) {
    case 'hold': {
      const kept = before.status === 'held' ? before : resaleOf(before)
      return held(change, {
        ...kept,
        ...returnOf(before),
        ...defined({ extraData: change.extraData }),
      })
    }
    case 'extend':
      return held(change, { ...before, ...returnOf(before) })
    case 'book-held': {
      const merged = mergeExtraData(before.extraData, change.extraData)
      const { orderId, ticketType } = before
      const kept = defined({ orderId, ticketType })
      const notes = { ...resaleOf(before), ...kept, ...defined({ extraData: merged }) }
      return { status: 'booked', ...notes, ...returnOf(before) }
    }
    case 'release':
    case 'release-held':
    case 'expire':
      return returned(before)
    case 'override-season':
    case 'use-season':
      return before
    case 'annotate': {
      const { extraData, ...rest } = before
      return { ...rest, ...defined({ extraData: given.extraData }) }
    }
  }
}

/** The seasons that an object overrides after a change; of one about seasons, which of them is meant. */
export function overriddenAfter(
  before: readonly string[] = [],
  change: Change,
  seasonId: string | undefined,
): readonly string[] | undefined {
  if (seasonId === undefined) return before.length === 0 ? undefined : before
  const others = before.filter((it) => it !== seasonId)
  const after = change.kind === 'override-season' ? [...others, seasonId] : others
  return after.length === 0 ? undefined : after
}

/** Order id and ticket type are replaced by every change, extra data too unless it is to be kept. */
function changed(
  before: SeatState,
  change: StatusChange,
  given: NonNullable<Target['given']>,
): SeatState {
  const kept = change.keepExtraData === true ? before.extraData : undefined
  const notes: SeatNotes = {
    ...defined({ orderId: change.orderId, extraData: given.extraData ?? kept }),
  }
  const ticket = defined({ ticketType: given.ticketType })
  switch (change.kind) {
    case 'set-free':
      return { status: 'free', ...notes, ...ticket }
    case 'set-back':
      return { ...back(before), ...notes, ...ticket }
    case 'set-resale': {
      const listing = change.resaleListingId ?? before.resaleListingId
      return { status: 'resale', ...notes, ...ticket, ...defined({ resaleListingId: listing }) }
    }
    case 'set-held':
      return held(change, { ...resaleOf(before), ...notes, ...ticket, ...returnOf(before) })
    case 'set-booked':
      return { status: 'booked', ...resaleOf(before), ...notes, ...ticket, ...returnOf(before) }
    case 'set-custom': {
      const { status: name } = change
      const rest = { ...resaleOf(before), ...notes, ...ticket, ...returnOf(before) }
      return { status: 'custom', name, ...rest }
    }
  }
}

/** Where a release leads: out of a resale too. */
function back(before: SeatState): SeatState {
  return before.status === 'resale' ? { status: 'free' } : returned(before)
}

function held(
  { holdToken, until }: { holdToken: string; until: Instant },
  { extraData, orderId, ticketType, resaleListingId, returnsTo }: SeatNotes & Return,
): SeatState {
  return {
    status: 'held',
    holdToken,
    heldUntil: until,
    ...defined({ extraData, orderId, ticketType, resaleListingId, returnsTo }),
  }
}

/** What a taken object keeps of its resale, so that a release can restore it. */
function resaleOf({ resaleListingId }: SeatState): Pick<SeatNotes, 'resaleListingId'> {
  return defined({ resaleListingId })
}

function returnOf(before: SeatState): Return {
  const isFromResale = before.status === 'resale' || ('returnsTo' in before && before.returnsTo)
  return isFromResale ? { returnsTo: 'resale' } : {}
}
