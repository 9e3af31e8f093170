import type * as z from 'zod'
import { defined } from '../../defined.ts'
import type { SoldChange, SoldReport } from '../../rules/sold.ts'
import { statusName } from '../objects/statuses.ts'
import { toChart, type ToldChart } from '../translate.ts'
import type * as shapes from './sold-shapes.ts'

type Shape<Schema extends z.ZodType> = z.output<Schema>

interface Asked {
  readonly query: Shape<typeof shapes.soldQuery>
}

/** What comes of a change, for who cares what it takes from sold objects. */
interface Cared {
  readonly sold?: SoldReport | undefined
}

/** What is asked, in the words of the action. */
export function toSoldCare({ dryRun, ifUnsold, expand }: Shape<typeof shapes.soldQuery>) {
  return { isDryRun: dryRun, ifUnsold, isTold: expand.includes('soldObjects') }
}

/** Shows an imported chart, or in a dry run what it would take from sold objects. */
export function toImported(
  imported: (Cared & ToldChart) | { readonly chart?: undefined; readonly sold: SoldReport },
  asked: Asked & { readonly origin: string },
): Shape<typeof shapes.importedReply> {
  if (imported.chart === undefined) return { soldObjects: toSoldObjects(imported.sold) }
  return { ...toChart(imported, asked.origin), ...toSoldReply(imported, asked) }
}

/** Shows what becomes of sold objects, to who asked. */
export function toSoldReply({ sold }: Cared, { query }: Asked): Shape<typeof shapes.soldReply> {
  const { isDryRun, isTold } = toSoldCare(query)
  const isShown = sold !== undefined && (isDryRun || isTold)
  return isShown ? { soldObjects: toSoldObjects(sold) } : undefined
}

/** Shows what becomes of sold objects. */
export function toSoldObjects(report: SoldReport): Shape<typeof shapes.soldObjects> {
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

const effects = {
  vanishes: 'vanishes',
  'changes-category': 'changesCategory',
  'exceeds-capacity': 'exceedsCapacity',
} as const satisfies Record<SoldChange['effect'], string>

function toSoldObject(change: SoldChange): Shape<typeof shapes.soldObject> {
  const { label, state, effect, places, categoryKey, newCategoryKey } = change
  return {
    label,
    status: statusName(state),
    effect: effects[effect],
    ...defined({ quantity: places, categoryKey, newCategoryKey }),
  }
}
