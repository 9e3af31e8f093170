import { SEASON_EVENTS_MAX } from '../limits/limits.ts'
import { SAMPLE, type RefusalFactsOf } from './told.ts'

/** What is refused of events. */
export type EventRefusal =
  | { readonly code: 'event-not-found'; readonly eventKey: string }
  | { readonly code: 'event-key-taken'; readonly eventKey: string }
  /** An object of an event is to have a category that neither the event nor its chart has. */
  | {
      readonly code: 'category-unknown'
      readonly label: string
      readonly categoryKey: string
      /** Place of the event in the request, where it has several. */
      readonly place?: number
    }
  | { readonly code: 'channel-not-found'; readonly channelKey: string }
  /** Another channel of the event has this key, or this name. */
  | { readonly code: 'channel-taken'; readonly what: 'key' | 'name'; readonly word: string }
  | { readonly code: 'too-many-channels'; readonly channelsMax: number }
  /** A whole area is to be in a channel while some of its places are in one. */
  | { readonly code: 'area-in-channels-twice'; readonly label: string }
  /** Channels are to have more of an area's places than there are. */
  | {
      readonly code: 'too-many-area-places'
      readonly label: string
      readonly places: number
      readonly capacity: number
    }
  /** Places of an area are to be in no channel of one event of a season. */
  | { readonly code: 'places-in-no-channel'; readonly label: string }
  /** An event of a season, or a partial season, has the channels of the top-level season. */
  | { readonly code: 'channels-of-season'; readonly eventKey: string }
  /** An event would say more of its objects than one may. */
  | { readonly code: 'terms-too-large'; readonly eventKey: string; readonly bytesMax: number }
  /** Together their texts are too much for one commit. */
  | { readonly code: 'too-many-events'; readonly events: number }
  /** What an event sells was changed as often as a day has. */
  | {
      readonly code: 'too-many-sale-calls'
      readonly eventKey: string
      readonly retryAfterSeconds: number
    }
  /** Neither a season, nor a part of the one that is named. */
  | { readonly code: 'season-not-found'; readonly seasonKey: string }
  /** An event that is to be in a partial season does not belong to its top-level season. */
  | {
      readonly code: 'event-of-another-season'
      readonly eventKey: string
      readonly seasonKey: string
    }
  /** A season would have more events, or more partial seasons, than one may have. */
  | {
      readonly code: 'season-too-large'
      readonly seasonKey: string
      readonly what: 'events' | 'partial seasons'
      readonly max: number
    }
  /** What a season shares with all that belongs to it cannot be changed of one alone, or not at all. */
  | { readonly code: 'shared-by-season'; readonly eventKey: string; readonly what: SharedBySeason }
  /** A field that only seasons have. */
  | { readonly code: 'field-of-seasons'; readonly field: string }
  | { readonly code: 'event-has-bookings'; readonly eventKey: string; readonly booked: number }

/** What all of a season has in common: the chart for life, how tables are sold as the top-level season says. */
export type SharedBySeason = 'chart' | 'tables'

const sharedSentences = {
  chart: 'is a season or belongs to one: it stays on its chart',
  tables: 'belongs to a season, which says how tables are sold: change the season',
} as const satisfies Record<SharedBySeason, string>

