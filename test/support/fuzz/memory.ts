import type { Chance } from './chance.ts'
import { unknownVenue, type Venue } from './venue.ts'

/** A chart that an answer named. */
export interface KnownChart {
  readonly chartKey: string
  draft: Venue
  published: Venue | undefined
}

/** An event that an answer named. */
export interface KnownEvent {
  readonly eventKey: string
  readonly chart: KnownChart
  /** What each label was last said to be; free where nothing was said. */
  readonly taken: Map<string, Taken>
}

/** A seat that an answer said is held or booked; bookings do not end. */
export interface Taken {
  readonly token: string | undefined
  readonly until: number
}

/** What a lane has learned from its answers. */
export interface Memory {
  readonly charts: KnownChart[]
  readonly events: KnownEvent[]
  /** Tokens that were sent, by count. */
  tokens: number
}

/** Nothing learned yet. */
export function newMemory(): Memory {
  return { charts: [], events: [], tokens: 0 }
}

/** An answered request, as far as there is something to learn from it. */
export interface Lesson {
  readonly operationId: string
  /** Decoded variables of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly sent: Readonly<Record<string, unknown>>
  readonly said: Readonly<Record<string, unknown>>
  /** The venue that was sent as it was drawn. */
  readonly venue: Venue | undefined
}

type Learner = (memory: Memory, lesson: Lesson) => void

const learners: Readonly<Record<string, Learner>> = {
  createChart: (memory, { said, sent, venue }) => {
    const isBlank = !('draftVersion' in sent)
    const draft = isBlank ? unknownVenue : (venue ?? unknownVenue)
    memory.charts.push({ chartKey: String(said['chartKey']), draft, published: undefined })
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
    if (chart) memory.events.push({ eventKey, chart, taken: new Map() })
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
    take(memory, params, { labels: labelsIn(said, 'extended'), taken })
  },
  bookSeats: (memory, { params, said }) => {
    const taken = { token: undefined, until: Infinity }
    take(memory, params, { labels: labelsIn(said, 'booked'), taken })
  },
  releaseSeats: (memory, { params, said }) => {
    const event = eventOf(memory, params)
    for (const label of labelsIn(said, 'released')) event?.taken.delete(label)
  },
}

/** Learns from a request that was answered with success. */
export function learn(memory: Memory, lesson: Lesson): void {
  learners[lesson.operationId]?.(memory, lesson)
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

/** Every token that a fuzz run makes begins with it. */
export const TOKEN_MARK = 'tkn~'

function chartOf({ charts }: Memory, params: Lesson['params']): KnownChart | undefined {
  return charts.find(({ chartKey }) => chartKey === params['chartKey'])
}

function eventOf({ events }: Memory, params: Lesson['params']): KnownEvent | undefined {
  return events.find(({ eventKey }) => eventKey === params['eventKey'])
}

function take(
  memory: Memory,
  params: Lesson['params'],
  { labels, taken }: { labels: readonly string[]; taken: Taken },
): void {
  const event = eventOf(memory, params)
  for (const label of labels) event?.taken.set(label, taken)
}

function labelsIn(said: Lesson['said'], field: string): string[] {
  const listed = said[field] as readonly { objectLabel: string }[]
  return listed.map(({ objectLabel }) => objectLabel)
}

function forget<T>(list: T[], isGone: (item: T) => boolean): void {
  const place = list.findIndex(isGone)
  if (place !== -1) list.splice(place, 1)
}
