import * as z from 'zod'
import { checkWhole } from '../http/whole.ts'
import { objectAmong } from '../http/misplaced.ts'
import { reasonWords } from './errors.ts'
import {
  anyToken,
  changedObject,
  chartName,
  drawing,
  drawingDocument,
  EVENT_KEY_LENGTH_MAX,
  eventName,
  EXTEND_TTL_SECONDS_DEFAULT,
  EXTEND_TTL_SECONDS_MAX,
  extraData,
  HOLD_TTL_SECONDS_MAX,
  holdToken,
  label,
  labels,
  placesWanted,
  objectLabel,
  PAGE_LIMIT_DEFAULT,
  PAGE_LIMIT_MAX,
  PAGE_MAX,
  text,
  timestamp,
  ttlSeconds,
  version,
  wholeNumber,
} from './fields.ts'
import {
  CHANNELS_MAX,
  HOLD_SECONDS_DEFAULT,
  KEY_LENGTH_MAX,
  NAME_LENGTH_MAX,
} from '../limits/limits.ts'

// The request and reply schemas of this surface. Unknown request fields are ignored, save where seats are changed: what a sibling
// call knows is refused there.

export const chartParams = z.object({ chartKey: text(1, KEY_LENGTH_MAX) })
export const eventParams = z.object({ eventKey: text(1, KEY_LENGTH_MAX) })

export const pageQuery = z.object({
  page: wholeNumber(PAGE_MAX, 1),
  limit: wholeNumber(PAGE_LIMIT_MAX, PAGE_LIMIT_DEFAULT),
})

export const createChartRequest = z.object({ name: chartName, draftVersion: drawing.optional() })

export const updateChartRequest = checkWhole(
  z.object({ name: chartName.optional(), draftVersion: drawing.optional() }),
  ({ name, draftVersion }, complain) => {
    if (name !== undefined || draftVersion !== undefined) return
    for (const field of ['name', 'draftVersion'])
      complain(field, 'Give name or draftVersion, or both')
  },
).meta(givesOneOf(['name', 'draftVersion']))

/** Says in a document that one of these fields must be there, in a form that leaves the schema an object to generators of clients. */
export function givesOneOf(fields: readonly string[]) {
  const isThere = (name: string) => ({ properties: { [name]: {} }, required: [name] })
  return { not: { allOf: fields.map((name) => ({ not: isThere(name) })) } }
}

export const layoutQuery = z.object({ version: z.enum(['draft', 'published']).default('draft') })

const admission = z.enum(['none', 'browsers', 'everyone']).meta({
  id: 'Admission',
  description:
    "Whose holds of the event need an admission token, as a waiting room gives it: nobody's, those of publishable keys, or those of secret keys too.",
})

export const createEventRequest = z.object({
  chartKey: text(1, KEY_LENGTH_MAX),
  name: eventName.optional(),
  eventKey: z
    .string()
    .min(1)
    .max(EVENT_KEY_LENGTH_MAX)
    .regex(/^[A-Za-z0-9._~-]*$/, 'An event key has letters, digits and - . _ ~ only')
    .refine((key) => key !== '.' && key !== '..', 'An event key must not be . or ..')
    .meta({ pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._~-]*$' })
    .optional(),
  admission: admission.optional(),
})

export const updateEventRequest = z.object({
  name: eventName.nullable().optional(),
  admission: admission.optional(),
})

export const deleteEventQuery = z.object({
  ifUnbooked: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ override: { default: 'false' } }),
})

/** The fields of all calls that change seats, and words that are easily taken for one. */
export const seatWords = [
  ...['objectLabel', 'objectLabels', 'label', 'labels', 'objects', 'seats', 'holdToken', 'token'],
  ...['ttlSeconds', 'ttlSecond', 'ttl', 'extraData', 'categoryKey', 'objectType', 'quantity'],
  ...['channelKeys', 'ignoreChannels'],
]

