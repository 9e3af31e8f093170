import * as z from 'zod'
import { reasonWords } from './errors.ts'

/** The standard error envelope. */
export const errorReply = z
  .strictObject({
    statusCode: z.int().min(400).max(599).meta({ description: 'Equals the HTTP status.' }),
    message: z.string().min(1).meta({ description: 'For people; branch on `statusCode`.' }),
    errors: z
      .record(z.string(), z.array(z.string().min(1)).min(1))
      .optional()
      .meta({
        description:
          'What is wrong where: dot-paths into the body (or names in path and query) to messages; `_root` is the whole body.',
      }),
  })
  .meta({ description: 'The standard error.' })

/** What a batch of seats answers when it is refused. */
export const seatsRefusedReply = z
  .strictObject({
    error: z.string().min(1).meta({ description: 'For people; branch on the status.' }),
    failed: z
      .array(
        z.strictObject({
          objectLabel: z.string(),
          reason: z.enum(reasonWords),
        }),
      )
      .min(1)
      .meta({ description: 'Every object that refuses, in the order of the request.' }),
  })
  .meta({ description: 'Seats that refuse a change. Nothing was changed.' })
