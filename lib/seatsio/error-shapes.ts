import * as z from 'zod'
import { errorCodes } from './wording.ts'

/** The body of every error, save of 401, and of a 403 that a key is answered with, which have none. */
export const errorReply = z
  .strictObject({
    status: z.int().min(400).max(599).meta({ description: 'Equals the HTTP status.' }),
    messages: z.array(z.string().min(1)).min(1),
    errors: z
      .array(
        z.strictObject({
          code: z.enum(errorCodes),
          message: z.string().min(1),
          data: z.looseObject({}).optional(),
        }),
      )
      .min(1)
      .max(1)
      .meta({ description: 'The first thing that is wrong.' }),
    warnings: z
      .array(
        z.strictObject({
          code: z.enum(errorCodes),
          message: z.string().min(1),
          data: z.looseObject({}).optional(),
        }),
      )
      .meta({ description: 'What is wrong as well, and forbids nothing.' }),
    requestId: z.string(),
  })
  .meta({ description: 'An error.' })
