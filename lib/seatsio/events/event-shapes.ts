import * as z from 'zod'
import {
  category,
  categoryInput,
  categoryKey,
  day,
  haveKeysOfTheirOwn,
  id,
  keyInPath,
  mapOf,
  ofSeasons,
  changedElsewhere,
  text,
  timestamp,
} from '../fields.ts'
import { PAGE_LIMIT, pageQuery, pageReply } from '../paging.ts'
import { CATEGORIES_MAX, EVENTS_MAX, KEY_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'
import { channel, channelList } from './channel-shapes.ts'
import { saleRules, saleRulesInput } from './sale-shapes.ts'

// Events: requests and replies.

/** Keys that paths need for themselves. */
const keysInUse = ['groups', 'actions', '.', '..']

export const eventParams = z.object({ eventKey: keyInPath })

/** A key of an event or a season that is to have it. */
export const eventKey = text(1, KEY_LENGTH_MAX).refine(
  (key) => !keysInUse.includes(key),
  'this key is used by the API itself: choose another',
)

export const tableBookingConfig = z
  .object({
    mode: z.enum(['INHERIT', 'ALL_BY_TABLE', 'ALL_BY_SEAT', 'CUSTOM']),
    tables: mapOf(z.enum(['BY_TABLE', 'BY_SEAT'])).optional(),
  })
  .meta({ description: 'How tables are sold; `tables` counts with the mode `CUSTOM`.' })

/** An event ends up as none of them says: what belongs to seasons is refused rather than lost. */
const fieldsOfSeasons = {
  eventKeys: ofSeasons,
  numberOfEvents: ofSeasons,
  forSalePropagated: ofSeasons,
}

export const ownCategories = z
  .array(categoryInput)
  .max(CATEGORIES_MAX)
  .refine(haveKeysOfTheirOwn, 'Duplicate category keys are not allowed')
  .meta({
    description:
      'What the event sells under beside the categories of its chart; one with the key of a category of the chart stands for it.',
  })

const newEvent = z.object({
  ...fieldsOfSeasons,
  // Of a season; an event's is `eventKey`.
  key: ofSeasons,
  eventKey: eventKey.optional(),
  name: text(0, NAME_LENGTH_MAX).optional(),
  date: day.optional(),
  tableBookingConfig: tableBookingConfig.optional(),
  objectCategories: mapOf(categoryKey).optional(),
  categories: ownCategories.optional(),
  channels: channelList.optional(),
  forSaleConfig: saleRulesInput.optional(),
})

export const createEventRequest = newEvent.extend({ chartKey: text(1, KEY_LENGTH_MAX) })

export const createEventsRequest = z.object({
  chartKey: text(1, KEY_LENGTH_MAX),
  events: z
    .array(newEvent)
    .min(1)
    .max(EVENTS_MAX)
    .refine((events) => {
      const given = events.flatMap((event) => event.eventKey ?? [])
      return new Set(given).size === given.length
    }, 'Duplicate event keys are not allowed'),
})

export const updateEventRequest = z.object({
  eventKeys: changedElsewhere,
  numberOfEvents: changedElsewhere,
  forSalePropagated: z.boolean().optional().meta({
    description: 'Of seasons only: whether their sale rules count in their events.',
  }),
  eventKey: eventKey.optional(),
  name: text(0, NAME_LENGTH_MAX).optional(),
  date: day.optional(),
  tableBookingConfig: tableBookingConfig.optional(),
  objectCategories: z
    .preprocess((given) => (given === null ? {} : given), mapOf(categoryKey).optional())
    .meta({ description: 'Empty or null takes them all away.' }),
  categories: ownCategories.nullable().optional(),
  isInThePast: z.boolean().optional(),
  chartKey: text(1, KEY_LENGTH_MAX).optional().meta({
    description:
      'The chart that the event goes to. A season stays on its chart, and so do its events.',
  }),
  channels: changedElsewhere,
  forSaleConfig: changedElsewhere,
})

/** Fields whose null takes away what there was. */
export const updateEventNullable = ['objectCategories', 'categories']

export const eventReply = z.strictObject({
  id,
  key: z.string(),
  chartKey: z.string(),
  name: z.string().optional(),
  date: z.iso.date().optional(),
  tableBookingConfig: z.strictObject({
    mode: z.enum(['INHERIT', 'ALL_BY_TABLE', 'ALL_BY_SEAT', 'CUSTOM']),
    tables: z.record(z.string(), z.enum(['BY_TABLE', 'BY_SEAT'])).optional(),
  }),
  supportsBestAvailable: z.boolean(),
  forSaleConfig: saleRules.optional().meta({
    description: 'What is for sale; absent where everything is.',
  }),
  channels: z.array(channel).optional().meta({
    description: 'In the order in which they were added; absent where there never were any.',
  }),
  categories: z.array(category).meta({
    description:
      "The chart's, followed by the event's own, which stand for those of the chart with the same key.",
  }),
  objectCategories: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  isSeason: z.boolean(),
  isTopLevelSeason: z.boolean(),
  isPartialSeason: z.boolean(),
  isEventInSeason: z.boolean(),
  topLevelSeasonKey: z
    .string()
    .optional()
    .meta({ description: 'Of an event in a season, and of a partial season.' }),
  partialSeasonKeysForEvent: z.array(z.string()).optional().meta({
    description: 'Of an event in a season: the partial seasons that it is in.',
  }),
  season: z.strictObject({ forSaleConfig: saleRules.optional() }).optional().meta({
    description:
      'Of an event in a season: the sale rules of the season, if they count in its events.',
  }),
  forSalePropagated: z
    .boolean()
    .optional()
    .meta({ description: 'Of a season: whether its sale rules count in its events.' }),
  isInThePast: z.boolean().meta({
    description: 'What is sold in a past event is free on its season.',
  }),
  createdOn: timestamp,
  updatedOn: timestamp.optional().meta({ description: 'Absent until the first update.' }),
})

/** What is told of one that is asked for by its key: of a season, its events and partial seasons too. */
export const eventWithMembersReply = eventReply.extend({
  partialSeasonKeys: z.array(z.string()).optional().meta({
    description: 'Of a top-level season: its partial seasons, in order of creation.',
  }),
  events: z.array(eventReply).optional().meta({
    description:
      'Of a season: its events in order of creation; of more than an answer can hold, the first.',
  }),
})

export const createEventsReply = z.strictObject({ events: z.array(eventReply) })

export const eventsQuery = pageQuery(PAGE_LIMIT)
export const eventsReply = pageReply(eventReply)
