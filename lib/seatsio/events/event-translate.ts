import type * as z from 'zod'
import { toIso } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { detailsInSeason } from '../../venue/season-terms.ts'
import type { ChartFacts, EventDetails, EventHead } from '../../records/records.ts'
import { withinAnswer } from '../paging.ts'
import type { eventReply, eventWithMembersReply } from './event-shapes.ts'
import { toChannel, toForSaleConfig } from './terms-translate.ts'

/** An event with what is told of it beyond its head. */
export interface ToldEvent {
  readonly event: EventHead
  readonly details: EventDetails
  readonly facts: ChartFacts | undefined
  readonly season?: ToldSeason
}

/** The season that something is, or is in: of a season its events too, where it is told alone. */
interface ToldSeason {
  readonly head: EventHead
  readonly details: EventDetails
  readonly partialKeys: readonly string[]
  readonly events?: readonly ToldEvent[]
}

type Reply = z.output<typeof eventReply>

/** An event or a season in this API's words. */
export function toEvent(told: ToldEvent): Reply {
  const { event, facts, season } = told
  const { name = '', date, version } = event
  const details = detailsThatCount(told)
  const categories = offeredCategories(facts?.categories ?? [], details.categories ?? [])
  // What the chart no longer has counts for nothing, until it has it again.
  const { known: objectCategories } = splitByOffer(details.objectCategories ?? {}, categories)
  const { channels, saleRules } = details
  return {
    id: event.serial,
    key: event.eventKey,
    chartKey: event.chartKey,
    ...(name === '' ? {} : { name }),
    ...defined({ date }),
    tableBookingConfig: toTableBooking(season?.head ?? event, details),
    supportsBestAvailable: facts?.supportsBestAvailable ?? false,
    ...(saleRules === undefined ? {} : { forSaleConfig: toForSaleConfig(saleRules) }),
    ...defined({ channels: channels?.map(toChannel) }),
    categories: [...categories],
    ...(Object.keys(objectCategories).length === 0 ? {} : { objectCategories }),
    ...toPlace(told),
    isInThePast: event.isInThePast ?? false,
    createdOn: toIso(event.createdAt),
    // Only changes of what is told here raise the version.
    ...(version > 1 ? { updatedOn: toIso(event.updatedAt) } : {}),
  }
}

/** The same of what was asked for alone: of a season with its events. */
export function toEventWithMembers(told: ToldEvent): z.output<typeof eventWithMembersReply> {
  const { event, season } = told
  const { events, partialKeys = [] } = season ?? {}
  if (events === undefined) return toEvent(told)
  return {
    ...toEvent(told),
    ...(event.season?.role === 'whole' ? { partialSeasonKeys: [...partialKeys] } : {}),
    events: withinAnswer(events, toEvent),
  }
}

/** What counts of what an event says and what its season does; its sale rules are its own. */
function detailsThatCount({ event, details, season }: ToldEvent): EventDetails {
  const isWhole = event.season?.role === 'whole'
  return season === undefined || isWhole ? details : detailsInSeason(season.details, details)
}

type Place = Pick<
  Reply,
  | 'isSeason'
  | 'isTopLevelSeason'
  | 'isPartialSeason'
  | 'isEventInSeason'
  | 'topLevelSeasonKey'
  | 'partialSeasonKeysForEvent'
  | 'season'
  | 'forSalePropagated'
>

/** Where it stands in a season, and what follows from that. */
function toPlace({ event, details, season }: ToldEvent): Place {
  const role = event.season?.role
  const flags = {
    isSeason: role === 'whole' || role === 'part',
    isTopLevelSeason: role === 'whole',
    isPartialSeason: role === 'part',
    isEventInSeason: role === 'event',
  }
  if (season === undefined) return flags
  const { head, details: shared, partialKeys } = season
  const topLevelSeasonKey = head.eventKey
  if (role === 'whole') return { ...flags, forSalePropagated: shared.isSaleOwn !== true }
  if (role === 'part') {
    return { ...flags, topLevelSeasonKey, forSalePropagated: details.isSaleOwn !== true }
  }
  const rules = shared.isSaleOwn === true ? undefined : shared.saleRules
  return {
    ...flags,
    topLevelSeasonKey,
    partialSeasonKeysForEvent: [...partialKeys],
    season: defined({ forSaleConfig: rules && toForSaleConfig(rules) }),
  }
}

function toTableBooking({ tableBooking }: EventHead, { tables }: EventDetails) {
  const mode = tableBooking ?? ('INHERIT' as const)
  return mode === 'CUSTOM' ? { mode, tables: { ...tables } } : { mode }
}
