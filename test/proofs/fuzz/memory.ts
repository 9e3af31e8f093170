import type { Chance } from './chance.ts'
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
  /** Changes of objects that were answered with success, each object counted. */
  changes: number
  /** What each label was last said to be; free where nothing was said. */
  readonly taken: Map<string, Taken>
}

/** A seat that an answer said is taken; only holds end. */
export interface Taken {
  readonly token: string | undefined
  readonly until: number
  /** Where it is neither held nor booked. */
  readonly status?: string
}

/** What a lane has learned from its answers. */
export interface Memory {
  readonly charts: KnownChart[]
  readonly events: KnownEvent[]
  /** Tokens that were sent, by count. */
  tokens: number
  /** Tokens that were issued, and when they end. */
  readonly issued: Map<string, number>
  /** Webhooks, each with its deliveries. */
  readonly webhooks: Map<string, string[]>
}

/** Nothing learned yet. */
export function newMemory(): Memory {
  return { charts: [], events: [], tokens: 0, issued: new Map(), webhooks: new Map() }
}

/** An answered request, as far as there is something to learn from it. */
export interface Lesson {
  /** Of the operation. */
  readonly name: string
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
  holdSeats: (memory, { params, said, sent }) => {
    const labels =
      said['held'] === undefined ? [String(said['objectLabel'])] : labelsIn(said, 'held')
    const until = Date.parse(String(said['holdExpiresAt']))
    take(memory, params, { labels, taken: { token: String(sent['holdToken']), until } })
  },
  extendHolds: (memory, { params, said, sent }) => {
    const until = Date.parse(String(said['holdExpiresAt']))
    const taken = { token: String(sent['holdToken']), until }
    take(memory, params, { labels: labelsIn(said, 'extended'), taken, isLogged: false })
  },
  bookSeats: (memory, { params, said }) => {
    const taken = { token: undefined, until: Infinity }
    take(memory, params, { labels: labelsIn(said, 'booked'), taken })
  },
  releaseSeats: (memory, { params, said }) => {
    const event = eventOf(memory, params)
    const labels = labelsIn(said, 'released')
    for (const label of labels) event?.taken.delete(label)
    if (event) event.changes += labels.length
  },
}

/** Groups of seats that one token holds now, or, under no token, that are booked. */
export function takenGroups({ taken }: KnownEvent, now: number): Map<string | undefined, string[]> {
  const groups = new Map<string | undefined, string[]>()
  for (const [label, { token, until }] of taken) {
    if (until <= now) continue
    groups.set(token, [...(groups.get(token) ?? []), label])
  }
  return groups
}

/** Labels of an event that nobody has, as far as is known. */
export function freeLabels({ taken, chart }: KnownEvent, now: number): string[] {
  const { labels } = chart.published ?? unknownVenue
  return labels.filter((label) => (taken.get(label)?.until ?? 0) <= now)
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
  return { eventKey, chart, changes: 0, taken: new Map() }
}

/** The chart that a path or a body names. */
export function chartOf({ charts }: Memory, params: Lesson['params']): KnownChart | undefined {
  return charts.find(({ chartKey }) => chartKey === params['chartKey'])
}

/** The event that a path or a body names. */
export function eventOf({ events }: Memory, params: Lesson['params']): KnownEvent | undefined {
  return events.find(({ eventKey }) => eventKey === params['eventKey'])
}

function take(
  memory: Memory,
  params: Lesson['params'],
  {
    labels,
    taken,
    isLogged = true,
  }: { labels: readonly string[]; taken: Taken; isLogged?: boolean },
): void {
  const event = eventOf(memory, params)
  if (event && isLogged) event.changes += labels.length
  for (const label of labels) event?.taken.set(label, taken)
}

function labelsIn(said: Lesson['said'], field: string): string[] {
  const listed = said[field] as readonly { objectLabel: string }[]
  return listed.map(({ objectLabel }) => objectLabel)
}

/** Takes the first such item off a list. */
export function forget<T>(list: T[], isGone: (item: T) => boolean): void {
  const place = list.findIndex(isGone)
  if (place !== -1) list.splice(place, 1)
}
