import * as z from 'zod'
import { checkWhole } from '../../http/whole.ts'
import {
  KEY_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PLACES_MAX,
  SALE_EVENTS_MAX,
} from '../../limits/limits.ts'
import { areaPlaces, label, labelList, mapOf, text, timestamp, MAP_LABELS_MAX } from '../fields.ts'

// What events sell: requests and replies.

/** Categories in one list, by key or label. */
const LISTED_CATEGORIES_MAX = 10_000

/** Keys may be numbers; they are told as texts. */
const categoryWord = z
  .union([text(1, NAME_LENGTH_MAX), z.number()])
  .transform(String)
  .meta({ override: { type: ['string', 'number'] } })

const lists = {
  objects: labelList.default([]),
  areaPlaces: areaPlaces.default({}),
  categories: z.array(categoryWord).max(LISTED_CATEGORIES_MAX).default([]).meta({
    description: 'Categories by key or label.',
  }),
}

/** What is put on or off sale. */
export const saleListsRequest = z.object(lists)

/** Sale rules of a new event. */
export const saleRulesInput = z.object({
  forSale: z.boolean().meta({
    description: 'Whether only what is listed is for sale, or all but that.',
  }),
  ...lists,
})

const items = z
  .array(
    z.object({
      object: label,
      quantity: z.int().min(1).max(PLACES_MAX).optional().meta({
        description: 'Places of an area; without it the object itself is meant.',
      }),
    }),
  )
  .max(MAP_LABELS_MAX)

/** Made anew for each request that uses it: the document shows it at its place. */
const saleEdit = () =>
  checkWhole(
    z.object({
      forSale: items.optional().meta({ description: 'What is put on sale, before anything else.' }),
      notForSale: items.optional().meta({ description: 'What is taken off sale.' }),
    }),
    ({ forSale, notForSale }, complain) => {
      if (forSale === undefined && notForSale === undefined) {
        complain('forSale', 'give forSale or notForSale, or both')
      }
    },
  )

export const editSaleRequest = saleEdit()

export const editSalesRequest = z.object({
  events: mapOf(saleEdit(), KEY_LENGTH_MAX)
    .refine((events) => Object.keys(events).length > 0, 'expected minimum item count: 1, found: 0')
    .refine(
      (events) => Object.keys(events).length <= SALE_EVENTS_MAX,
      `expected maximum item count: ${SALE_EVENTS_MAX}`,
    )
    .meta({ description: 'What to change of each event, by its key.' }),
})

/** Sale rules as they are answered. */
export const saleRules = z.strictObject({
  forSale: z.boolean(),
  objects: z.array(z.string()),
  areaPlaces: z.record(z.string(), z.int()),
  categories: z.array(z.string()),
})

export const saleQuota = z.strictObject({
  rateLimitRemainingCalls: z.int().min(0).meta({
    description:
      'Changes that are left in the window. Those that only put things on sale are never refused.',
  }),
  rateLimitResetDate: timestamp.meta({ description: 'When the window is over.' }),
})

export const editedSaleReply = z.strictObject({
  forSaleConfig: saleRules,
  rateLimitInfo: saleQuota,
})

export const editedSalesReply = z.record(z.string(), editedSaleReply)
