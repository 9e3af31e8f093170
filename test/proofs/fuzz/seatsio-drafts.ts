import type { DocumentedOperation, RequestSchema } from '../../support/openapi.ts'
import type { Draft, Role } from './attempt.ts'
import { weighted } from './chance.ts'
import { anyChart, chartMakers, page, paramsOf, type Wanted } from './chart-drafts.ts'
import { extraData, inventBody, inventText, pickRecent, type Mind } from './invent.ts'
import { DATA_MARK, freeLabels, takenGroups, type KnownEvent } from './memory.ts'
import { areaOf, someObjects, somePlaces } from './places.ts'
import { seasonMakers } from './season-drafts.ts'
import { newTerms, openedChannels, someTables, termsMakers } from './terms-drafts.ts'
import { drawVenue, unknownVenue } from './venue.ts'

// Requests of the second surface that should work, as far as the lane knows.

type Fields = Readonly<Record<string, unknown>>

/** Seats in one request, changes in one batch, events in one group. */
const LABELS_MAX = 4
const CHANGES_MAX = 4
const EVENTS_MAX = 3

const words = ['checkedIn', 'no show', 'Free', 'reserved_by_token', 'held', '座席 🎭', '__proto__']

/** A request of this operation that should work, as far as the lane knows. */
export function inventSeatsioDraft(operation: DocumentedOperation, mind: Mind): Draft {
  const { operationId } = operation
  const [, action = '', where = ''] = /^(.*?)(InGroup)?$/.exec(operationId) ?? []
  const maker =
    makers[operationId] ??
    (actions.includes(action)
      ? () => changeWanted(action, where, mind)
      : () => schemaWanted(operation, mind))
  const { params = {}, query = [], body, venue } = maker(mind)
  const role = inventRole(mind)
  return { operation, params, query, body, venue, role }
}

function inventRole({ chance }: Mind): Role {
  return chance.percent(7) ? chance.pick(['none', 'wrong', 'stranger', 'publishable']) : 'secret'
}

/** Changes of seats, whose requests are alike. */
const actions = ['hold', 'book', 'release', 'putUpForResale', 'changeObjectStatus']

/** What the schemas make, with what the lane knows by its name: for all that needs no word of its own. */
function schemaWanted(operation: DocumentedOperation, mind: Mind): Wanted {
  const { parameters, requestSchema } = operation
  const { chance } = mind
  const seats = anySeats(mind)
  const known: Readonly<Record<string, string | undefined>> = {
    ...paramsOf(anyChart(mind)),
    eventKey: seats.eventKey,
    label: seats.labels[0],
    holdToken: liveToken(mind) ?? 'nothing123',
  }
  const valueOf = (name: string, schema: unknown) =>
    known[name] ?? inventText(schema as RequestSchema, chance)
  // A list is written as several of its name.
  const valuesOf = (name: string, schema: RequestSchema) =>
    (schema.type === 'array' ? [schema.items, schema.items] : [schema]).map(
      (it) => [name, valueOf(name, it)] as const,
    )
  const inPath = parameters.filter((it) => it.in === 'path')
  const inQuery = parameters.filter((it) => it.in === 'query' && chance.percent(50))
  const putKnown = (made: Fields) =>
    Object.fromEntries(Object.entries(made).map(([name, value]) => [name, known[name] ?? value]))
  return {
    params: Object.fromEntries(inPath.map(({ name, schema }) => [name, valueOf(name, schema)])),
    query: inQuery.flatMap(({ name, schema }) => valuesOf(name, schema as RequestSchema)),
    ...(requestSchema && { body: inventBody(operation, chance, putKnown) as Fields }),
  }
}

