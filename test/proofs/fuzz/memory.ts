import type { Chance } from './chance.ts'
import {
  addPlaces,
  areaOf,
  claimsOn,
  moveDeadline,
  sum,
  takePlaces,
  type AllPlaces,
} from './places.ts'
import { unknownVenue, type Venue } from './venue.ts'

/** A chart that an answer named. */
export interface KnownChart {
  readonly chartKey: string
  draft: Venue
  published: Venue | undefined
  isArchived: boolean
  tags: string[]
}

/** An event that an answer named. */
export interface KnownEvent {
  eventKey: string
  chart: KnownChart
  /** Changes of objects that were answered with success, each object counted, of areas each place. */
  changes: number
  /** What each label was last said to be; free where nothing was said. */
  readonly taken: Map<string, Taken>
  /** What was told of areas that are sold by places. */
  readonly places: AllPlaces
  /** Ids of its channels, as they were last told. */
  channelIds: readonly string[]
}

/** A seat that an answer said is taken; only holds end. */
export interface Taken {
  readonly token: string | undefined
  readonly until: number
  /** Where it is neither held nor booked. */
  readonly status?: string
}

/** A season that an answer named, with its events and partial seasons by key. */
export interface KnownSeason {
  /** Of its chart. */
  readonly labels: readonly string[]
  readonly seasonKey: string
  readonly events: string[]
  readonly partials: { readonly key: string; readonly events: string[] }[]
}

/** What a lane has learned from its answers. */
export interface Memory {
  readonly charts: KnownChart[]
  readonly events: KnownEvent[]
  readonly seasons: KnownSeason[]
  /** Tokens that were sent, by count. */
  tokens: number
  /** Tokens that were issued, and when they end. */
  readonly issued: Map<string, number>
  /** Webhooks, each with its deliveries. */
  readonly webhooks: Map<string, string[]>
}

/** Nothing learned yet. */
export function newMemory(): Memory {
  return { charts: [], events: [], seasons: [], tokens: 0, issued: new Map(), webhooks: new Map() }
}

/** An answered request, as far as there is something to learn from it. */
export interface Lesson {
  /** Of the operation. */
  readonly name: string
  /** When it was answered. */
  readonly now: number
  /** Decoded variables of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly sent: Readonly<Record<string, unknown>>
  readonly said: Readonly<Record<string, unknown>>
  /** The venue that was sent as it was drawn. */
  readonly venue: Venue | undefined
}

/** Keeps what a success tells. */
export type Learner = (memory: Memory, lesson: Lesson) => void

/** Of the first surface, by what operations are called. */
export const seatbuilderLearners: Readonly<Record<string, Learner>> = {
  createChart: (memory, { said, sent, venue }) => {
    const isBlank = !('draftVersion' in sent)
    const draft = isBlank ? unknownVenue : (venue ?? unknownVenue)
    memory.charts.push(newChart(String(said['chartKey']), draft))
  },
  updateChart: (memory, { params, sent, venue }) => {
    const chart = chartOf(memory, params)
    if (chart && 'draftVersion' in sent) chart.draft = venue ?? unknownVenue
  },
  publishChart: (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.published = chart.draft
  },
  unpublishChart: (memory, { params }) => {
    const chart = chartOf(memory, params)
    if (chart) chart.published = undefined
  },
  deleteChart: (memory, { params }) => {
    forget(memory.charts, (it) => it.chartKey === params['chartKey'])
  },
  createEvent: (memory, { said }) => {
    const chart = chartOf(memory, { chartKey: String(said['chartKey']) })
    const eventKey = String(said['eventKey'])
    if (chart) memory.events.push(newEvent(eventKey, chart))
  },
  deleteEvent: (memory, { params }) => {
    forget(memory.events, (it) => it.eventKey === params['eventKey'])
  },
  holdSeats: (memory, { params, said, sent, now }) => {
    const told = said['held'] === undefined ? [said as unknown as Told] : toldIn(said, 'held')
    const until = Date.parse(String(said['holdExpiresAt']))
    const taken = { token: String(sent['holdToken']), until }
    const event = eventOf(memory, params)
    if (event) for (const it of told) change(event, changeOf(it), { taken, now })
  },
  holdBestAvailable: (memory, { params, said, sent, now }) => {
    const until = Date.parse(String(said['holdExpiresAt']))
    const taken = { token: String(sent['holdToken']), until }
    const event = eventOf(memory, params)
    if (event) for (const it of toldIn(said, 'held')) change(event, changeOf(it), { taken, now })
  },
  extendHolds: (memory, { params, said, sent }) => {
    const until = Date.parse(String(said['holdExpiresAt']))
    const taken = { token: String(sent['holdToken']), until }
    const event = eventOf(memory, params)
    for (const { objectLabel: label } of toldIn(said, 'extended')) {
      const area = areaOf(label)
      if (area === undefined) event?.taken.set(label, taken)
      else if (event) moveDeadline(event.places, { ...taken, label: area })
    }
  },
  bookSeats: (memory, { params, said, sent, now }) => {
    const taken = { token: undefined, until: Infinity }
    const from = String(sent['holdToken'])
    const event = eventOf(memory, params)
    if (event)
      for (const it of toldIn(said, 'booked')) change(event, changeOf(it), { taken, from, now })
  },
  releaseSeats: (memory, { params, said, sent, now }) => {
    const from = sent['holdToken'] as string | undefined
    const event = eventOf(memory, params)
    if (event)
      for (const it of toldIn(said, 'released'))
        change(event, changeOf(it), { taken: undefined, from, now })
  },
}

