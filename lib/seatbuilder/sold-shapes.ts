import * as z from 'zod'
import { defined } from '../defined.ts'
import type { ChartHead } from '../records/records.ts'
import type { SoldChange, SoldReport, SoldState } from '../rules/sold.ts'
import { flag } from './fields.ts'
import { publishReply } from './shapes.ts'
import { toPublished } from './translate.ts'

// What publishing takes from sold objects, and how a caller asks for it. All of it is ours: the contract does not know it.

/** How to publish. */
export const publishQuery = z.object({
  dryRun: flag.meta({
    description: 'With `true` nothing is published: the answer tells what would come of it.',
  }),
  ifUnsold: flag.meta({
    description:
      'With `true` it is refused where a sold object would vanish or change its category, or an area would have fewer places than are sold of it.',
  }),
})

const soldObject = z.object({
  objectLabel: z.string(),
  status: z.enum(['held', 'booked', 'resale']),
  effect: z.enum(['vanishes', 'changesCategory', 'exceedsCapacity']),
  quantity: z.int().min(1).optional().meta({
    description: 'Places that are held or booked, of an area whose places are sold one by one.',
  }),
  categoryKey: z.string().nullable().meta({ description: 'The category that it was sold under.' }),
  newCategoryKey: z.string().nullable().meta({ description: 'Null for what vanishes, too.' }),
})

/** What becomes of sold objects. */
export const soldObjects = z
  .object({
    vanishing: z.int().min(0).meta({ description: 'Sold objects that the new layout has not.' }),
    changingCategory: z.int().min(0),
    exceedingCapacity: z.int().min(0).meta({
      description: 'Areas that the new layout gives fewer places than are sold of them.',
    }),
    eventsUnread: z.int().min(0).meta({
      description:
        'Events that there was no time to look at: what is sold there is in none of the counts.',
    }),
    events: z.array(
      z.object({
        eventKey: z.string(),
        vanishing: z.int().min(0),
        changingCategory: z.int().min(0),
        exceedingCapacity: z.int().min(0),
        objects: z
          .array(soldObject)
          .meta({ description: 'By label; of all events together the first 1,000.' }),
      }),
    ),
  })
  .meta({
    id: 'SoldObjects',
    description:
      'Sold objects that publishing takes from sight, puts into another category, or leaves with too few places.',
  })

/** What publishing answers: with what it takes from sold objects, where it takes anything. */
export const publishedReply = z.union([
  publishReply.extend({ soldObjects: soldObjects.optional() }),
  z.object({ dryRun: z.literal(true), soldObjects }),
])

/** What publishing comes to: the chart, if it was, and what it takes from sold objects. */
export function toPublication({
  chart,
  sold,
  isDryRun,
}: {
  readonly chart: ChartHead
  readonly sold: SoldReport | undefined
  readonly isDryRun: boolean
}): z.output<typeof publishedReply> {
  const soldObjects = sold && toSoldObjects(sold)
  if (isDryRun && soldObjects !== undefined) return { dryRun: true, soldObjects }
  const isTold =
    soldObjects !== undefined && (soldObjects.events.length > 0 || soldObjects.eventsUnread > 0)
  return { ...toPublished(chart), ...(isTold ? { soldObjects } : {}) }
}

/** Shows what becomes of sold objects. */
export function toSoldObjects(report: SoldReport): z.output<typeof soldObjects> {
  const { vanishing, recategorized, exceeding, eventsUnread, events } = report
  return {
    vanishing,
    changingCategory: recategorized,
    exceedingCapacity: exceeding,
    eventsUnread,
    events: events.map((event) => ({
      eventKey: event.eventKey,
      vanishing: event.vanishing,
      changingCategory: event.recategorized,
      exceedingCapacity: event.exceeding,
      objects: event.objects.map(toSoldObject),
    })),
  }
}

const soldEffects = {
  vanishes: 'vanishes',
  'changes-category': 'changesCategory',
  'exceeds-capacity': 'exceedsCapacity',
} as const satisfies Record<SoldChange['effect'], string>

function toSoldObject(change: SoldChange): z.output<typeof soldObject> {
  const { label, state, effect, places, categoryKey = null, newCategoryKey = null } = change
  return {
    objectLabel: label,
    status: toStatusWord(state),
    effect: soldEffects[effect],
    ...defined({ quantity: places }),
    categoryKey,
    newCategoryKey,
  }
}

/** This API has no word for statuses of the integrator's own: what is in one is taken. */
function toStatusWord({ status }: SoldState): 'held' | 'booked' | 'resale' {
  return status === 'custom' ? 'booked' : status
}
