import { generateSync, type JsonSchema } from 'json-schema-faker'
import type { DocumentedOperation, RequestSchema } from '../../support/openapi.ts'
import type { Draft, Role } from './attempt.ts'
import { weighted, type Chance } from './chance.ts'
import {
  freeLabels,
  newToken,
  takenGroups,
  TOKEN_MARK,
  type KnownChart,
  type KnownEvent,
  type Memory,
} from './memory.ts'
import { areaOf, someObjects, somePlaces } from './places.ts'
import { pickRange, pickWebhook } from './webhook-lessons.ts'
import { drawGarbage, drawVenue, emptyVenue, type Venue } from './venue.ts'

/** What a lane knows when it thinks of its next request. */
export interface Mind {
  readonly lane: string
  readonly chance: Chance
  readonly memory: Memory
  readonly now: number
}

/** What one request is about. */
interface Topic {
  readonly chart: KnownChart | undefined
  readonly event: KnownEvent | undefined
  readonly token: string
  readonly labels: readonly string[]
  readonly venue: Venue
  /** Of a webhook and of a delivery of it. */
  readonly webhook: Readonly<Record<string, string>>
}

/** Bodies that are asked for before the documented example is taken. */
const ATTEMPTS_MAX = 4

/** Items of a list that is invented; what is longer, mutations make. */
const ITEMS_MAX = 8

/** Seats in one sensible request. */
const LABELS_MAX = 6

/** A request of this operation that should work, as far as the lane knows. */
export function inventDraft(operation: DocumentedOperation, mind: Mind): Draft {
  const topic = inventTopic(operation, mind)
  const { chance } = mind
  const params: Record<string, string> = {}
  const query: (readonly [string, string])[] = []
  for (const { name, in: place, schema } of operation.parameters) {
    if (place === 'header') continue
    if (place === 'path') params[name] = keyFor(name, topic, mind)
    else if (chance.percent(50)) query.push([name, inventText(schema as RequestSchema, chance)])
  }
  const body =
    operation.requestSchema && inventBody(operation, chance, (made) => putKnown(made, topic, mind))
  const hasVenue = typeof body === 'object' && 'draftVersion' in body
  const venue = hasVenue ? topic.venue : undefined
  return { operation, params, query, body, venue, role: inventRole(operation, chance) }
}

function inventRole({ keys }: DocumentedOperation, chance: Chance): Role {
  if (keys.length === 0) return chance.pick(['none', 'secret', 'wrong'])
  if (chance.percent(7)) return chance.pick(['none', 'wrong', 'stranger', 'publishable'])
  return keys.includes('PublishableKey') && chance.percent(40) ? 'publishable' : 'secret'
}

function inventTopic({ operationId }: DocumentedOperation, mind: Mind): Topic {
  const { chance, memory, lane, now } = mind
  const charts = memory.charts.filter((chart) => isWanted(operationId, chart, memory))
  const chart = pickRecent(charts.length === 0 ? memory.charts : charts, chance)
  const event = pickEvent(operationId, mind)
  const venue = weighted(chance, [
    [85, drawVenue],
    [12, drawGarbage],
    [3, () => emptyVenue],
  ])(chance)
  const topic = { chart, event, venue, webhook: pickWebhook(memory, chance) }
  const fresh = () => newToken(memory, lane, chance)
  if (event === undefined) return { ...topic, token: fresh(), labels: ['A-1'] }
  const groups = [...takenGroups(event, now)]
  const held = groups.filter(([token]) => token !== undefined)
  // Deadlines of issued tokens are set elsewhere: whoever shares them here could not tell when a hold ends.
  const own = held.filter(([token]) => token?.startsWith(TOKEN_MARK))
  if (operationId === 'holdSeats') {
    const free = freeLabels(event, now)
    const [token] = own.length > 0 && chance.percent(20) ? chance.pick(own) : []
    const labels =
      free.length > 0 && chance.percent(90) ? free : (event.chart.published?.labels ?? [])
    return { ...topic, token: token ?? fresh(), labels: someLabels(labels, chance) }
  }
  const mine = operationId === 'extendHolds' ? own : held
  const wanted = operationId === 'releaseSeats' && chance.percent(40) ? groups : mine
  if (wanted.length === 0) return { ...topic, token: fresh(), labels: ['A-1'] }
  const [token, labels] = chance.pick(wanted)
  return { ...topic, token: token ?? '', labels: someLabels(labels, chance) }
}

function someLabels(labels: readonly string[], chance: Chance): string[] {
  return labels.length === 0 ? ['A-1'] : someObjects(labels, LABELS_MAX, chance)
}

/** Whether the chart is in a state in which the operation makes sense. */
function isWanted(operationId: string, chart: KnownChart, { events }: Memory): boolean {
  if (operationId === 'createEvent') return (chart.published?.labels.length ?? 0) > 0
  if (operationId === 'publishChart') return chart.draft.labels.length > 0
  if (operationId === 'deleteChart') return !events.some((event) => event.chart === chart)
  return true
}