/** How each is told. */
export const eventRefusals = {
  'event-not-found': {
    kind: 'missing',
    says: ({ eventKey }) => `Event not found: ${eventKey}`,
    when: 'There is no such event in the workspace of the key.',
    sample: { code: 'event-not-found', eventKey: SAMPLE.eventKey },
  },
  'event-key-taken': {
    kind: 'conflict',
    says: ({ eventKey }) => `Event key is taken: ${eventKey}`,
    when: 'Another event has this key.',
    sample: { code: 'event-key-taken', eventKey: SAMPLE.eventKey },
  },
  'category-unknown': {
    kind: 'invalid',
    says: ({ label, categoryKey }) =>
      `Neither the event nor its chart has the category ${categoryKey} of ${label}`,
    when: 'An object is to have a category that neither the event nor its chart has.',
    sample: { code: 'category-unknown', label: 'A-1', categoryKey: 'lounge' },
  },
  'channel-not-found': {
    kind: 'missing',
    says: ({ channelKey }) => `Channel not found: ${channelKey}`,
    when: 'The event has no such channel.',
    sample: { code: 'channel-not-found', channelKey: 'sponsors' },
  },
  'channel-taken': {
    kind: 'conflict',
    says: ({ what, word }) => `A channel with the ${what} ${word} already exists`,
    when: 'Another channel of the event has this key, or this name.',
    sample: { code: 'channel-taken', what: 'key', word: 'sponsors' },
  },
  'too-many-channels': {
    kind: 'invalid',
    says: ({ channelsMax }) => `An event has at most ${channelsMax} channels`,
    when: 'The event would have more channels than one may have.',
    sample: { code: 'too-many-channels', channelsMax: 1_000 },
  },
  'area-in-channels-twice': {
    kind: 'invalid',
    says: ({ label }) => `${label} is in a channel as a whole and by places: choose one of the two`,
    when: 'A whole area would be in a channel, and some of its places too.',
    sample: { code: 'area-in-channels-twice', label: 'Lawn' },
  },
  'too-many-area-places': {
    kind: 'invalid',
    says: ({ label, places, capacity }) =>
      `Channels would have ${places} places of ${label}, which has ${capacity}`,
    when: 'The channels of the event would have more places of an area than it has.',
    sample: { code: 'too-many-area-places', label: 'Lawn', places: 260, capacity: 250 },
  },
  'places-in-no-channel': {
    kind: 'invalid',
    says: ({ label }) =>
      `Places of ${label} cannot be put into no channel: give its label in objects, then the places that a channel is to have`,
    when: 'Places of an area would be in no channel of an event, whose season divides them.',
    sample: { code: 'places-in-no-channel', label: 'Lawn' },
  },
  'channels-of-season': {
    kind: 'invalid',
    says: ({ eventKey }) => `${eventKey} has the channels of its season: change them there`,
    when: 'The event is in a season, or a partial season, whose channels are those of the top-level season.',
    sample: { code: 'channels-of-season', eventKey: SAMPLE.eventKey },
  },
  'terms-too-large': {
    kind: 'invalid',
    says: ({ eventKey, bytesMax }) =>
      `The event ${eventKey} would say more of its objects than the ${bytesMax} bytes that one may`,
    when: 'The event would say more of its objects than one may.',
    sample: { code: 'terms-too-large', eventKey: SAMPLE.eventKey, bytesMax: 2_097_152 },
  },
  'too-many-events': {
    kind: 'invalid',
    says: ({ events }) =>
      `What these ${events} events say is too much for one request: send fewer of them`,
    when: 'What the events say of their objects is too much for one request.',
    sample: { code: 'too-many-events', events: 15 },
  },
  'too-many-sale-calls': {
    kind: 'busy',
    says: ({ eventKey, retryAfterSeconds }) =>
      `What ${eventKey} sells was changed too often: try again in ${retryAfterSeconds} s`,
    when: 'What the event sells was changed ten times in a day.',
    sample: { code: 'too-many-sale-calls', eventKey: SAMPLE.eventKey, retryAfterSeconds: 4_000 },
  },
  'season-not-found': {
    kind: 'missing',
    says: ({ seasonKey }) => `Season not found: ${seasonKey}`,
    when: 'There is no such season in the workspace of the key, or no such partial season of it.',
    sample: { code: 'season-not-found', seasonKey: SAMPLE.seasonKey },
  },
  'event-of-another-season': {
    kind: 'invalid',
    says: ({ eventKey, seasonKey }) => `${eventKey} is not an event of the season ${seasonKey}`,
    when: 'An event does not belong to the season.',
    sample: {
      code: 'event-of-another-season',
      eventKey: SAMPLE.eventKey,
      seasonKey: SAMPLE.seasonKey,
    },
  },
  'season-too-large': {
    kind: 'invalid',
    says: ({ seasonKey, what, max }) => `The season ${seasonKey} has at most ${max} ${what}`,
    when: 'The season would have more events, or more partial seasons, than one may have.',
    sample: {
      code: 'season-too-large',
      seasonKey: SAMPLE.seasonKey,
      what: 'events',
      max: SEASON_EVENTS_MAX,
    },
  },
  'shared-by-season': {
    kind: 'invalid',
    says: ({ eventKey, what }) => `${eventKey} ${sharedSentences[what]}`,
    when: 'What is to be changed is shared by all that belongs to the season.',
    sample: { code: 'shared-by-season', eventKey: SAMPLE.eventKey, what: 'chart' },
  },
  'field-of-seasons': {
    kind: 'invalid',
    says: ({ field }) => `${field}: only seasons have this field`,
    when: 'A field is given that only seasons have.',
    sample: { code: 'field-of-seasons', field: 'forSalePropagated' },
  },
  'event-has-bookings': {
    kind: 'conflict',
    says: ({ eventKey, booked }) => `Event ${eventKey} has ${booked} booked object(s)`,
    when: 'The event has booked objects.',
    sample: { code: 'event-has-bookings', eventKey: SAMPLE.eventKey, booked: 2 },
  },
} as const satisfies RefusalFactsOf<EventRefusal>