/** Requests that need more than their schemas say: an order, a state, or fields that go together. */
const makers: Readonly<Record<string, (mind: Mind) => Wanted>> = {
  ...chartMakers,
  ...termsMakers((mind) => anySeats(mind)),
  ...seasonMakers,
  changeObjectStatusInBatch: (mind) => ({ query: expand(mind), body: batch(mind) }),
  getObjects: (mind) => {
    const { eventKey, labels } = anySeats(mind)
    return { params: { eventKey }, query: labels.map((label) => ['label', label] as const) }
  },
  updateExtraData: (mind) => {
    const { eventKey, labels } = anySeats(mind)
    return { params: { eventKey, label: labels[0] ?? '' }, body: { extraData: someData(mind) } }
  },
  updateExtraDataOfMany: (mind) => {
    const { eventKey, labels } = anySeats(mind)
    const data = labels.map((label) => [label, someData(mind)] as const)
    return { params: { eventKey }, body: { extraData: Object.fromEntries(data) } }
  },
  listStatusChanges: (mind) => ({
    params: { eventKey: keyOf(anyEvent(mind)) },
    query: [...page(mind), ...logFilters(mind)],
  }),
  listObjectStatusChanges: (mind) => {
    const { eventKey, labels } = anySeats(mind)
    return { params: { eventKey, label: labels[0] ?? '' }, query: page(mind) }
  },
  importChart: (mind) => {
    const venue = drawVenue(mind.chance)
    const chartKey = `${mind.lane}~chart ${mind.chance.below(1_000_000)}`
    return { params: { chartKey }, body: venue.drawing as Fields, venue }
  },
  createEvent: (mind) => ({
    body: { ...paramsOf(anyChart(mind)), ...newEventFields(mind), ...newTerms(mind) },
  }),
  createEvents: (mind) => ({
    body: {
      ...paramsOf(anyChart(mind)),
      events: [{ ...newEventFields(mind), ...newTerms(mind) }, {}],
    },
  }),
  listEvents: (mind) => ({ query: page(mind) }),
  updateEvent: (mind) => {
    const { chance } = mind
    const fields = weighted<Fields>(chance, [
      [3, newEventFields(mind)],
      [2, paramsOf(anyChart(mind))],
      [3, someTables(mind)],
      [5, { name: 'Another', date: '2027-05-17' }],
    ])
    return { params: { eventKey: keyOf(anyEvent(mind)) }, body: fields }
  },
}

/** A change of seats of one event, or of the same seats in several events of a chart. */
function changeWanted(action: string, where: string, mind: Mind): Wanted {
  const event = anyEvent(mind)
  const body = changeOf(action, event, mind)
  const query = expand(mind)
  if (where === '') return { params: { eventKey: keyOf(event) }, query, body }
  const others = mind.memory.events.filter((it) => it !== event && it.chart === event?.chart)
  const more = others.length === 0 ? [] : mind.chance.some(others, EVENTS_MAX - 1)
  const events = [keyOf(event), ...more.map(({ eventKey }) => eventKey)]
  return { query, body: { events, ...body } }
}

function batch(mind: Mind): Fields {
  const count = 1 + mind.chance.below(CHANGES_MAX)
  const changes = Array.from({ length: count }, () => {
    const event = anyEvent(mind)
    return { event: keyOf(event), ...changeOf('changeObjectStatus', event, mind) }
  })
  const [first] = changes
  const isSwap = first !== undefined && mind.chance.percent(40)
  if (!isSwap) return { statusChanges: changes }
  // The same seats more than once: each change must see what the ones before it did.
  const { event, objects } = first
  const release = { event, objects, type: 'RELEASE' }
  const status = mind.chance.pick(['booked', ...words])
  return { statusChanges: [release, { event, objects, status }, release] }
}

function changeOf(
  action: string,
  event: KnownEvent | undefined,
  mind: Mind,
): Fields & { readonly objects: readonly unknown[] } {
  const { chance, now } = mind
  const groups = event === undefined ? [] : [...takenGroups(event, now)]
  const held = groups.filter(([token]) => token !== undefined && mind.memory.issued.has(token))
  const free = event === undefined ? [] : freeLabels(event, now)
  const extra = extraFields(mind)
  switch (action) {
    case 'hold': {
      const holdToken = liveToken(mind) ?? 'nothing123'
      return { ...extra, holdToken, objects: objectsOf(free, mind, event) }
    }
    case 'book': {
      const [holdToken, labels] = held.length > 0 && chance.percent(60) ? chance.pick(held) : []
      const token = holdToken === undefined ? {} : { holdToken }
      return { ...extra, ...token, objects: objectsOf(labels ?? free, mind, event) }
    }
    case 'release': {
      const [, labels = free] = groups.length > 0 && chance.percent(80) ? chance.pick(groups) : []
      return { ...extra, objects: objectsOf(labels, mind, event) }
    }
    case 'putUpForResale': {
      const booked = groups.find(([token]) => token === undefined)?.[1] ?? free
      const listing = chance.percent(50) ? { resaleListingId: 'offer-1' } : {}
      return { ...extra, ...listing, objects: objectsOf(booked, mind, event) }
    }
    default:
      return statusChangeOf(event, mind)
  }
}

