import { anyChart, paramsOf, type Wanted } from './chart-drafts.ts'
import { pickRecent, type Mind } from './invent.ts'
import { chartOf, forget, type KnownSeason, type Learner } from './memory.ts'

// Seasons: they and their events are known apart from other events, whose seats nobody else changes.

const EVENTS_MAX = 3

/** Requests about seasons that should work, as far as the lane knows. */
export const seasonMakers: Readonly<Record<string, (mind: Mind) => Wanted>> = {
  createSeason: (mind) => ({
    body: { ...paramsOf(anyChart(mind)), key: newKey(mind), ...newEvents(mind) },
  }),
  createSeasonEvents: (mind) => ({ params: namedBy(anySeason(mind)), body: newEvents(mind) }),
  createPartialSeason: (mind) => {
    const season = anySeason(mind)
    const body = { key: newKey(mind), eventKeys: someOf(season?.events, mind) }
    return { params: namedBy(season), body }
  },
  addEventsToPartialSeason: (mind) => {
    const season = anySeason(mind, hasPartial)
    const params = { ...namedBy(season), partialSeasonKey: partialOf(season) }
    return { params, body: { eventKeys: someOf(season?.events, mind) } }
  },
  removeEventFromPartialSeason: (mind) => {
    const season = anySeason(mind, hasPartial)
    const eventKey = season?.partials[0]?.events[0] ?? 'none'
    return { params: { ...namedBy(season), partialSeasonKey: partialOf(season), eventKey } }
  },
  overrideSeasonStatus: overriding,
  useSeasonStatus: overriding,
}

/** What a lane learns of seasons, by what operations are called. */
export const seasonLearners: Readonly<Record<string, Learner>> = {
  'seatsio/createSeason': (memory, { said }) => {
    const chart = chartOf(memory, { chartKey: String(said['chartKey']) })
    const labels = chart?.published?.labels ?? []
    const seasonKey = String(said['key'])
    memory.seasons.push({ seasonKey, labels, events: keysIn(said), partials: [] })
  },
  'seatsio/createSeasonEvents': ({ seasons }, { params, said }) => {
    const season = seasons.find(({ seasonKey }) => seasonKey === params['seasonKey'])
    season?.events.push(...keysIn(said))
  },
  'seatsio/createPartialSeason': ({ seasons }, { params, said }) => {
    const season = seasons.find(({ seasonKey }) => seasonKey === params['seasonKey'])
    season?.partials.unshift({ key: String(said['key']), events: keysIn(said) })
  },
  'seatsio/removeEventFromPartialSeason': ({ seasons }, { params }) => {
    const season = seasons.find(({ seasonKey }) => seasonKey === params['seasonKey'])
    const partial = season?.partials.find(({ key }) => key === params['partialSeasonKey'])
    if (partial) forget(partial.events, (key) => key === params['eventKey'])
  },
}

function overriding(mind: Mind): Wanted {
  const season = anySeason(mind, ({ events, labels }) => events.length > 0 && labels.length > 0)
  const eventKey = season?.events[0] ?? 'none'
  return { params: { eventKey }, body: { objects: someOf(season?.labels ?? ['A-1'], mind) } }
}

function anySeason(
  { memory, chance }: Mind,
  isWanted: (season: KnownSeason) => boolean = () => true,
): KnownSeason | undefined {
  return pickRecent(memory.seasons.filter(isWanted), chance)
}

function hasPartial({ partials }: KnownSeason): boolean {
  return (partials[0]?.events.length ?? 0) > 0
}

function namedBy(season: KnownSeason | undefined) {
  return { seasonKey: season?.seasonKey ?? 'none' }
}

function partialOf(season: KnownSeason | undefined): string {
  return season?.partials[0]?.key ?? 'none'
}

function newKey({ lane, chance }: Mind): string {
  return `${lane}~season ${chance.below(1_000_000)}`
}

function newEvents(mind: Mind): Readonly<Record<string, unknown>> {
  const count = 1 + mind.chance.below(EVENTS_MAX)
  if (mind.chance.percent(50)) return { numberOfEvents: count }
  return { eventKeys: Array.from({ length: count }, () => newKey(mind)) }
}

function someOf(keys: readonly string[] = [], { chance }: Mind): readonly string[] {
  return keys.length === 0 ? [] : chance.some(keys, EVENTS_MAX)
}

function keysIn({ events = [] }: Readonly<Record<string, unknown>>): string[] {
  return (events as readonly { key: string }[]).map(({ key }) => key)
}
