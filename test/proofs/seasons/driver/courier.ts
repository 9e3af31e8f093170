import {
  isSeats,
  isStructure,
  isToken,
  type Entry,
  type Override,
  type Request,
  type SeatRequest,
  type Step,
  type StructureRequest,
  type TermsRequest,
  type Wait,
} from '../model/requests.ts'
import { CHART } from './product.ts'

/** A request of the API. */
export interface Sent {
  readonly request: string
  readonly body?: unknown
}

/** Writes a request of a history in the words of the API; waiting is none. */
export function wordsOf(request: Exclude<Request, Wait>): Sent {
  if (isSeats(request)) return seatsOf(request)
  if (isStructure(request)) return structureOf(request)
  if (!isToken(request)) return termsOf(request)
  const body = { expiresInMinutes: request.minutes }
  if (request.kind === 'create-token') return { request: 'POST /hold-tokens', body }
  return { request: `POST /hold-tokens/${request.token}`, body }
}

function seatsOf(request: SeatRequest): Sent {
  switch (request.kind) {
    case 'batch': {
      const path = '/events/actions/change-object-status'
      const statusChanges = request.entries.map(entryOf)
      return { request: `POST ${path}?expand=objects`, body: { statusChanges } }
    }
    case 'group': {
      const path = '/events/groups/actions/change-object-status'
      const body = { events: request.events, ...stepOf(request.step) }
      return { request: `POST ${path}?expand=objects`, body }
    }
    case 'override': {
      const { event, to, labels: objects, season } = request.change
      const path = `/events/${event}/actions/${to}-season-status`
      return { request: `POST ${path}`, body: { objects, season } }
    }
    case 'annotate': {
      const { event, label, data } = request
      const path = `/events/${event}/objects/${label}/actions/update-extra-data`
      return { request: `POST ${path}`, body: { extraData: { data } } }
    }
    case 'native':
      return nativeOf(request)
  }
}

function entryOf(entry: Entry): object {
  if (!isOverride(entry)) return { event: entry.event, ...stepOf(entry) }
  const type = entry.to === 'override' ? 'OVERRIDE_SEASON_STATUS' : 'USE_SEASON_STATUS'
  const { event, labels: objects, season } = entry
  return { event, type, objects, season }
}

function isOverride(entry: Entry): entry is Override {
  return entry.to === 'override' || entry.to === 'use'
}

function stepOf(step: Step): object {
  const { to, labels, ticket, data } = step
  const extraData = data === undefined ? undefined : { data }
  return {
    ...(to === 'RELEASE' ? { type: to } : { status: to.startsWith('=') ? to.slice(1) : to }),
    objects: labels.map((objectId) => ({ objectId, ticketType: ticket, extraData })),
    holdToken: step.token,
    orderId: step.order,
    keepExtraData: step.keepsData,
    resaleListingId: step.listing,
    channelKeys: step.channels,
    ignoreChannels: step.ignoresChannels,
    allowedPreviousStatuses: step.allowed,
    rejectedPreviousStatuses: step.rejected,
  }
}

function nativeOf({
  verb,
  event,
  labels,
  token: holdToken,
  seconds: ttlSeconds,
}: Extract<SeatRequest, { kind: 'native' }>): Sent {
  const named = { objectLabels: labels, holdToken }
  const lasts = verb === 'hold' || verb === 'extend' ? { ttlSeconds } : {}
  return { request: `POST /api/v1/events/${event}/seats/${verb}`, body: { ...named, ...lasts } }
}

function structureOf(request: StructureRequest): Sent {
  switch (request.kind) {
    case 'create-event':
      return { request: 'POST /events', body: { chartKey: CHART, eventKey: request.key } }
    case 'create-season': {
      const { key, events } = request
      const eventKeys = events.length === 0 ? undefined : events
      return { request: 'POST /seasons', body: { chartKey: CHART, key, eventKeys } }
    }
    case 'create-events': {
      const path = `/seasons/${request.season}/actions/create-events`
      return { request: `POST ${path}`, body: { eventKeys: request.keys } }
    }
    case 'create-partial': {
      const { season, key, events: eventKeys } = request
      return { request: `POST /seasons/${season}/partial-seasons`, body: { key, eventKeys } }
    }
    case 'add-events': {
      const path = `/seasons/${request.season}/partial-seasons/${request.partial}`
      return { request: `POST ${path}/actions/add-events`, body: { eventKeys: request.events } }
    }
    case 'remove-event': {
      const path = `/seasons/${request.season}/partial-seasons/${request.partial}`
      return { request: `DELETE ${path}/events/${request.event}` }
    }
  }
}

function termsOf(request: TermsRequest): Sent {
  const edit = (body: object) => ({ request: `POST /events/${request.key}`, body })
  switch (request.kind) {
    case 'delete':
      return { request: `DELETE /events/${request.key}` }
    case 'rename':
      return edit({ eventKey: request.to })
    case 'set-past':
      return edit({ isInThePast: request.isPast })
    case 'set-tables':
      return edit({
        tableBookingConfig: { mode: request.isByTable ? 'ALL_BY_TABLE' : 'ALL_BY_SEAT' },
      })
    case 'set-propagated':
      return edit({ forSalePropagated: request.isPropagated })
    case 'take-off-sale':
      return {
        request: `POST /events/${request.key}/actions/mark-as-not-for-sale`,
        body: { objects: request.labels },
      }
    case 'put-on-sale':
      return { request: `POST /events/${request.key}/actions/mark-everything-as-for-sale` }
    case 'set-channel': {
      const { channel: key, labels: objects } = request
      const channels = [{ key, name: key, objects }]
      return { request: `POST /events/${request.key}/channels/replace`, body: { channels } }
    }
    case 'assign':
    case 'unassign': {
      const method = request.kind === 'assign' ? 'POST' : 'DELETE'
      const path = `/events/${request.key}/channels/${request.channel}/objects`
      return { request: `${method} ${path}`, body: { objects: request.labels } }
    }
  }
}
