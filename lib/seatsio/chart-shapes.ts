import * as z from 'zod'
import { eventReply } from './event-shapes.ts'
import { id, keyInPath, repeatable } from './fields.ts'

// Charts: requests and replies.

export const chartParams = z.object({ chartKey: keyInPath })

/** Events are told when they are asked for; the rest always is where one chart is read. */
export const chartQuery = z.object({
  expand: repeatable(['events', 'validation', 'venueType', 'zones']),
})

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
