import * as z from 'zod'
import { COLOR_DEFAULT } from '../venue/categories.ts'
import { isPlainText } from '../plain-text.ts'
import { KEY_LENGTH_MAX, LABEL_LENGTH_MAX, NAME_LENGTH_MAX, PLACES_MAX } from '../limits/limits.ts'

// The limits that this surface alone has, and the fields that its requests and replies are made of.

/** Text that can be stored and told as it is: halves of surrogate pairs alone cannot, nor can U+FFFE and U+FFFF. */
export function text(lengthMin: number, lengthMax: number) {
  return z
    .string()
    .min(lengthMin)
    .max(lengthMax)
    .refine(isPlainText, 'String must be well-formed Unicode, without U+FFFE and U+FFFF')
}

/** Whatever is in the place of a key in a path. */
export const keyInPath = text(1, KEY_LENGTH_MAX)

/** Labels that one map may name: as many as the largest venues have places. */
export const MAP_LABELS_MAX = 50_000

/** The one name that a record of the library of schemas loses, since objects have it; JSON can say it as any other. */
const LOST_NAME = '__proto__'

/** What it is called while it is in a record: longer than any name in a map. */
const STAND_IN = '_'.repeat(Math.max(KEY_LENGTH_MAX, LABEL_LENGTH_MAX) + 1)

/**
 * A map by label, which may be called anything. Its empty form may be written as a list, since one language cannot tell the two
 * apart.
 */
export function mapOf<Value extends z.ZodType>(value: Value, lengthMax = LABEL_LENGTH_MAX) {
  return z.preprocess(
    (given, context) => {
      if (Array.isArray(given) && given.length === 0) return {}
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
      const labels = Object.keys(given)
      const wrong = faultOf(labels, lengthMax)
      if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong })
      return labels.includes(LOST_NAME) ? rename(given, LOST_NAME, STAND_IN) : given
    },
    z
      .record(z.string(), value)
      .overwrite((map) => (STAND_IN in map ? rename(map, STAND_IN, LOST_NAME) : map))
      .meta({ maxProperties: MAP_LABELS_MAX }),
  )
}

function rename<Map extends object>(map: Map, from: string, to: string): Map {
  const entries: [string, unknown][] = Object.entries(map)
  const renamed = entries.map(([name, entry]) => [name === from ? to : name, entry])
  return Object.fromEntries(renamed) as Map
}

/** What is wrong with the labels of a map as such: how many they are, or how long. */
function faultOf(labels: readonly string[], lengthMax: number): string | undefined {
  if (labels.length > MAP_LABELS_MAX) return `At most ${MAP_LABELS_MAX} labels are allowed`
  return labels.some((label) => label.length > lengthMax)
    ? `A label must not be longer than ${lengthMax} characters`
    : undefined
}

/** A label of an object, on the chart or not. */
export const label = text(1, LABEL_LENGTH_MAX)

/** Labels that are kept as they are sent. */
export const labelList = z
  .array(label)
  .max(MAP_LABELS_MAX)
  .meta({ description: 'Labels of objects.' })

/** How many places of areas, by the label of the area. */
export const areaPlaces = mapOf(z.int().min(1).max(PLACES_MAX)).meta({
  description: 'How many places of areas, by the label of the area.',
})

/** A query parameter that may be repeated, as the list of what it says. */
export function repeatable<Word extends string>(words: readonly [Word, ...Word[]]) {
  const one = z.enum(words)
  return z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(one))
    .default([])
    .meta({ override: { type: 'array', items: { type: 'string', enum: [...words] } } })
}

/** An id as this API shows it: a whole number below 2^53. */
export const id = z.int().min(0)

/** A moment, in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 })

/** A day. */
export const day = z
  .string()
  .refine((value) => z.iso.date().safeParse(value).success, 'expected date: yyyy-MM-dd')
  .meta({ format: 'date' })

/** A category's key, a text or a number; it keeps its type. */
export const categoryKey = z.union([text(1, NAME_LENGTH_MAX), z.number()])

/** A category as it is sent. */
export const categoryInput = z.object({
  key: categoryKey,
  label: text(0, NAME_LENGTH_MAX),
  color: text(0, NAME_LENGTH_MAX).default(COLOR_DEFAULT),
  accessible: z.boolean().default(false),
})

/** Whether no two categories are the same: keys are, when they read the same. */
export function haveKeysOfTheirOwn(
  categories: readonly { readonly key: string | number }[],
): boolean {
  return new Set(categories.map(({ key }) => String(key))).size === categories.length
}

/** A category as it is answered. */
export const category = z.strictObject({
  key: z.union([z.string(), z.number()]),
  label: z.string(),
  color: z.string(),
  accessible: z.boolean(),
})

/** A field that other calls change: refused by its name unless it says nothing. Left out of the document. */
export const changedElsewhere = z
  .unknown()
  .refine(
    (given) => given === undefined || isEmpty(given),
    'is changed by calls of its own: leave it out',
  )
  .optional()
  .meta({ not: {} })

/** A field that only seasons have: refused by its name, since the event would not do what it says. Left out of the document. */
export const ofSeasons = z
  .unknown()
  .refine((given) => given === undefined, 'only seasons have this field')
  .optional()
  .meta({ not: {} })

function isEmpty(given: unknown): boolean {
  return Array.isArray(given) && given.length === 0
}

/** A query parameter that says yes by `true`; left out, it says no. */
export const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((given) => given === 'true')