/** For what needs taken seats, an event that has some. */
function pickEvent(operationId: string, { memory, chance, now }: Mind): KnownEvent | undefined {
  const isAboutTaken = /^(extend|book|release)/.test(operationId)
  const suitable = memory.events.filter((event) => {
    if (!isAboutTaken) return operationId !== 'holdSeats' || freeLabels(event, now).length > 0
    const tokens = [...takenGroups(event, now).keys()]
    return tokens.some((token) => token !== undefined || operationId === 'releaseSeats')
  })
  return pickRecent(suitable.length > 0 ? suitable : memory.events, chance)
}

/** Mostly one of the latest, so that stories go on. */
export function pickRecent<T>(all: readonly T[], chance: Chance): T | undefined {
  if (all.length === 0) return undefined
  return chance.pick(chance.percent(70) ? all.slice(-4) : all)
}

function keyFor(name: string, { chart, event, webhook }: Topic, { chance }: Mind): string {
  if (chance.percent(3)) return `${name}-of-nothing`
  if (webhook[name] !== undefined) return webhook[name]
  if (name === 'eventKey') return event?.eventKey ?? 'evt_none'
  return chart?.chartKey ?? 'chart_none'
}

/** A body that fits the schema, once what is known took the place of what was made up; else the documented example. */
export function inventBody(
  operation: DocumentedOperation,
  chance: Chance,
  putKnown: (made: Record<string, unknown>) => object,
): object {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const made = fake(operation.requestSchema ?? {}, chance) as Record<string, unknown>
    const body = putKnown(chooseOne(operation.requestSchema, made, chance))
    if (operation.requestFaultsOf(body).length === 0) return body
  }
  const [example] = Object.values(operation.requestExamples)
  return putKnown({ ...(example as object) })
}

function fake(schema: RequestSchema, chance: Chance): unknown {
  const seed = chance.below(2 ** 31)
  return generateSync(schema as JsonSchema, {
    seed,
    optionalsProbability: 0.5,
    maxItems: ITEMS_MAX,
  })
}

/** Where only one of several sets of fields may be given, keeps one of them. */
function chooseOne(
  schema: RequestSchema | undefined,
  made: Record<string, unknown>,
  chance: Chance,
): Record<string, unknown> {
  const { oneOf = [] } = (schema ?? {}) as { oneOf?: readonly RequestSchema[] }
  if (oneOf.length === 0) return made
  const chosen = chance.pick(oneOf).required ?? []
  const others = oneOf.flatMap(({ required = [] }) => required)
  const kept = Object.entries(made).filter(([name]) => !others.includes(name))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(chosen.map((name) => [name, ''])) }
}

type Maker = (topic: Topic, mind: Mind) => unknown

/** What fields are about, by name: undefined leaves the field out. */
const makers: Readonly<Record<string, Maker>> = {
  chartKey: ({ chart }) => chart?.chartKey ?? 'chart_none',
  eventKey: (_, { lane, chance }) => `${lane}~${chance.below(1_000_000)}`,
  objectLabel: ({ labels }) => labels[0],
  objectLabels: ({ labels }) => labels,
  labels: ({ labels }) => labels,
  holdToken: ({ token }) => (token === '' ? undefined : token),
  categoryKey: (_, { chance }) =>
    chance.percent(20) ? chance.pick(['1', '2', 'lounge']) : undefined,
  draftVersion: ({ venue }) => venue.drawing,
  extraData: (_, { chance }) => chance.pick(extraData),
  quantity: (_, { chance }) => somePlaces(chance),
  // Of the best seats: no more than are wanted may be accessible, and channels are said in one way.
  number: (_, { chance }) => 1 + chance.below(4),
  accessibleSeats: () => undefined,
  ignoreChannels: () => undefined,
  zone: () => undefined,
  sections: () => undefined,
  categories: () => undefined,
}

/** What may go with objects. */
export const extraData: readonly object[] = [
  {},
  { orderId: 'o_7731' },
  { note: '座席 🎭 "quoted"', nested: { list: [1, null, -0.5, { a: [] }] } },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as object,
  { long: 'x'.repeat(1000) },
]

function putKnown(
  made: Record<string, unknown>,
  topic: Topic,
  mind: Mind,
): Record<string, unknown> {
  const range = 'since' in made ? pickRange(mind.now, mind.chance) : {}
  const entries = Object.entries({ ...made, ...range, ...placesOf(made, topic, mind) }).map(
    ([name, value]) => {
      const maker = makers[name]
      return [name, maker === undefined ? value : maker(topic, mind)] as const
    },
  )
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A hold says of an area that places are meant, and how many; now and then it says so of something else, or not. */
function placesOf(made: object, { labels: [label = ''] }: Topic, { chance }: Mind): object {
  if (!('objectLabel' in made)) return {}
  const isSaid = chance.percent(areaOf(label) === undefined ? 3 : 90)
  return isSaid ? { objectType: 'generalAdmission', quantity: 1 } : {}
}

/** A parameter's value as text. */
export function inventText(schema: RequestSchema, chance: Chance): string {
  const { minimum = 1, maximum } = schema
  if (maximum !== undefined && chance.percent(60)) return String(minimum + chance.below(3))
  return String(fake(schema, chance))
}