/** Any of the other actions, or a status of one's own, in the words of the general one. */
function statusChangeOf(event: KnownEvent | undefined, mind: Mind) {
  const { chance } = mind
  const [action, target] = weighted<readonly [string, Fields]>(chance, [
    [3, ['book', { status: 'booked' }]],
    [3, ['hold', { status: 'reservedByToken' }]],
    [3, ['release', { type: 'RELEASE' }]],
    [1, ['release', { status: 'free', type: 'CHANGE_STATUS_TO' }]],
    [1, ['putUpForResale', { status: 'resale' }]],
    [3, ['putUpForResale', { status: chance.pick(words) }]],
  ])
  const body = changeOf(action, event, mind)
  const guard = chance.percent(10) ? { rejectedPreviousStatuses: [chance.pick(words)] } : {}
  return { ...body, ...target, ...guard }
}

function extraFields(mind: Mind): Fields {
  const { chance } = mind
  return {
    ...(chance.percent(30) ? { orderId: chance.pick(['ord-1', '', 'é 🎭 "']) } : {}),
    ...(chance.percent(30) ? { keepExtraData: chance.percent(50) } : {}),
    ...openedChannels(mind),
  }
}

function objectsOf(
  labels: readonly string[],
  mind: Mind,
  event: KnownEvent | undefined,
): readonly unknown[] {
  const { chance } = mind
  const chosen = labels.length === 0 ? ['A-1'] : someObjects(labels, LABELS_MAX, chance)
  return chosen.flatMap((label) => {
    if (areaOf(label) !== undefined) return placesOf(label, mind, event?.channelIds ?? [])
    if (chance.percent(60)) return label
    const quantity = chance.percent(95) ? 1 : 2
    const ticketType = chance.percent(50) ? { ticketType: 'child' } : { quantity }
    const data = chance.percent(50) ? { extraData: someData(mind) } : {}
    return { objectId: label, ...ticketType, ...data }
  })
}

/** Places of an area, in any of the ways to say how many. */
function placesOf(area: string, mind: Mind, channelIds: readonly string[]): readonly unknown[] {
  const { chance } = mind
  const isOfChannel = chance.percent(25)
  const objectId = isOfChannel ? `${area}##${chance.pick([...channelIds, 'ch-none'])}` : area
  const places = (more: object) => ({ objectId, quantity: somePlaces(chance), ...more })
  const data = chance.percent(30) ? { extraData: someData(mind) } : {}
  return weighted<readonly unknown[]>(chance, [
    [4, [places(data)]],
    [2, [places({ ticketType: 'child', ...data })]],
    [2, [places({ ticketType: 'child' }), places({ ticketType: 'adult', ...data })]],
    [1, [objectId, objectId, { objectId, ...data }]],
    [1, [objectId]],
  ])
}

/** Marked, so that it is found wherever it leaks. */
function someData({ lane, chance }: Mind): object {
  return { ...chance.pick(extraData), of: `${DATA_MARK}${lane}-${chance.below(1_000)}` }
}

function anyEvent({ memory, chance }: Mind): KnownEvent | undefined {
  return pickRecent(memory.events, chance)
}

function keyOf(event: KnownEvent | undefined): string {
  return event?.eventKey ?? 'evt_none'
}

function anySeats(mind: Mind): { eventKey: string; labels: string[] } {
  const event = anyEvent(mind)
  const { labels, areas } = event?.chart.published ?? unknownVenue
  const isKnown = labels.length > 0
  return {
    eventKey: keyOf(event),
    labels: isKnown ? mind.chance.some([...labels, ...areas.keys()], LABELS_MAX) : ['A-1'],
  }
}

function liveToken({ memory, chance, now }: Mind): string | undefined {
  const live = [...memory.issued].filter(([, until]) => until > now).map(([token]) => token)
  return pickRecent(live, chance)
}

function newEventFields(mind: Mind): Fields {
  const { lane, chance } = mind
  return {
    eventKey: `${lane}~${chance.below(1_000_000)}`,
    ...(chance.percent(50) ? { name: 'Night', date: '2027-05-16' } : {}),
  }
}

function expand({ chance }: Mind): Draft['query'] {
  return chance.percent(60) ? [['expand', 'objects']] : []
}

function logFilters({ chance }: Mind): Draft['query'] {
  const sort = chance.pick(['date', 'date:desc', 'objectLabel', 'status:DESC', 'objectLabel:asc'])
  return [
    ...(chance.percent(40) ? [['sort', sort] as const] : []),
    ...(chance.percent(30) ? [['filter', chance.pick(['A', '-1', '座', ''])] as const] : []),
  ]
}