/** Groups of objects that one token holds now, or, under no token, that are booked. */
export function takenGroups(
  { taken, places }: KnownEvent,
  now: number,
): Map<string | undefined, string[]> {
  const groups = new Map<string | undefined, string[]>()
  const add = (token: string | undefined, label: string) =>
    groups.set(token, [...new Set([...(groups.get(token) ?? []), label])])
  for (const [label, { token, until }] of taken) if (until > now) add(token, label)
  for (const label of places.keys())
    for (const { token } of claimsOn(places, label, now)) add(token, label)
  return groups
}

/** Labels of an event that nobody has, as far as is known. */
export function freeLabels({ taken, places, chart }: KnownEvent, now: number): string[] {
  const { labels, areas } = chart.published ?? unknownVenue
  const free = [...areas].filter(([label, all]) => sum(claimsOn(places, label, now)) < all)
  return [
    ...labels.filter((label) => (taken.get(label)?.until ?? 0) <= now),
    ...free.map(([label]) => label),
  ]
}

/** A hold token that was never used before; a mark in it tells tokens wherever they leak. */
export function newToken(memory: Memory, lane: string, chance: Chance): string {
  memory.tokens += 1
  const tail = chance.pick(['', '-é', ' 🎟', '-"quoted"', '-%2F/..', '-' + 'x'.repeat(60)])
  return `${TOKEN_MARK}${lane}-${memory.tokens}${tail}`
}

/** Every token that a fuzz run makes up begins with it; every extra data that it sends for a seat has it. */
export const TOKEN_MARK = 'tkn~'
export const DATA_MARK = 'data~'

/** A chart with a draft, and nothing else. */
export function newChart(chartKey: string, draft: Venue): KnownChart {
  return { chartKey, draft, published: undefined, isArchived: false, tags: [] }
}

/** An event of which nothing is known but that it is there. */
export function newEvent(eventKey: string, chart: KnownChart): KnownEvent {
  return { eventKey, chart, changes: 0, taken: new Map(), places: new Map(), channelIds: [] }
}

/** The chart that a path or a body names. */
export function chartOf({ charts }: Memory, params: Lesson['params']): KnownChart | undefined {
  return charts.find(({ chartKey }) => chartKey === params['chartKey'])
}

/** The event that a path or a body names. */
export function eventOf({ events }: Memory, params: Lesson['params']): KnownEvent | undefined {
  return events.find(({ eventKey }) => eventKey === params['eventKey'])
}

/** An object, or so many places of an area. */
export interface Changed {
  readonly label: string
  readonly count: number
}

/** How a change leaves it: free where it is not taken; of an area, whose places become so, those of a token or any. */
interface Left {
  readonly taken: Taken | undefined
  readonly from?: string | undefined
  readonly now: number
}

/** Keeps what a change made of an object of an event. */
export function change(event: KnownEvent, { label, count }: Changed, left: Left): void {
  const { taken, from: token, now } = left
  const area = areaOf(label)
  if (area === undefined) {
    event.changes += 1
    if (taken === undefined) event.taken.delete(label)
    else event.taken.set(label, taken)
    return
  }
  const isMoved = taken === undefined || token !== undefined
  // To give back what nobody has taken is no change.
  const moved = isMoved ? takePlaces(event.places, area, { token, count, now }) : count
  if (taken) {
    // Held places may be paid all the same once a chart has fewer.
    const capacity = (isMoved ? undefined : event.chart.published?.areas.get(area)) ?? Infinity
    const { until } = taken
    addPlaces(event.places, area, { token: taken.token, until, count, capacity, now })
  }
  event.changes += moved
}

interface Told {
  readonly objectLabel: string
  readonly quantity?: number
}

function toldIn(said: Lesson['said'], field: string): readonly Told[] {
  return said[field] as readonly Told[]
}

function changeOf({ objectLabel: label, quantity: count = 1 }: Told): Changed {
  return { label, count }
}

/** Takes the first such item off a list. */
export function forget<T>(list: T[], isGone: (item: T) => boolean): void {
  const place = list.findIndex(isGone)
  if (place !== -1) list.splice(place, 1)
}
