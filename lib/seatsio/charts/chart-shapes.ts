import * as z from 'zod'
import { defined } from '../../defined.ts'
import { eventReply } from '../events/event-shapes.ts'
import {
  category,
  categoryKey,
  haveKeysOfTheirOwn,
  id,
  keyInPath,
  repeatable,
  text,
} from '../fields.ts'
import {
  cursorsMessage,
  digits,
  haveOneCursor,
  PAGE_LIMIT,
  pageFields,
  pageReply,
  toPageRequest,
} from '../paging.ts'
import { CATEGORIES_MAX, KEY_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'

// Charts: requests and replies.

/** The name of a chart that is created without one. */
const NAMELESS = 'Untitled chart'

export const chartParams = z.object({ chartKey: keyInPath })

/** Keys that paths need for themselves. */
const keysInUse = ['archive', 'tags', '.', '..']

/** A key that a chart is to get. */
export const newChartParams = z.object({
  chartKey: keyInPath.refine(
    (key) => !keysInUse.includes(key),
    'this key is used by the API itself: choose another',
  ),
})

const expandable = ['events', 'validation', 'venueType', 'zones'] as const

/** What is told of charts where it is asked for. */
export type Expandable = (typeof expandable)[number]

/** Events are told when they are asked for; the rest always is where one chart is read. */
export const chartQuery = z.object({ expand: repeatable(expandable) })

/** Which charts to list, and what to tell of them. */
export const chartsQuery = z
  .object({
    ...pageFields(PAGE_LIMIT),
    filter: text(1, NAME_LENGTH_MAX)
      .optional()
      .meta({ description: 'Part of the name, in any case.' }),
    tag: text(1, NAME_LENGTH_MAX).optional(),
    expand: repeatable(expandable),
    validation: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: 'An older way to say `expand=validation`.' }),
    eventsLimit: digits
      .pipe(z.number().min(1))
      .optional()
      .meta({
        override: {
          type: 'integer',
          minimum: 1,
          description: 'With `expand=events`: that many events of each chart, the newest.',
        },
      }),
  })
  .refine(haveOneCursor, cursorsMessage)

/** What is read of charts that are listed like this. */
export function toChartsRequest(query: z.output<typeof chartsQuery>, isArchived: boolean) {
  const { filter: name, tag, eventsLimit: eventsMax, validation } = query
  const expand = validation === 'true' ? [...query.expand, 'validation' as const] : query.expand
  const request = {
    ...toPageRequest(query, PAGE_LIMIT),
    isArchived,
    ...defined({ name, tag }),
    wanted: {
      facts: expand.some((it) => it !== 'events'),
      events: expand.includes('events'),
      ...defined({ eventsMax }),
    },
  }
  return { request, expand }
}

/** A drawing as the text that came; it is kept as it is. */
export const importChartRequest = z
  .string()
  .superRefine((drawing, context) => {
    const value: unknown = drawing === '' ? undefined : JSON.parse(drawing)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    if (!isObject) context.addIssue({ code: 'custom', message: 'expected a drawing: a JSONObject' })
  })
  .meta({ override: { type: 'object', additionalProperties: true, description: 'A drawing.' } })

export const chartReply = z.strictObject({
  id,
  key: z.string(),
  name: z.string(),
  status: z.enum(['NOT_USED', 'PUBLISHED', 'PUBLISHED_WITH_DRAFT']),
  tags: z.array(z.string()),
  archived: z.boolean(),
  publishedVersionThumbnailUrl: z.url(),
  draftVersionThumbnailUrl: z.url().optional(),
  venueType: z.enum(['SIMPLE', 'WITH_SECTIONS_AND_FLOORS', 'WITH_ZONES']),
  validation: z.strictObject({
    errors: z.array(z.string()),
    warnings: z.array(z.string()),
  }),
  zones: z.array(z.strictObject({ key: z.string(), label: z.string() })).optional(),
  events: z.array(eventReply).optional(),
})

/** A chart of a list has only as much as was asked for. */
export const listedChartReply = chartReply.partial({ venueType: true, validation: true })

export const chartsReply = pageReply(listedChartReply)

const { venueType, validation } = chartReply.shape

/** What a drawing breaks of the account's rules. */
export const validationReply = validation

/** Names that venue types had before. */
const formerVenueTypes = {
  MIXED: 'SIMPLE',
  TABLES: 'SIMPLE',
  ROWS_WITHOUT_SECTIONS: 'SIMPLE',
  ROWS_WITH_SECTIONS: 'WITH_SECTIONS_AND_FLOORS',
  ZONES: 'WITH_ZONES',
} as const

const anyVenueType = z
  .enum([...venueType.options, ...Object.keys(formerVenueTypes)])
  .transform((given) => {
    const today = (formerVenueTypes as Readonly<Record<string, string>>)[given] ?? given
    return today as z.output<typeof venueType>
  })
  .meta({
    override: {
      type: 'string',
      enum: [...venueType.options, ...Object.keys(formerVenueTypes)],
    },
  })

/** A category of a chart as it is sent; of one that is there already, what is left out stays. */
const chartCategory = z.object({
  key: categoryKey,
  label: text(0, NAME_LENGTH_MAX),
  color: text(0, NAME_LENGTH_MAX).optional(),
  accessible: z.boolean().optional(),
})

const chartCategories = z
  .array(chartCategory)
  .max(CATEGORIES_MAX)
  .refine(haveKeysOfTheirOwn, 'Duplicate category keys are not allowed')

export const createChartRequest = z.object({
  name: text(1, NAME_LENGTH_MAX).default(NAMELESS),
  venueType: anyVenueType.default('SIMPLE'),
  categories: chartCategories.default([]),
})

export const updateChartRequest = z.object({
  name: text(1, NAME_LENGTH_MAX).optional(),
  categories: chartCategories.optional(),
})

export const addCategoryRequest = z.object(chartCategory.shape)

export const updateCategoryRequest = z.object({
  label: text(0, NAME_LENGTH_MAX).optional(),
  color: text(0, NAME_LENGTH_MAX).optional(),
  accessible: z.boolean().optional(),
})

export const categoryParams = z.object({ chartKey: keyInPath, categoryKey: keyInPath })

export const categoriesReply = z.strictObject({ categories: z.array(category) })

/** Whatever is in the place of a workspace's public key. */
const workspaceKey = text(1, KEY_LENGTH_MAX)

export const copyToParams = z.object({ chartKey: keyInPath, toWorkspaceKey: workspaceKey })

export const copyBetweenParams = copyToParams.extend({ fromWorkspaceKey: workspaceKey })

export const tagParams = z.object({ chartKey: keyInPath, tag: text(1, NAME_LENGTH_MAX) })

export const tagsReply = z.strictObject({
  tags: z.array(z.string()).meta({ description: 'Each once, of charts that are not archived.' }),
})

/** A drawing as it came. */
export const drawingReply = z
  .looseObject({})
  .meta({ description: 'The drawing exactly as it was imported.' })

/** Names the picture of one version; only whoever was told knows it. */
export const thumbnailParams = z.object({ thumbnailId: keyInPath })

/** A picture. */
export const thumbnailReply = z
  .custom<never>()
  .meta({ override: { type: 'string', format: 'binary' } })
