import * as z from 'zod'
import { EXTRA_DATA_BYTES_MAX, extraDataBytes, writeExtraData } from '../inventory/extra-data.ts'
import { labelLengthMax } from '../inventory/validate-chart.ts'
import { reasonWords } from './errors.ts'

// The request and reply schemas of this surface. Unknown request fields are ignored.

/** Objects in one request. */
export const LABELS_MAX = 200

export const HOLD_TTL_SECONDS_DEFAULT = 900
export const HOLD_TTL_SECONDS_MAX = 7200
export const EXTEND_TTL_SECONDS_DEFAULT = 600
export const EXTEND_TTL_SECONDS_MAX = 3600
export const HOLD_TOKEN_LENGTH_MIN = 8
export const HOLD_TOKEN_LENGTH_MAX = 128
export const CHART_NAME_LENGTH_MIN = 3
export const NAME_LENGTH_MAX = 255
/** Of keys that callers name in paths; longer ones would not fit the store's keys. */
export const KEY_LENGTH_MAX = 255
/** Of keys that callers choose. */
export const EVENT_KEY_LENGTH_MAX = 100
export const PAGE_LIMIT_MAX = 100
export const PAGE_LIMIT_DEFAULT = 20
/** The largest page number: far beyond any list, and small enough to multiply. */
export const PAGE_MAX = 1_000_000

/** Bytes of a drawing's JSON, and of the body around it. */
export const DRAWING_BYTES_MAX = 4 * 1024 * 1024
export const DRAWING_BODY_BYTES_MAX = DRAWING_BYTES_MAX + 64 * 1024

/** Text that can be stored as it is: halves of surrogate pairs alone cannot. */
function text(lengthMin: number, lengthMax: number) {
  return z
    .string()
    .min(lengthMin)
    .max(lengthMax)
    .refine((value) => value.isWellFormed(), 'String must be well-formed Unicode')
}

/** A JSON object as it came: any field name, `__proto__` included, is a plain field. */
const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: ({ input }) => (input === undefined ? 'Required' : 'Expected object') },
  )
  .meta({ type: 'object', additionalProperties: true })

const label = text(1, labelLengthMax)
const labels = z
  .array(label)
  .min(1)
  .max(LABELS_MAX)
  .superRefine((values, context) => {
    const seen = new Set<string>()
    for (const [index, value] of values.entries()) {
      if (seen.has(value)) {
        context.addIssue({ code: 'custom', path: [index], message: `Repeated label: ${value}` })
      }
      seen.add(value)
    }
  })
  .meta({ uniqueItems: true })
const holdToken = text(HOLD_TOKEN_LENGTH_MIN, HOLD_TOKEN_LENGTH_MAX)
/** Book and release take shorter tokens too: they just match nothing. */
const anyToken = text(1, HOLD_TOKEN_LENGTH_MAX)
const extraData = jsonObject
  .transform(writeExtraData)
  .refine(
    (value) => extraDataBytes(value) <= EXTRA_DATA_BYTES_MAX,
    `Extra data must not exceed ${EXTRA_DATA_BYTES_MAX} bytes of JSON`,
  )
  .meta({ description: `Any JSON object, up to ${EXTRA_DATA_BYTES_MAX} bytes.` })
const ttlSeconds = (max: number) => z.int().gt(0).max(max)
const drawing = jsonObject
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= DRAWING_BYTES_MAX,
    `A drawing must not exceed ${DRAWING_BYTES_MAX} bytes of JSON`,
  )
  .meta({ description: `A drawing of the venue, up to ${DRAWING_BYTES_MAX} bytes.` })
const chartName = text(CHART_NAME_LENGTH_MIN, NAME_LENGTH_MAX)
const eventName = text(0, NAME_LENGTH_MAX)

export const chartParams = z.object({ chartKey: text(1, KEY_LENGTH_MAX) })
export const eventParams = z.object({ eventKey: text(1, KEY_LENGTH_MAX) })

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^[0-9]{1,15}$/, 'Expected a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(max))
    .meta({ override: { type: 'integer', minimum: 1, maximum: max, pattern: undefined } })

