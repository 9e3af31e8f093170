import type { Instant } from '../clock.ts'
import type { ExtraDataText, Situation } from './seat.ts'

/** What a caller asks for a set of objects. */
export type Change =
  | {
      readonly kind: 'hold'
      readonly holdToken: string
      readonly until: Instant
      readonly categoryKey?: string
      readonly extraData?: ExtraDataText
    }
  | { readonly kind: 'extend'; readonly holdToken: string; readonly until: Instant }
  | { readonly kind: 'book-held'; readonly holdToken: string; readonly extraData?: ExtraDataText }
  | { readonly kind: 'release' }
  | { readonly kind: 'release-held'; readonly holdToken: string }

/** Why one object refuses a change; the order is the order of precedence. */
export const seatRefusalCodes = [
  'unknown-object',
  'not-for-sale',
  'seat-booked',
  'held-by-another',
  'not-held-by-token',
  'not-taken',
  'extra-data-too-large',
  'busy',
] as const

export type SeatRefusalCode = (typeof seatRefusalCodes)[number]

/** The rule book: change × situation → yes, or the refusal. Every rule about a single object stands here. */
export const rules = {
  hold: {
    unknown: 'unknown-object',
    'not-for-sale': 'not-for-sale',
    free: 'yes',
    mine: 'yes',
    theirs: 'held-by-another',
    booked: 'seat-booked',
  },
  extend: {
    unknown: 'not-held-by-token',
    'not-for-sale': 'not-held-by-token',
    free: 'not-held-by-token',
    mine: 'yes',
    theirs: 'not-held-by-token',
    booked: 'not-held-by-token',
  },
  'book-held': {
    unknown: 'not-held-by-token',
    'not-for-sale': 'not-held-by-token',
    free: 'not-held-by-token',
    mine: 'yes',
    theirs: 'not-held-by-token',
    booked: 'not-held-by-token',
  },
  release: {
    unknown: 'not-taken',
    'not-for-sale': 'not-taken',
    free: 'not-taken',
    mine: 'yes',
    theirs: 'yes',
    booked: 'yes',
  },
  'release-held': {
    unknown: 'not-taken',
    'not-for-sale': 'not-taken',
    free: 'not-taken',
    mine: 'yes',
    theirs: 'not-taken',
    booked: 'not-taken',
  },
} as const satisfies Record<Change['kind'], Record<Situation, 'yes' | SeatRefusalCode>>
