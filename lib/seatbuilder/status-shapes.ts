import * as z from 'zod'
import { timestamp } from './fields.ts'
import { anyObject } from './shapes.ts'

// What of an event is taken: one by one, and counted.

export const statusReply = z.object({
  eventKey: z.string(),
  objects: z.array(
    z.object({
      objectLabel: z.string(),
      status: z.enum(['held', 'booked']),
      objectType: z.literal('generalAdmission').optional().meta({
        description: 'There where places of an area are meant, and not one object.',
      }),
      quantity: z.int().min(1).optional().meta({
        description:
          'Of such an area: how many places are in this status, of one hold where the key sees tokens.',
      }),
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
  /** Objects in each status, of areas places; zero is told too. */
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
