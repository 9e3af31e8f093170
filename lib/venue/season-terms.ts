import { defined } from '../defined.ts'
import type {
  EventDetails,
  EventHead,
  Roster,
  RosterEvent,
  RosterPartial,
  SaleRules,
} from '../records/records.ts'
import { channelsInEvent } from './own-channels.ts'
import { salesOf, type Categorized, type RulesUnder } from './sale.ts'
import { termsOf, type Terms } from './terms.ts'

// The terms of seasons and of their events.
//
// - Tables are sold as the season says. Categories: what the event says stands for what the season says, and that for the chart's.
//   Channels are the season's, with what the event has elsewhere.
// - In an event count its own sale rules, those of its top-level season and those of its partial seasons, while these propagate.
// - On a season count its own sale rules, those of the top-level season while these propagate, and all that count in one of its
//   events that is not in the past: what is not sold there is not sold with the season either.

/** A season, or an event of one. */
export type SeasonMember = Pick<EventHead, 'eventId'> & Required<Pick<EventHead, 'season'>>

/** What belongs to a season and has a say in what is sold, with the text that says it. */
export type Heard = (RosterEvent | RosterPartial) & Required<Pick<RosterEvent, 'terms'>>

/** What an event of a season says beyond its head, with what it has of the season; its sale rules are its own still. */
export function detailsInSeason(season: EventDetails, own: EventDetails): EventDetails {
  const { ownChannels, ...others } = own
  const replaced = new Set(own.categories?.map(({ key }) => String(key)))
  const inherited = season.categories?.filter(({ key }) => !replaced.has(String(key)))
  const { objectCategories } = season
  return {
    ...others,
    ...defined({
      tables: season.tables,
      categories:
        inherited === undefined ? own.categories : [...inherited, ...(own.categories ?? [])],
      objectCategories:
        objectCategories === undefined
          ? own.objectCategories
          : { ...objectCategories, ...own.objectCategories },
      channels: season.channels && channelsInEvent(season.channels, ownChannels),
    }),
  }
}

/** The sale rules that a season, top-level or partial, has for its events. */
export function rulesForEvents({ saleRules, isSaleOwn }: EventDetails): SaleRules | undefined {
  return isSaleOwn === true ? undefined : saleRules
}

/** Whether a roster names the text of an event or a partial season: what its season sells follows from it. */
export function isHeard({ saleRules, objectCategories, categories }: EventDetails): boolean {
  return [saleRules, objectCategories, categories].some((it) => it !== undefined)
}

/** Of an event or a season: whose texts its terms follow from, apart from its own and that of the top-level season. */
export function heardBy(
  member: SeasonMember,
  { roster = noRoster }: EventDetails,
): readonly Heard[] {
  const events = eventsOf(member, roster)
  const numbers = new Set(events.map(({ number }) => number))
  const partials = roster.partials.filter((it) => it.events.some((number) => numbers.has(number)))
  return [...partials, ...events].flatMap((it) =>
    it.terms === undefined || it.eventId === member.eventId ? [] : [{ ...it, terms: it.terms }],
  )
}

const noRoster: Roster = { next: 0, events: [], partials: [] }

/** The events that a sale there would be in: of an event itself, of a season those that are not in the past. */
function eventsOf({ eventId, season }: SeasonMember, roster: Roster): readonly RosterEvent[] {
  const current = roster.events.filter(({ isInThePast }) => isInThePast !== true)
  switch (season.role) {
    case 'event':
      return roster.events.filter(({ number }) => number === season.number)
    case 'whole':
      return current
    case 'part': {
      const numbers = new Set(roster.partials.find((it) => it.eventId === eventId)?.events)
      return current.filter(({ number }) => numbers.has(number))
    }
  }
}

/** All that the terms of an event of a season, or of a season, follow from. */
export interface SeasonWords {
  readonly member: SeasonMember
  /** The terms of the top-level season as those of a plain event: what they have in common is shared. */
  readonly plain: Terms
  readonly season: EventDetails
  /** Its own; of the top-level season the same. */
  readonly own: EventDetails
  /** Texts of whatever `heardBy` names, by event id. */
  readonly texts: ReadonlyMap<string, EventDetails>
}

/** The terms of an event of a season, or of a season. */
export function termsInSeason(words: SeasonWords): Terms {
  const { member, plain, season, own } = words
  const terms = member.season.role === 'whole' ? plain : withOwn(plain, season, own)
  return { ...terms, sales: salesOf(rulesThatCount(words, terms)) }
}

function withOwn(plain: Terms, season: EventDetails, own: EventDetails): Terms {
  const { ownChannels, objectCategories, categories } = own
  const isAny = [ownChannels, objectCategories, categories].some((it) => it !== undefined)
  if (!isAny) return plain
  return { ...termsOf(plain.inventory, {}, detailsInSeason(season, own)), tables: plain.tables }
}

/** None twice: rules that speak of no category are the same whatever has which. */
function rulesThatCount(words: SeasonWords, terms: Categorized): readonly RulesUnder[] {
  const said = new Map<SaleRules, Set<Categorized>>()
  return [...rulesHeard(words, terms)].flatMap(([rules, spokenOf]) => {
    if (rules === undefined) return []
    const categorized = rules.categories.length === 0 ? words.plain : spokenOf
    const under = said.get(rules) ?? new Set()
    if (under.has(categorized)) return []
    said.set(rules, under.add(categorized))
    return [{ rules, categorized }]
  })
}

/** Rules, and the categories that they speak of there. */
function* rulesHeard(
  { member, plain, season, own, texts }: SeasonWords,
  terms: Categorized,
): Generator<readonly [SaleRules | undefined, Categorized]> {
  const { roster = noRoster } = season
  yield [own.saleRules, terms]
  yield [rulesForEvents(season), terms]
  for (const { number, eventId } of eventsOf(member, roster)) {
    const isItself = eventId === member.eventId
    const details = isItself ? own : (texts.get(eventId) ?? {})
    const categorized = isItself ? terms : withOwn(plain, season, details)
    yield [details.saleRules, categorized]
    yield [rulesForEvents(season), categorized]
    for (const partial of roster.partials) {
      if (!partial.events.includes(number)) continue
      const its = partial.eventId === member.eventId ? own : texts.get(partial.eventId)
      yield [its && rulesForEvents(its), categorized]
    }
  }
}
