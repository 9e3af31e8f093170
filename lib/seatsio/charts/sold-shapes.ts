import * as z from 'zod'
import { flag, repeatable } from '../fields.ts'
import { chartReply } from './chart-shapes.ts'

// What a change of drawings takes from sold objects, and how a caller asks for it. All of it is ours: who asks for nothing is
// answered as ever.

/** What a caller may ask of a change that gives events another drawing. */
export const soldQuery = z.object({
  dryRun: flag.meta({
    description: 'With `true` nothing is changed: the answer tells what would come of it.',
  }),
  ifUnsold: flag.meta({
    description:
      'With `true` it is refused where a sold object would vanish or change its category, or an area would have fewer places than are sold of it.',
  }),
  expand: repeatable(['soldObjects']),
})

/** What the documents say of it. */
export const tellsSold = `With \`expand=soldObjects\` the answer is 200 and lists, for each event, what somebody holds, has booked or offers for resale and is
not there any more, in another category, or of an area with fewer places than that; with \`dryRun=true\` it is listed and nothing is changed; with \`ifUnsold=true\` it is refused instead. Sales go on meanwhile:
one that is made while this is looked at may be missing, and shows \`isPresentOnChart: false\` afterwards.`

/** An object that goes from sight, or into another category. */
export const soldObject = z.strictObject({
  label: z.string(),
  status: z.string(),
  effect: z.enum(['vanishes', 'changesCategory', 'exceedsCapacity']),
  quantity: z.int().min(1).optional().meta({
    description: 'Places that are held or booked, of an area whose places are sold one by one.',
  }),
  categoryKey: z
    .string()
    .optional()
    .meta({ description: 'The category that it was sold under, if it had one.' }),
  newCategoryKey: z.string().optional(),
})

const count = z.int().min(0)

/** What becomes of sold objects. */
export const soldObjects = z
  .strictObject({
    vanishing: count.meta({ description: 'Sold objects that the event has not any more.' }),
    changingCategory: count,
    exceedingCapacity: count.meta({
      description: 'Areas that have fewer places than are sold of them.',
    }),
    eventsUnread: count.meta({
      description:
        'Events that there was no time to look at: what is sold there is in none of the counts.',
    }),
    events: z.array(
      z.strictObject({
        eventKey: z.string(),
        vanishing: count,
        changingCategory: count,
        exceedingCapacity: count,
        objects: z
          .array(soldObject)
          .meta({ description: 'By label; of all events together the first 1,000.' }),
      }),
    ),
  })
  .meta({
    id: 'SoldObjects',
    description:
      'Sold objects that go from sight, into another category, or are left with too few places.',
  })

/** Nothing, or what becomes of sold objects where that was asked for. */
export const soldReply = z.strictObject({ soldObjects }).optional()

/** The chart, with what becomes of sold objects where that was asked for; in a dry run that alone. */
export const importedReply = z.union([
  chartReply.extend({ soldObjects: soldObjects.optional() }),
  z.strictObject({ soldObjects }),
])