export const holdRequest = checkWhole(
  objectAmong(seatWords, {
    objectLabel: label.optional(),
    objectLabels: labels.optional(),
    holdToken,
    ttlSeconds: ttlSeconds(HOLD_TTL_SECONDS_MAX).default(HOLD_SECONDS_DEFAULT),
    extraData: extraData.optional(),
    categoryKey: text(1, NAME_LENGTH_MAX)
      .optional()
      .meta({ description: 'Refuses seats of any other category.' }),
    channelKeys: z.array(text(1, KEY_LENGTH_MAX)).max(CHANNELS_MAX).optional().meta({
      description:
        'With a secret key, or where the workspace lets publishable keys: only seats of these channels are held, and those in none only with `NO_CHANNEL` among them. Without, only those in none.',
    }),
    ignoreChannels: z.boolean().optional().meta({
      description:
        'With a secret key: seats are held whatever channel they are in. Not together with `channelKeys`.',
    }),
    objectType: z.literal('generalAdmission').optional().meta({
      description: 'Says that places of an area are meant, which are sold one by one.',
    }),
    quantity: placesWanted.optional().meta({
      description: 'With `objectType`: how many places, 1 unless told otherwise.',
    }),
  }),
  (body, refuse) => {
    if (body.objectLabel === undefined && body.objectLabels === undefined) {
      refuse('objectLabel', 'Required')
    }
    if (body.objectLabel !== undefined && body.objectLabels !== undefined) {
      refuse('objectLabels', 'Give objectLabel or objectLabels, not both')
    }
    if (body.ignoreChannels === true && (body.channelKeys ?? []).length > 0) {
      refuse('ignoreChannels', 'Give channelKeys or ignoreChannels, not both')
    }
    if (body.objectType !== undefined && body.objectLabels !== undefined) {
      refuse('objectType', 'Give it with objectLabel, for one area')
    }
    if (body.quantity !== undefined && body.objectType === undefined) {
      refuse('quantity', 'Only valid with objectType generalAdmission')
    }
  },
).meta({ oneOf: [{ required: ['objectLabel'] }, { required: ['objectLabels'] }] })

export const extendRequest = checkWhole(
  objectAmong(seatWords, {
    holdToken,
    objectLabels: labels.optional(),
    labels: labels.optional().meta({ description: 'Another name of `objectLabels`.' }),
    ttlSeconds: ttlSeconds(EXTEND_TTL_SECONDS_MAX).default(EXTEND_TTL_SECONDS_DEFAULT),
  }),
  (body, complain) => {
    if (body.labels !== undefined && body.objectLabels !== undefined) {
      complain('labels', 'Give labels or objectLabels, not both')
    }
  },
).meta({
  not: { properties: { labels: {}, objectLabels: {} }, required: ['labels', 'objectLabels'] },
})

export const bookRequest = objectAmong(seatWords, {
  objectLabels: labels,
  holdToken: anyToken,
  extraData: extraData.optional(),
  quantity: placesWanted.optional().meta({
    description:
      'Of each area that is named: how many places. Without it, all that the token holds.',
  }),
})

export const releaseRequest = objectAmong(seatWords, {
  objectLabels: labels,
  holdToken: anyToken.optional(),
  quantity: placesWanted.optional().meta({
    description:
      'Of each area that is named: how many places. Without it, all that the token holds; and without a token one that is booked.',
  }),
})

// Replies

export const chartReply = z.object({
  chartKey: z.string(),
  name: z.string(),
  draftVersion: version,
  publishedVersion: version.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
})

export const publishReply = chartReply
  .omit({ createdAt: true })
  .extend({ publishedVersion: version, publishedAt: timestamp })

export const unpublishReply = chartReply
  .omit({ createdAt: true })
  .extend({ publishedVersion: z.null() })

export const deletedChartReply = z.object({ chartKey: z.string(), deleted: z.literal(true) })

export const layoutReply = z.looseObject({}).meta({ override: drawingDocument })

export const eventReply = z.object({
  eventKey: z.string(),
  chartKey: z.string(),
  chartPublishedVersion: version.nullable(),
  name: z.string().nullable(),
  admission: admission.optional(),
  createdAt: timestamp,
  updatedAt: timestamp,
})

export const deletedEventReply = z.object({ eventKey: z.string(), deleted: z.literal(true) })

/** A page of a list. */
export function pageReply<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    total: z.int().min(0),
    page: version,
    limit: version,
  })
}

const heldReply = z.object({
  chartKey: z.string(),
  eventKey: z.string(),
  status: z.literal('held'),
  holdToken: z.string(),
  holdExpiresAt: timestamp,
})

export const holdReply = z.union([
  heldReply.extend(changedObject.shape),
  heldReply.extend({ held: z.array(objectLabel) }),
])

export const extendReply = z.object({
  /** Null when nothing was extended. */
  holdExpiresAt: timestamp.nullable(),
  extended: z.array(objectLabel),
  failed: z.array(objectLabel.extend({ reason: z.enum(reasonWords) })),
})

export const anyObject = z.record(z.string(), z.unknown())

export const bookReply = z.object({
  booked: z.array(
    z.object({
      chartKey: z.string(),
      eventKey: z.string(),
      ...changedObject.shape,
      status: z.literal('booked'),
      bookedAt: timestamp,
      extraData: anyObject.nullable(),
    }),
  ),
})

export const releaseReply = z.object({
  chartKey: z.string(),
  eventKey: z.string(),
  status: z.literal('free'),
  releasedAt: timestamp,
  released: z.array(changedObject),
})

export const healthReply = z.object({ status: z.literal('ok') })
