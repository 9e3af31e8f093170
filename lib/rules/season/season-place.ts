// Where events stand in seasons: all that the keys of their rows, and those of their seasons, depend on.

/** A top-level season: the states of all its parts are in its rows. */
export interface SeasonRef {
  readonly eventId: string
  readonly shards: number
}

/** What an event is in a season: the season itself, a part of it, or one of its events, which has a number there for life. */
export type SeasonPlace =
  | { readonly role: 'whole' }
  | (SeasonRef & { readonly role: 'part' })
  | (SeasonRef & { readonly role: 'event'; readonly number: number })
