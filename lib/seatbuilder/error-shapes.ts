import * as z from 'zod'
import { errorCodes, reasonWords } from './errors.ts'

const SEATS_REFUSED = 'seats_refused'

const code = z
  .enum(errorCodes.filter((word) => word !== SEATS_REFUSED))
  .meta({ description: 'For programs: what went wrong, in a word that stays as it is.' })

/** The standard error envelope. */
export const errorReply = z
  .strictObject({
    statusCode: z.int().min(400).max(599).meta({ description: 'Equals the HTTP status.' }),
    code,
    message: z.string().min(1).meta({ description: 'For people; branch on `code`.' }),
    errors: z
      .record(z.string(), z.array(z.string().min(1)).min(1))
      .optional()
      .meta({
        description:
          'What is wrong where: dot-paths into the body (or names in path and query) to messages; `_root` is a body that is no object.',
      }),
  })
  .meta({ description: 'The standard error.' })

/** What a batch of seats answers when it is refused. */
export const seatsRefusedReply = z
  .strictObject({
    code: z.literal(SEATS_REFUSED),
    error: z.string().min(1).meta({ description: 'For people; branch on `code`.' }),
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
