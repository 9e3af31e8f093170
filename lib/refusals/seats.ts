import type { SeatRefusal } from '../rules/decide.ts'
import type { Change, SeatRefusalCode } from '../rules/machine.ts'
import type { StatusWord } from '../rules/seat.ts'
import { SAMPLE, type RefusalFactsOf } from './told.ts'
import { HOUR_MS } from '../limits/durations.ts'
import { HOLD_MS_MAX, OBJECTS_MAX } from '../limits/limits.ts'

/** What is refused of objects, and of the tokens that hold them. */
export type SaleRefusal =
  /** The workspace leaves booking to secret keys. */
  | { readonly code: 'booking-not-allowed' }
  | { readonly code: 'too-many-live-holds'; readonly liveHoldsMax: number }
  /** Only secret keys open channels. */
  | { readonly code: 'channels-not-allowed' }
  /** A publishable key may release only what it names the token for. */
  | { readonly code: 'release-needs-token' }
  | {
      readonly code: 'too-many-objects'
      readonly objects: number
      readonly objectsMax: number
      /** Seats of tables, and tables of seats, are counted too. */
      readonly isWithSharers?: true
    }
  /** No such token was issued here, or it has expired. */
  | { readonly code: 'hold-token-not-found'; readonly holdToken: string }
  /** The same of a token that a change of something else names. */
  | { readonly code: 'hold-token-unknown'; readonly holdToken: string }
  /** A hold needs a token. */
  | { readonly code: 'hold-token-required' }
  /** A token lives so many milliseconds from its creation at most. */
  | { readonly code: 'hold-token-too-long'; readonly lifeMsMax: number }
  /** The token has held something for as long as the workspace allows, or would not hold it longer. */
  | { readonly code: 'hold-life-used-up'; readonly holdMinutesMax: number }
  /** The holds of the token were prolonged as often as the workspace allows. */
  | { readonly code: 'extensions-used-up'; readonly extensionsMax: number }
  /** A change of several events at once is for events of one chart. */
  | { readonly code: 'charts-differ' }
  /** What a season means to objects of an event is to be changed, and it is not one of that season, or of any. */
  | {
      readonly code: 'event-not-in-season'
      readonly eventKey: string
      /** The season that was named. */
      readonly seasonKey?: string
      /** Place of the step in the request, where it has several. */
      readonly place?: number
    }
  /** The first object that refuses a status change. */
  | {
      readonly code: 'status-refused'
      readonly eventKey: string
      readonly label: string
      readonly reason: SeatRefusalCode
      readonly from: StatusWord
      readonly to: StatusWord
      /** Of an area that has not so many places: how many there are to be had. */
      readonly left?: number
      /** Place of the step in the request, where it has several. */
      readonly place?: number
    }
  | { readonly code: 'object-not-found'; readonly eventKey: string; readonly label: string }
  | {
      readonly code: 'seats-refused'
      readonly change: Change['kind']
      readonly seats: readonly SeatRefusal[]
    }

