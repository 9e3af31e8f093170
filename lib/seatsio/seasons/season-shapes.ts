import * as z from 'zod'
import { checkWhole, type Complain } from '../../http/whole.ts'
import { EVENTS_MAX, KEY_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'
import { channelList } from '../events/channel-shapes.ts'
import { eventKey, eventReply, ownCategories, tableBookingConfig } from '../events/event-shapes.ts'
import { saleRulesInput } from '../events/sale-shapes.ts'
import { categoryKey, keyInPath, mapOf, text } from '../fields.ts'

// Seasons: requests and replies.

const name = text(0, NAME_LENGTH_MAX)

/** A field that events have and seasons do not: refused by its name. Left out of the document. */
const ofEvents = (instead: string) =>
  z
    .unknown()
    .refine((given) => given === undefined, instead)
    .optional()
    .meta({ not: {} })

const eventKeys = z
  .array(eventKey)
  .max(EVENTS_MAX)
  .refine(areDistinct, 'Duplicate event keys are not allowed')

/** Events that are to come into being with a season, or in one: by their keys, or so many. */
const newEvents = {
  eventKeys: eventKeys.optional(),
  numberOfEvents: z
    .int()
    .min(1)
    .max(EVENTS_MAX)
    .optional()
    .meta({ description: 'So many, each with a UUID as its key; not with `eventKeys`.' }),
}

interface Wanted {
  readonly eventKeys?: readonly string[] | undefined
  readonly numberOfEvents?: number | undefined
}

function refuseBoth({ eventKeys: given, numberOfEvents }: Wanted, complain: Complain): void {
  if (given !== undefined && numberOfEvents !== undefined) {
    complain('numberOfEvents', 'give eventKeys or numberOfEvents, not both')
  }
}

function areDistinct(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length
}

export const createSeasonRequest = checkWhole(
  z.object({
    chartKey: text(1, KEY_LENGTH_MAX),
    key: eventKey.optional(),
    eventKey: ofEvents("a season's key is given as `key`"),
    date: ofEvents('only events have this field'),
    name: name.optional(),
    ...newEvents,
    tableBookingConfig: tableBookingConfig.optional(),
    objectCategories: mapOf(categoryKey).optional(),
    categories: ownCategories.optional(),
    channels: channelList.optional(),
    forSaleConfig: saleRulesInput.optional(),
    forSalePropagated: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether `forSaleConfig` counts in the events of the season.' }),
  }),
  (body, complain) => {
    refuseBoth(body, complain)
    if (body.key !== undefined && body.eventKeys?.includes(body.key) === true) {
      complain('eventKeys', 'Duplicate event keys are not allowed')
    }
  },
)

export const createSeasonEventsRequest = checkWhole(z.object(newEvents), (body, complain) => {
  refuseBoth(body, complain)
  const { eventKeys: given, numberOfEvents } = body
  if (given === undefined && numberOfEvents === undefined) {
    complain('eventKeys', 'give eventKeys or numberOfEvents')
  }
  if (given?.length === 0) complain('eventKeys', 'expected minimum item count: 1, found: 0')
})

export const createPartialSeasonRequest = z.object({
  key: eventKey.optional(),
  eventKey: ofEvents("a season's key is given as `key`"),
  name: name.optional(),
  eventKeys: z
    .array(keyInPath)
    .max(EVENTS_MAX)
    .optional()
    .meta({ description: 'Events of the season.' }),
})

export const addEventsRequest = z.object({
  eventKeys: z.array(keyInPath).max(EVENTS_MAX).meta({ description: 'Events of the season.' }),
})

export const seasonParams = z.object({ seasonKey: keyInPath })
export const partialSeasonParams = seasonParams.extend({ partialSeasonKey: keyInPath })
export const memberParams = partialSeasonParams.extend({ eventKey: keyInPath })

export const seasonEventsReply = z.strictObject({
  events: z.array(eventReply).meta({ description: 'The newest first.' }),
})
