import * as z from 'zod'
import { cursorsOf, LONG_PAGE_LIMIT, pageQuery, pageReply } from '../paging.ts'

// Ticket buyers of a company.

/** Ids in one request. */
export const BUYERS_MAX = 1_000

/** In small letters, in which two that are the same read the same. */
const buyerId = z
  .string()
  .refine((given) => z.guid().safeParse(given).success, 'expected a UUID')
  .transform((given) => given.toLowerCase())
  .meta({ override: { type: 'string', format: 'uuid' } })

export const buyersRequest = z
  .object({ ids: z.array(buyerId).min(1).max(BUYERS_MAX) })
  .transform(({ ids }) => [...new Set(ids)])
  .meta({
    override: {
      type: 'object',
      required: ['ids'],
      properties: {
        ids: {
          type: 'array',
          minItems: 1,
          maxItems: BUYERS_MAX,
          items: { type: 'string', format: 'uuid' },
          description: 'What is there twice counts once.',
        },
      },
    },
  })

const ids = z.array(z.string())

export const buyersAddedReply = z.strictObject({
  added: ids,
  alreadyPresent: ids.meta({ description: 'Those that were there before.' }),
})

export const buyersRemovedReply = z.strictObject({
  removed: ids,
  notPresent: ids.meta({ description: 'Those that were not there.' }),
})

export const buyersQuery = pageQuery(LONG_PAGE_LIMIT)

export const buyersReply = pageReply(z.string())

/** A page of ids; its cursors are numbers that stand for them. */
export function toBuyersPage({
  items,
  ...page
}: {
  readonly items: readonly { readonly id: string; readonly number: number }[]
  readonly hasMore: boolean
  readonly hasPrevious: boolean
}): z.output<typeof buyersReply> {
  const cursors = cursorsOf({ ...page, items: items.map(({ number: id }) => ({ id })) })
  return { items: items.map(({ id }) => id), ...cursors }
}
