import { defined } from '../../defined.ts'
import type {
  EventDetails,
  EventHead,
  Roster,
  RosterEvent,
  RosterPartial,
  TextRef,
} from '../../records/records.ts'
import { isHeard } from '../../venue/season-terms.ts'
import type { SeasonRef } from './season-place.ts'

// The roster of a top-level season, and what becomes of it: pure, each answers another one.

const noRoster: Roster = { next: 0, events: [], partials: [] }

/** What belongs to a season by what it says: nothing where it has just been made. */
export function rosterOf({ roster = noRoster }: EventDetails): Roster {
  return roster
}

/** With new events behind the others, which get the next numbers in their order. */
export function withNewEvents(roster: Roster, refs: readonly SeasonRef[]): Roster {
  const { next, events } = roster
  const added = refs.map(({ eventId, shards }, at) => ({ eventId, shards, number: next + at }))
  return { ...roster, next: next + refs.length, events: [...events, ...added] }
}

/** Without these events, in its partial seasons too. */
export function withoutEvents(roster: Roster, numbers: ReadonlySet<number>): Roster {
  const { events, partials } = roster
  return {
    ...roster,
    events: events.filter(({ number }) => !numbers.has(number)),
    partials: partials.map((partial) => ({
      ...partial,
      events: partial.events.filter((number) => !numbers.has(number)),
    })),
  }
}

/**
 * With what is to be known of one of its events, or of a partial season, from now on; the same where nothing of that changes. Without
 * details it keeps those that it has.
 */
export function withMember(
  roster: Roster,
  head: EventHead,
  details: EventDetails | undefined,
): Roster {
  const isIt = (it: { readonly eventId: string }) => it.eventId === head.eventId
  const text = details !== undefined && isHeard(details) ? head.details : undefined
  const termsAfter = (former: TextRef | undefined) =>
    defined({ terms: details === undefined ? former : text })
  const after = {
    ...roster,
    events: roster.events.map((it): RosterEvent => {
      if (!isIt(it)) return it
      const { terms, isInThePast, ...entry } = it
      return { ...entry, ...(head.isInThePast === true ? PAST : {}), ...termsAfter(terms) }
    }),
    partials: roster.partials.map((it): RosterPartial => {
      if (!isIt(it)) return it
      const { terms, ...entry } = it
      return { ...entry, ...termsAfter(terms) }
    }),
  }
  return JSON.stringify(after) === JSON.stringify(roster) ? roster : after
}

const PAST = { isInThePast: true } as const

/** With a partial season that has these events: a new one is behind the others. */
export function withPartial(roster: Roster, eventId: string, numbers: readonly number[]): Roster {
  const isKnown = roster.partials.some((it) => it.eventId === eventId)
  return {
    ...roster,
    partials: isKnown
      ? roster.partials.map((it) => (it.eventId === eventId ? { ...it, events: numbers } : it))
      : [...roster.partials, { eventId, events: numbers }],
  }
}

/** Without a partial season, whose events stay. */
export function withoutPartial(roster: Roster, eventId: string): Roster {
  return { ...roster, partials: roster.partials.filter((it) => it.eventId !== eventId) }
}

/** The events of a season or of a part of it, in order of creation. */
export function membersOf(
  roster: Roster,
  { eventId, season }: Pick<EventHead, 'eventId' | 'season'>,
): readonly RosterEvent[] {
  if (season?.role === 'whole') return roster.events
  const partial = roster.partials.find((it) => it.eventId === eventId)
  const numbers = new Set(partial?.events)
  return roster.events.filter(({ number }) => numbers.has(number))
}

/** The ids of the partial seasons that each event is in, by its number, in order of creation. */
export function partialsByNumber({ partials }: Roster): Map<number, readonly string[]> {
  const found = new Map<number, string[]>()
  for (const { eventId, events } of partials) {
    for (const number of events) found.set(number, [...(found.get(number) ?? []), eventId])
  }
  return found
}
