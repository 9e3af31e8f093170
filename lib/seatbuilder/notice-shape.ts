import * as z from 'zod'
import { noticeTypes } from '../rules/notice.ts'
import { timestamp, version } from './fields.ts'

// What subscribers are told, as JSON Schema: the body of a webhook, and the detail of an event on the bus.

/** The body of a webhook, and the detail of an event on the bus. */
export const noticeBody = z
  .looseObject({
    id: z.string().meta({
      description:
        'Of the notice: the same however often it is delivered, so keep it to know repeats.',
      examples: ['01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-10:1'],
    }),
    type: z.enum(noticeTypes),
    occurredAt: timestamp.meta({ description: 'When the change was made.' }),
    workspaceId: z.string(),
    environment: z.enum(['production', 'sandbox']),
    chart: z.looseObject({ chartKey: z.string(), name: z.string() }),
    event: z.looseObject({ eventKey: z.string(), name: z.string().optional() }),
    season: z
      .looseObject({
        seasonKey: z.string().optional().meta({
          description: 'Of a change in an event: the key of the season that it is in.',
        }),
        events: z
          .array(z.looseObject({ eventKey: z.string() }))
          .optional()
          .meta({
            description:
              'Of a change of a season, or of a partial one: its events that are not past. The change is told once, with the key of the season as `event`, and counts for all of them.',
          }),
      })
      .optional()
      .meta({
        description:
          'Only of seasons and of events in seasons: as the season is when the change is told.',
      }),
    objectLabel: z.string(),
    status: z.string().meta({
      description: 'After the change: `free`, `held`, `booked`, `resale`, or a status of your own.',
    }),
    previousStatus: z.string(),
    version: version.meta({
      description:
        'Of the object, of an area of the block: rises with each change. Notices can come in any order; the highest version is the latest.',
    }),
    block: z.int().min(0).optional().meta({
      description:
        'Only of areas whose places are sold one by one: which of the blocks that its places lie in. Versions are those of the block.',
    }),
    quantity: z.int().min(1).optional().meta({
      description:
        'Of the same areas: how many places changed. What one request changes in several blocks is a notice for each.',
    }),
    holdToken: z
      .string()
      .optional()
      .meta({ description: 'Of the hold, or of the one that ended.' }),
    heldUntil: timestamp.optional().meta({ description: 'There while the object is held.' }),
    orderId: z.string().optional(),
    ticketType: z.string().optional(),
    extraData: z.record(z.string(), z.unknown()).optional(),
    extraDataOmitted: z
      .literal(true)
      .optional()
      .meta({ description: 'There where the extra data were too large to be told.' }),
    operationId: z.string().meta({
      description: 'Of the operation that made the change; one may change many objects.',
    }),
    test: z
      .literal(true)
      .optional()
      .meta({ description: 'There on the notice that tries out a webhook: no seat has changed.' }),
  })
  .meta({ id: 'Notice', description: 'One change of one object. It may gain fields.' })