export const pageQuery = z.object({
  page: wholeNumber(PAGE_MAX).default(1),
  limit: wholeNumber(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
})

export const createChartRequest = z.object({ name: chartName, draftVersion: drawing.optional() })

export const updateChartRequest = z
  .object({ name: chartName.optional(), draftVersion: drawing.optional() })
  .refine(
    ({ name, draftVersion }) => name !== undefined || draftVersion !== undefined,
    'Give name or draftVersion, or both',
  )
  .meta({ anyOf: [{ required: ['name'] }, { required: ['draftVersion'] }] })

export const layoutQuery = z.object({ version: z.enum(['draft', 'published']).default('draft') })

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
})

export const updateEventRequest = z.object({ name: eventName.nullable().optional() })

export const deleteEventQuery = z.object({
  ifUnbooked: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
})

export const holdRequest = z
  .object({
    objectLabel: label.optional(),
    objectLabels: labels.optional(),
    holdToken,
    ttlSeconds: ttlSeconds(HOLD_TTL_SECONDS_MAX).default(HOLD_TTL_SECONDS_DEFAULT),
    extraData: extraData.optional(),
    categoryKey: text(1, NAME_LENGTH_MAX).optional(),
    objectType: z.unknown().optional(),
    quantity: z.unknown().optional(),
  })
  .superRefine((body, context) => {
    const refuse = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (body.objectLabel === undefined && body.objectLabels === undefined) {
      refuse('objectLabel', 'Required')
    }
    if (body.objectLabel !== undefined && body.objectLabels !== undefined) {
      refuse('objectLabels', 'Give objectLabel or objectLabels, not both')
    }
    if (body.objectType !== undefined) {
      refuse('objectType', 'General admission is not served yet: leave objectType out')
    }
    if (body.quantity !== undefined) {
      refuse('quantity', 'Only valid with general admission, which is not served yet')
    }
  })
  .meta({ oneOf: [{ required: ['objectLabel'] }, { required: ['objectLabels'] }] })

export const extendRequest = z.object({
  holdToken,
  labels: labels.optional(),
  ttlSeconds: ttlSeconds(EXTEND_TTL_SECONDS_MAX).default(EXTEND_TTL_SECONDS_DEFAULT),
})

export const bookRequest = z.object({
  objectLabels: labels,
  holdToken: anyToken,
  extraData: extraData.optional(),
})

export const releaseRequest = z.object({
  objectLabels: labels,
  holdToken: anyToken.optional(),
})

// Replies

const timestamp = z.iso.datetime({ precision: 3 })
const version = z.int().min(1)
const objectLabel = z.object({ objectLabel: z.string() })

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

export const layoutReply = z.looseObject({})

export const eventReply = z.object({
  eventKey: z.string(),
  chartKey: z.string(),
  chartPublishedVersion: version.nullable(),
  name: z.string().nullable(),
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
  heldReply.extend(objectLabel.shape),
  heldReply.extend({ held: z.array(objectLabel) }),
])

export const extendReply = z.object({
  /** Null when nothing was extended. */
  holdExpiresAt: timestamp.nullable(),
  extended: z.array(objectLabel),
  failed: z.array(objectLabel.extend({ reason: z.enum(reasonWords) })),
})

const anyObject = z.record(z.string(), z.unknown())

export const bookReply = z.object({
  booked: z.array(
    z.object({
      chartKey: z.string(),
      eventKey: z.string(),
      objectLabel: z.string(),
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
  released: z.array(objectLabel),
})

export const statusReply = z.object({
  eventKey: z.string(),
  objects: z.array(
    z.object({
      objectLabel: z.string(),
      status: z.enum(['held', 'booked']),
      /** Of another's hold, only secret keys see the token. */
      holdToken: z.string().nullable(),
      holdExpiresAt: timestamp.nullable(),
      categoryKey: z.string().nullable(),
      /** Left out for publishable keys. */
      extraData: anyObject.nullable().optional(),
    }),
  ),
})

const takenStatus = z.enum(['held', 'booked'])

export const reportsReply = z.object({
  eventKey: z.string(),
  /** Objects in each status; zero is told too. */
  byStatus: z.object({ held: z.int().min(0), booked: z.int().min(0) }),
  /** One row for each pair that occurs; objects without a category have null. */
  byCategory: z.array(
    z.object({
      status: takenStatus,
      categoryKey: z.string().nullable(),
      count: z.int().min(1),
    }),
  ),
})

export const healthReply = z.object({ status: z.literal('ok') })
