import { defined } from '../../defined.ts'
import type { SeatRefusalCode } from '../../rules/machine.ts'
import type { Refusal } from '../../refusals.ts'
import { tell } from '../../refusals/refusal-table.ts'
import type { ErrorCode, Wording } from '../wording.ts'
import { toStatusName } from './statuses.ts'

type SeatsRefused = Extract<Refusal, { code: 'seats-refused' }>
type NotInSeason = Extract<Refusal, { code: 'event-not-in-season' }>
type StatusRefused = Extract<Refusal, { code: 'status-refused' }>

/** Words a refused change of seats: the first object that refuses decides. */
export function wordSeats({ seats }: SeatsRefused): Wording {
  const [first] = seats
  if (first === undefined) return { ...codes.busy, message: 'The change was refused' }
  return { ...codes[first.code], message: words[first.code](first.label) }
}

/** Words a refused change of status; the errors of the two guards are compared as a whole, so they say nothing else. */
export function wordStatus(refusal: StatusRefused): Wording {
  const { reason, label } = refusal
  const kind = codes[reason]
  if (kind.code !== 'ILLEGAL_STATUS_CHANGE') {
    const message = words[reason](label)
    const left = refusal.left === undefined ? '' : `: ${refusal.left} left`
    return { ...kind, message: `${message}${left}`, data: dataOf(refusal) }
  }
  const from = toStatusName(refusal.from)
  const change = `Cannot change from [${from}] to [${toStatusName(refusal.to)}]`
  if (reason === 'previous-not-allowed') {
    return {
      ...kind,
      message: `${change}: ${from} is not in the list of allowed previous statuses`,
    }
  }
  if (reason === 'previous-rejected') {
    return { ...kind, message: `${change}: ${from} is in the list of rejected previous statuses` }
  }
  const data = dataOf(refusal)
  return { ...kind, message: `${change}: ${label} is not free`, data }
}

/** Words that an event is not in the season that a request means, or in none. */
export function wordNotInSeason(refusal: NotInSeason): Wording {
  const { eventKey: event, seasonKey: season, place: index } = refusal
  const { message } = tell(refusal)
  const data = { event, ...defined({ season, index }) }
  return { status: 400, code: 'EVENT_NOT_IN_SEASON', message, data }
}

function dataOf({ label, eventKey, place, left }: StatusRefused) {
  return { object: label, event: eventKey, ...defined({ index: place, placesLeft: left }) }
}

const illegal = { status: 400, code: 'ILLEGAL_STATUS_CHANGE' } as const
const notFound = { status: 404, code: 'OBJECT_NOT_FOUND' } as const

const codes = {
  'unknown-object': notFound,
  'previous-not-allowed': illegal,
  'previous-rejected': illegal,
  'in-another-channel': { status: 400, code: 'OBJECT_IN_CHANNEL' },
  'not-for-sale': { status: 400, code: 'OBJECT_NOT_FOR_SALE' },
  'seat-booked': illegal,
  'held-by-another': illegal,
  'status-not-allowed': illegal,
  'not-held-by-token': { status: 400, code: 'NOT_HELD_BY_TOKEN' },
  'not-taken': illegal,
  'not-enough-places': { status: 400, code: 'NOT_ENOUGH_PLACES' },
  'quantity-not-allowed': { status: 400, code: 'GENERAL_ERROR' },
  'extra-data-too-large': { status: 400, code: 'GENERAL_ERROR' },
  busy: { status: 429, code: 'RATE_LIMIT_EXCEEDED' },
} as const satisfies Record<SeatRefusalCode, { status: number; code: ErrorCode }>

const isNotFree = (label: string) => `${label} is not free`

const words = {
  'unknown-object': (label) => `Object not found: ${label}`,
  'previous-not-allowed': (label) => `${label} is not in an allowed previous status`,
  'previous-rejected': (label) => `${label} is in a rejected previous status`,
  'in-another-channel': (label) => `The request does not open the channel of ${label}`,
  'not-for-sale': (label) => `Object not for sale: ${label}`,
  'seat-booked': isNotFree,
  'held-by-another': isNotFree,
  'status-not-allowed': isNotFree,
  'not-held-by-token': (label) => `${label} is not held by this hold token`,
  'not-taken': (label) => `${label} is free already`,
  'not-enough-places': (label) => `Not enough places in ${label}`,
  'quantity-not-allowed': (label) =>
    `${label} is no area whose places are sold one by one: its quantity is 1`,
  'extra-data-too-large': (label) => `The extra data of ${label} is too large`,
  busy: (label) => `${label} is being changed by others: nothing was done, try again`,
} as const satisfies Record<SeatRefusalCode, (label: string) => string>
