import * as z from 'zod'
import { defined } from '../defined.ts'
import { FUNCTION_ANSWER_BYTES_MAX } from '../limits/aws-limits.ts'
import type { id } from './fields.ts'

// Lists by cursor: a cursor is the id of an item, or any number in its place.

/** Items on a page of charts and events, unless fewer are asked for. */
export const PAGE_LIMIT = 20

/** Items on a page of other lists. */
export const LONG_PAGE_LIMIT = 1_000

/** The parameters that a page of a list is asked by. */
export function pageFields(limitMax: number) {
  return {
    limit: digits.pipe(z.number().min(1)).default(limitMax).meta(numberUpTo(limitMax)),
    start_after_id: digits.optional().meta(cursor('What comes after this id.')),
    end_before_id: digits.optional().meta(cursor('What comes right before this id.')),
  }
}

type PageFields = z.output<z.ZodObject<ReturnType<typeof pageFields>>>

/** Whether no two cursors are given; `cursorsMessage` says what is wrong otherwise. */
export function haveOneCursor(query: Omit<PageFields, 'limit'>): boolean {
  return query.start_after_id === undefined || query.end_before_id === undefined
}

export const cursorsMessage = 'start_after_id and end_before_id exclude each other'

/** What these parameters ask for; more than the limit is cut to it. */
export function toPageRequest(query: PageFields, limitMax: number) {
  const { limit, start_after_id: after, end_before_id: before } = query
  return {
    limit: Math.min(limit, limitMax),
    ...defined({ after, before }),
  }
}

/** What a page of a list is asked by, where there is nothing else to say. */
export function pageQuery(limitMax: number) {
  return z
    .object(pageFields(limitMax))
    .refine(haveOneCursor, cursorsMessage)
    .transform((query) => toPageRequest(query, limitMax))
}

/** A whole number in a query; what is too large for one is the largest. */
export const digits = z
  .string()
  .regex(/^[0-9]{1,40}$/, 'expected a whole number')
  .transform((text) => Math.min(Number(text), Number.MAX_SAFE_INTEGER))

function numberUpTo(maximum: number) {
  return { override: { type: 'integer' as const, minimum: 1, default: maximum } }
}

function cursor(description: string) {
  return { override: { type: 'integer' as const, minimum: 0, description } }
}

/** A page as it is answered: cursors are texts, and only where there is something beyond. */
export function pageReply<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next_page_starts_after: z.string().optional(),
    previous_page_ends_before: z.string().optional(),
  })
}

/** Part of a list of items that have ids. */
interface Part<Item> {
  readonly items: Item[]
  readonly hasMore: boolean
  readonly hasPrevious: boolean
}

type WithId = { readonly id: z.output<typeof id> }

/** Bytes that the items of one answer take, as they stand in it: a page that would be larger ends early. */
export const PAGE_BYTES_MAX = FUNCTION_ANSWER_BYTES_MAX - 1024 * 1024

/**
 * Makes a page of items that have ids; of more than an answer can hold those that are next to the cursor, one at least. It never ends
 * between two of one id.
 */
export function toPage<Item extends WithId>(
  part: Part<Item>,
  { before }: { readonly before?: number | undefined } = {},
) {
  const { items } = part
  const isBackward = before !== undefined
  const fitting = upToEqual(isBackward ? items.toReversed() : items)
  const isCut = fitting.length < items.length
  const page = {
    items: isBackward ? fitting.reverse() : fitting,
    hasMore: part.hasMore || (isCut && !isBackward),
    hasPrevious: part.hasPrevious || (isCut && isBackward),
  }
  return { items: page.items, ...cursorsOf(page) }
}

function upToEqual<Item extends WithId>(items: readonly Item[]): Item[] {
  const fitting = withinAnswer(items, (item) => item)
  const next = items[fitting.length]
  if (next === undefined) return fitting
  const ended = fitting.filter(({ id: own }) => own !== next.id)
  return ended.length > 0 ? ended : items.filter(({ id: own }) => own === next.id)
}

/** Of these, shown from the first on, as many as an answer can hold; one at least. What does not fit is not even shown. */
export function withinAnswer<Item, Shown>(
  items: readonly Item[],
  show: (item: Item) => Shown,
): Shown[] {
  const fitting: Shown[] = []
  let bytes = 0
  for (const item of items) {
    const shown = show(item)
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(shown)))
    if (bytes > PAGE_BYTES_MAX && fitting.length > 0) break
    fitting.push(shown)
  }
  return fitting
}

/** Where the parts before and after begin, as far as there are any. */
export function cursorsOf({ items, hasMore, hasPrevious }: Part<WithId>) {
  const [first, last] = [items[0], items.at(-1)]
  return {
    ...(hasMore && last !== undefined ? { next_page_starts_after: String(last.id) } : {}),
    ...(hasPrevious && first !== undefined ? { previous_page_ends_before: String(first.id) } : {}),
  }
}
