import type * as z from 'zod'
import type { Call, Core } from './core.ts'

/** One operation of a service: what its requests look like, and what it does. */
export interface Operation {
  readonly schema: z.ZodType
  readonly run: (core: Core, input: never, call: Call) => object | Promise<object>
}

/** Ties an operation to the type of its requests. */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  run: (core: Core, input: z.infer<Schema>, call: Call) => object | Promise<object>,
): Operation {
  return { schema, run }
}