/** How each is told. */
export const saleRefusals = {
  'booking-not-allowed': {
    kind: 'forbidden',
    says: () => 'Publishable keys may not book in this workspace: use a secret key',
    when: 'The workspace leaves booking to secret keys, and the key is a publishable one.',
    sample: { code: 'booking-not-allowed' },
  },
  'too-many-live-holds': {
    kind: 'conflict',
    says: ({ liveHoldsMax }) =>
      `At most ${liveHoldsMax} objects may be held from one place at a time`,
    when: 'The publishable key holds as many objects as the workspace allows it for one address.',
    sample: { code: 'too-many-live-holds', liveHoldsMax: 20 },
  },
  'channels-not-allowed': {
    kind: 'forbidden',
    says: () => 'A publishable key opens no channels: use a secret key',
    when: 'A publishable key was sent with channels to open, and may not in this workspace; with `ignoreChannels` it never may.',
    sample: { code: 'channels-not-allowed' },
  },
  'release-needs-token': {
    kind: 'forbidden',
    says: () => 'A publishable key releases only what its token holds: send holdToken',
    when: 'A publishable key was sent without a hold token.',
    sample: { code: 'release-needs-token' },
  },
  'too-many-objects': {
    kind: 'invalid',
    says: ({ objects, objectsMax, isWithSharers }) =>
      isWithSharers === true
        ? `${objects} objects are looked at, the seats of tables and the tables of seats among them, and one request may look at ${objectsMax}`
        : `${objects} objects are meant, and one request changes at most ${objectsMax}`,
    when: 'More objects than one request may change, or so many seats at tables that are taken as a whole.',
    sample: { code: 'too-many-objects', objects: 1_200, objectsMax: OBJECTS_MAX },
  },
  'hold-token-not-found': {
    kind: 'missing',
    says: ({ holdToken }) => `Hold token not found: ${holdToken}`,
    when: 'There is no such hold token in the workspace of the key, or it has expired.',
    sample: { code: 'hold-token-not-found', holdToken: 'k3JxQ0aZ7b' },
  },
  'hold-token-unknown': {
    kind: 'invalid',
    says: () => 'Hold token unknown, or expired',
    when: 'The hold token is unknown in the workspace of the key, or has expired.',
    sample: { code: 'hold-token-unknown', holdToken: 'k3JxQ0aZ7b' },
  },
  'hold-token-required': {
    kind: 'invalid',
    says: () => 'A change to reservedByToken needs a holdToken',
    when: 'A hold was asked for without a hold token.',
    sample: { code: 'hold-token-required' },
  },
  'hold-token-too-long': {
    kind: 'invalid',
    says: ({ lifeMsMax }) =>
      `A hold token lives ${lifeMsMax / 60_000} minutes at most, from its creation`,
    when: `The token would live more than ${HOLD_MS_MAX / HOUR_MS} hours from its creation.`,
    sample: { code: 'hold-token-too-long', lifeMsMax: HOLD_MS_MAX },
  },
  'hold-life-used-up': {
    kind: 'conflict',
    says: ({ holdMinutesMax }) =>
      `A hold token holds objects for ${holdMinutesMax} minutes at most, and that time is used up`,
    when: 'The workspace caps how long a token holds anything, and this one would not hold longer.',
    sample: { code: 'hold-life-used-up', holdMinutesMax: 30 },
  },
  'extensions-used-up': {
    kind: 'conflict',
    says: ({ extensionsMax }) =>
      `The holds of a hold token are extended at most ${extensionsMax} times, holding the same again included`,
    when: 'The workspace caps how often holds are made to last longer, and these were as often.',
    sample: { code: 'extensions-used-up', extensionsMax: 2 },
  },
  'charts-differ': {
    kind: 'invalid',
    says: () => 'All events must use the same chart',
    when: 'The events are of different charts.',
    sample: { code: 'charts-differ' },
  },
  'event-not-in-season': {
    kind: 'invalid',
    says: ({ eventKey, seasonKey }) =>
      `Event ${eventKey} is not in ${seasonKey === undefined ? 'a season' : `season ${seasonKey}`}`,
    when: 'The event is not one of the season that is meant.',
    sample: { code: 'event-not-in-season', eventKey: SAMPLE.eventKey, seasonKey: 'season-27' },
  },
  'status-refused': {
    kind: 'conflict',
    says: ({ label }) => `${label} refuses the change`,
    when: 'An object refuses the change; nothing was changed.',
    sample: {
      code: 'status-refused',
      eventKey: SAMPLE.eventKey,
      label: 'S-A-10',
      reason: 'seat-booked',
      from: 'booked',
      to: 'booked',
    },
  },
  'object-not-found': {
    kind: 'missing',
    says: ({ label, eventKey }) => `Object not found: ${label} was not found in event ${eventKey}`,
    when: 'There is no such object in the event.',
    sample: { code: 'object-not-found', eventKey: SAMPLE.eventKey, label: 'Z-1' },
  },
  'seats-refused': {
    kind: 'conflict',
    says: () => 'At least one object refuses the change',
    when: 'At least one object refuses the change; nothing was changed.',
    sample: {
      code: 'seats-refused',
      change: 'hold',
      seats: [{ eventId: '', label: 'S-A-10', code: 'held-by-another' }],
    },
  },
} as const satisfies RefusalFactsOf<SaleRefusal>
