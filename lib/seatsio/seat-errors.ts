import type { SeatRefusalCode } from '../inventory/machine.ts'
import type { Refusal } from '../inventory/refusals.ts'
import type { Wording } from './errors.ts'

type SeatsRefused = Extract<Refusal, { code: 'seats-refused' }>

/** Words a refused change of seats: the first object that refuses decides. */
export function wordSeats({ seats }: SeatsRefused): Wording {
  const [first] = seats
  if (first === undefined) return illegal('The change was refused')
  return seatWords[first.code](first.label)
}

function illegal(message: string): Wording {
  return { status: 400, code: 'ILLEGAL_STATUS_CHANGE', message }
}

const seatWords = {
  'unknown-object': (label) => ({
    status: 404,
    code: 'OBJECT_NOT_FOUND',
    message: `Object not found: ${label}`,
  }),
  'previous-not-allowed': (label) =>
    illegal(`${label} is not in the list of allowed previous statuses`),
  'previous-rejected': (label) => illegal(`${label} is in the list of rejected previous statuses`),
  'not-for-sale': (label) => ({
    status: 400,
    code: 'OBJECT_NOT_FOR_SALE',
    message: `Object not for sale: ${label}`,
  }),
  'seat-booked': (label) => illegal(`${label} is not free`),
  'held-by-another': (label) => illegal(`${label} is not free`),
  'status-not-allowed': (label) => illegal(`${label} is not free`),
  'not-held-by-token': (label) => ({
    status: 400,
    code: 'NOT_HELD_BY_TOKEN',
    message: `${label} is not held by this hold token`,
  }),
  'not-taken': (label) => illegal(`${label} is free already`),
  'extra-data-too-large': (label) => ({
    status: 400,
    code: 'GENERAL_ERROR',
    message: `The extra data of ${label} is too large`,
  }),
  busy: (label) => ({
    status: 429,
    code: 'RATE_LIMIT_EXCEEDED',
    message: `${label} is being changed by others: nothing was done, try again`,
  }),
} as const satisfies Record<SeatRefusalCode, (label: string) => Wording>
