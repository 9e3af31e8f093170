import type * as z from 'zod'

/** What is wrong with a field, by its name. */
export type Complain = (field: string, message: string) => void

/**
 * Has a check look at several fields together even where some of them are wrong by themselves, so that all faults are told at
 * once: it sees those as they came, and must judge only what it can.
 */
export function checkWhole<Schema extends z.ZodType>(
  schema: Schema,
  check: (given: z.output<Schema>, complain: Complain) => void,
): Schema {
  return schema.superRefine(
    (given, context) => {
      check(given, (field, message) => {
        context.addIssue({ code: 'custom', path: [field], message })
      })
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  )
}
