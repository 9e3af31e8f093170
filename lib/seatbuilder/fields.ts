import * as z from 'zod'
import { extraDataBytes, writeExtraData } from '../rules/extra-data.ts'
import { isPlainText } from '../plain-text.ts'
import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS, SECOND_MS } from '../limits/durations.ts'
import {
  DRAWING_BYTES_MAX,
  EXTRA_DATA_BYTES_MAX,
  HOLD_MS_MAX,
  LABEL_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PLACES_MAX,
} from '../limits/limits.ts'

// The limits that this surface alone has, and the fields that its requests and replies are made of.

/** Objects in one request. */
export const LABELS_MAX = 200

export const HOLD_TTL_SECONDS_MAX = HOLD_MS_MAX / SECOND_MS
export const EXTEND_TTL_SECONDS_DEFAULT = 10 * MINUTE_SECONDS
export const EXTEND_TTL_SECONDS_MAX = HOUR_SECONDS
export const HOLD_TOKEN_LENGTH_MIN = 8
export const HOLD_TOKEN_LENGTH_MAX = 128
export const CHART_NAME_LENGTH_MIN = 3
/** Of keys that callers choose. */
export const EVENT_KEY_LENGTH_MAX = 100
/** For which an old secret may sign beside the new one: a day, for receivers that are deployed by hand. */
export const OVERLAP_SECONDS_MAX = DAY_SECONDS
/** For how long tokens of a former admission key are taken: about as long as buyers stay in a sale. */
export const ADMISSION_OVERLAP_SECONDS = HOUR_SECONDS
export const PAGE_LIMIT_MAX = 100
export const PAGE_LIMIT_DEFAULT = 20
/** The largest page number: far beyond any list, and small enough to multiply. */
export const PAGE_MAX = 1_000_000

/** Bytes of a body with a drawing in it. */
export const DRAWING_BODY_BYTES_MAX = DRAWING_BYTES_MAX + 64 * 1024

/** Text that can be stored and told as it is: halves of surrogate pairs alone cannot, nor can U+FFFE and U+FFFF. */
export function text(lengthMin: number, lengthMax: number) {
  return z
    .string()
    .min(lengthMin)
    .max(lengthMax)
    .refine(isPlainText, 'String must be well-formed Unicode, without U+FFFE and U+FFFF')
}

/** A JSON object as it came: any field name, `__proto__` included, is a plain field. */
export const jsonObject = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: ({ input }) => (input === undefined ? 'Required' : 'Expected object') },
  )
  .meta({ type: 'object', additionalProperties: true })

export const label = text(1, LABEL_LENGTH_MAX)
export const labels = z
  .array(label)
  .min(1)
  .max(LABELS_MAX)
  .superRefine(
    (values, context) => {
      const seen = new Set<string>()
      for (const [index, value] of values.entries()) {
        if (typeof value === 'string' && seen.has(value)) {
          context.addIssue({ code: 'custom', path: [index], message: `Repeated label: ${value}` })
        }
        seen.add(value)
      }
    },
    // Also where some are no labels: all faults are told at once.
    { when: ({ value }) => Array.isArray(value) },
  )
  .meta({ uniqueItems: true })
export const holdToken = text(HOLD_TOKEN_LENGTH_MIN, HOLD_TOKEN_LENGTH_MAX).meta({
  description: 'Of your choice, and hard to guess: whoever knows it may act on its seats.',
})
/** Book and release take shorter tokens too: they just match nothing. */
export const anyToken = text(1, HOLD_TOKEN_LENGTH_MAX)
export const extraData = jsonObject
  .transform(writeExtraData)
  .refine(
    (value) => extraDataBytes(value) <= EXTRA_DATA_BYTES_MAX,
    `Extra data must not exceed ${EXTRA_DATA_BYTES_MAX} bytes of JSON`,
  )
  .meta({ description: `Any JSON object, up to ${EXTRA_DATA_BYTES_MAX} bytes.` })
/** Whole seconds from one up to a maximum. */
export const ttlSeconds = (max: number) => z.int().gt(0).max(max)
export const drawing = jsonObject
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= DRAWING_BYTES_MAX,
    `A drawing must not exceed ${DRAWING_BYTES_MAX} bytes of JSON`,
  )
  .meta({ description: `A drawing of the venue, up to ${DRAWING_BYTES_MAX} bytes.` })

const untyped = (description: string) => ({ description })

/** A drawing as documents show it. It comes back as it was sent, so what is of another type than drawn stays so. */
export const drawingDocument = {
  type: 'object',
  description: 'A drawing of the venue, as it was sent.',
  properties: {
    name: untyped('What the drawing calls itself.'),
    venueType: untyped('`SIMPLE`, `WITH_SECTIONS_AND_FLOORS` or `WITH_ZONES`.'),
    categories: untyped('An object with a `list` of categories: `key`, `label` and `color` each.'),
    subChart: untyped(
      'What is drawn: `rows`, `tables`, `booths`, `sections`, `shapes` and more, a list each.',
    ),
    subChartFloors: untyped('The floors, each drawn as `subChart` is.'),
    zones: untyped('A list of zones: `key` and `label` each.'),
  },
  additionalProperties: true,
} as const
export const chartName = text(CHART_NAME_LENGTH_MIN, NAME_LENGTH_MAX)
export const eventName = text(0, NAME_LENGTH_MAX)

/** A number as a parameter writes it; documented as the number that it is. */
export const wholeNumber = (maximum: number, otherwise: number) =>
  z
    .string()
    .regex(/^[0-9]{1,15}$/, 'Expected a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(maximum))
    .default(otherwise)
    .meta({
      override: { type: 'integer', minimum: 1, maximum, default: otherwise, pattern: undefined },
    })

export const timestamp = z.iso.datetime({ precision: 3 })
export const version = z.int().min(1)
export const objectLabel = z.object({ objectLabel: z.string() })

/** How many places of an area a request means. */
export const placesWanted = z.int().min(1).max(PLACES_MAX)

/** An object that was changed, or so many places of an area. */
export const changedObject = objectLabel.extend({
  quantity: z.int().min(1).optional().meta({
    description: 'There of an area whose places are sold one by one: how many of them.',
  }),
})

/** A query parameter that says yes by `true`; left out, it says no. */
export const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((given) => given === 'true')
