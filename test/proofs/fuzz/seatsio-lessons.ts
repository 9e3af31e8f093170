import { chartLearners } from './chart-lessons.ts'
import {
  change,
  chartOf,
  eventOf,
  forget,
  newChart,
  newEvent,
  type Learner,
  type Memory,
  type Taken,
} from './memory.ts'
import { moveDeadline } from './places.ts'
import { seasonLearners } from './season-drafts.ts'
import { unknownVenue } from './venue.ts'

// What a lane learns from answers of the second surface: the same memory as from those of the first, since the seats are the same.

/** A change of objects as its body asks for it. */
interface Asked {
  readonly objects: readonly (string | { readonly objectId: string; readonly quantity?: number })[]
  readonly type?: string
  readonly status?: string
  readonly holdToken?: string
}

/** The status that each action leads to; those that say it themselves are not here. */
const statuses: Readonly<Record<string, string>> = {
  book: 'booked',
  hold: 'reservedByToken',
  release: 'free',
  putUpForResale: 'resale',
}

const actions = ['book', 'hold', 'release', 'putUpForResale', 'changeObjectStatus']

const inOneEvent = learnersOf('', ({ params }) => [params['eventKey'] ?? ''])
const inGroup = learnersOf('InGroup', ({ sent }) => sent['events'] as string[])

/** Of the second surface, by what operations are called. */
export const seatsioLearners: Readonly<Record<string, Learner>> = {
  ...chartLearners,
  ...seasonLearners,
  ...inOneEvent,
  ...inGroup,
  'seatsio/changeObjectStatusInBatch': (memory, { sent, now }) => {
    for (const entry of sent['statusChanges'] as (Asked & { event: string })[]) {
      changeAll(memory, [entry.event], { ...entry, status: statusOf(entry), now })
    }
  },
  'seatsio/importChart': (memory, { params, venue = unknownVenue }) => {
    const chartKey = params['chartKey'] ?? ''
    const chart = chartOf(memory, params)
    if (chart === undefined) {
      memory.charts.push({ ...newChart(chartKey, venue), published: venue })
    } else [chart.draft, chart.published] = [venue, venue]
  },
  'seatsio/createEvent': (memory, { said }) => {
    addEvent(memory, said)
  },
  'seatsio/createEvents': (memory, { said }) => {
    for (const event of said['events'] as Record<string, unknown>[]) addEvent(memory, event)
  },
  'seatsio/updateEvent': (memory, { params, sent }) => {
    const event = eventOf(memory, params)
    if (event === undefined) return
    if (typeof sent['eventKey'] === 'string') event.eventKey = sent['eventKey']
    const { chartKey } = sent
    event.chart = (typeof chartKey === 'string' && chartOf(memory, { chartKey })) || event.chart
  },
  'seatsio/getEvent': (memory, { params, said }) => {
    const event = eventOf(memory, params)
    if (event) event.channelIds = channelIdsIn(said)
  },
  'seatsio/deleteEvent': (memory, { params }) => {
    forget(memory.events, ({ eventKey }) => eventKey === params['eventKey'])
  },
  'seatsio/createHoldToken': (memory, { said }) => {
    memory.issued.set(String(said['holdToken']), Date.parse(String(said['expiresAt'])))
  },
  'seatsio/moveHoldToken': (memory, { said }) => {
    const token = String(said['holdToken'])
    const until = Date.parse(String(said['expiresAt']))
    memory.issued.set(token, until)
    for (const { taken, places } of memory.events) {
      moveDeadline(places, { token, until })
      for (const [label, it] of taken) if (it.token === token) taken.set(label, { token, until })
    }
  },
}

function learnersOf(
  suffix: string,
  eventsOf: (lesson: Parameters<Learner>[1]) => readonly string[],
): Record<string, Learner> {
  const entries = actions.map((action): [string, Learner] => [
    `seatsio/${action}${suffix}`,
    (memory, lesson) => {
      const asked = lesson.sent as unknown as Asked
      const status = statuses[action] ?? statusOf(asked)
      changeAll(memory, eventsOf(lesson), { ...asked, status, now: lesson.now })
    },
  ])
  return Object.fromEntries(entries)
}

/** What is released is not taken, be it free or in resale. */
function statusOf({ type, status = 'free' }: Asked): string {
  return type === 'RELEASE' ? 'free' : status
}

function changeAll(
  memory: Memory,
  eventKeys: readonly string[],
  { objects, status, holdToken, now }: Asked & { status: string; now: number },
): void {
  const taken = takenAs(memory, status, holdToken)
  for (const eventKey of eventKeys) {
    const event = eventOf(memory, { eventKey })
    if (event === undefined) continue
    for (const object of objects) {
      const { objectId: label, quantity: count = 1 } =
        typeof object === 'string' ? { objectId: object } : object
      const from = status === 'reservedByToken' ? undefined : holdToken
      change(event, { label, count }, { taken, from, now })
    }
  }
}

function takenAs({ issued }: Memory, status: string, token?: string): Taken | undefined {
  if (status === 'free' || status === 'resale') return undefined
  if (status === 'booked') return { token: undefined, until: Infinity }
  if (status !== 'reservedByToken') return { token: undefined, until: Infinity, status }
  return { token, until: issued.get(token ?? '') ?? Infinity }
}

function addEvent(memory: Memory, said: Readonly<Record<string, unknown>>): void {
  const chart = chartOf(memory, { chartKey: String(said['chartKey']) })
  if (chart === undefined) return
  const event = newEvent(String(said['key']), chart)
  memory.events.push({ ...event, channelIds: channelIdsIn(said) })
}

function channelIdsIn({ channels = [] }: { readonly channels?: unknown }): string[] {
  return (channels as readonly { id: string }[]).map(({ id }) => id)
}
