import { defined } from '../../defined.ts'
import type { LoggedKind } from '../../records/company-log.ts'
import type { ChartFacts, EventDetails, EventHead } from '../../records/records.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { TERMS_BYTES_MAX } from '../../limits/limits.ts'
import { isTooLarge } from '../../venue/terms.ts'
import type { SoldReport } from '../../rules/sold.ts'
import type { SoldCare } from '../charts/sold-under.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { describeChart } from './describe-events.ts'
import { soldByEdit } from './sold-by-edit.ts'
import { logLines } from '../seats/log-lines.ts'
import { getEvent, replaceEvent } from '../../store/events/events.ts'
import { getChart } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'

/** Which event, and what to change of it; whatever is left out stays. */
export interface EventEdit {
  readonly eventKey: string
  readonly newKey?: string
  /** The chart that it goes to; the state of its objects stays, by their labels. */
  readonly chartKey?: string
  readonly name?: string
  readonly date?: string
  readonly isInThePast?: boolean
  /** How tables are sold from now on; those that are named go with the mode `CUSTOM`. */
  readonly tables?: {
    readonly mode: NonNullable<EventHead['tableBooking']> | 'INHERIT'
    readonly named?: EventDetails['tables']
  }
  /** Empty takes away what there was. */
  readonly objectCategories?: NonNullable<EventDetails['objectCategories']>
  readonly categories?: NonNullable<EventDetails['categories']>
}

/** What an edit takes from sold objects, if the caller cares. */
export interface EditedEvent {
  readonly sold: SoldReport | undefined
}

/**
 * Edits an event, and moves it to another key or chart if that is wanted. Refuses an unknown event, a key that is taken, an
 * unknown chart, one that is not published, a category for an object that neither event nor chart has,
 * more of its objects than an event may say, and what takes something from sold objects where the caller wants it only without.
 */
export async function editEvent(
  context: Context,
  edit: EventEdit,
  care: SoldCare = {},
): Promise<Outcome<EditedEvent>> {
  const { store, caller, keyed } = context
  const { eventKey, newKey = eventKey } = edit
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const before = await getEvent(store, caller.workspaceId, eventKey)
    if (before === undefined) return refuse({ code: 'event-not-found', eventKey })
    const chart = await chartFor(context, before, edit)
    if (!chart.ok) return chart
    const edited = await editDetails(context, before, { edit, facts: chart.value.facts })
    if (!edited.ok) return edited
    const { details, former } = edited.value
    if (details !== undefined && isTooLarge(details)) {
      return refuse({ code: 'terms-too-large', eventKey, bytesMax: TERMS_BYTES_MAX })
    }
    const updatedAt = context.now()
    const after = { ...editHead(before, edit), ...chart.value.names, eventKey: newKey, updatedAt }
    const sold = await soldByEdit(context, { before, after, details }, care)
    if (sold === 'again') return undefined
    if (!sold.ok) return sold
    const result = { sold: sold.value }
    if (care.isDryRun === true) return keepAnswer(context, result)
    const kinds = changesBetween([before, former], [after, details ?? former])
    const log = logLines(context, { key: newKey }, kinds)
    const replacement = { before, after, log, ...defined({ details }) }
    const replaced = await replaceEvent(store, replacement, () => keyed?.receiptFor(result))
    if (replaced === 'key-taken') return refuse({ code: 'event-key-taken', eventKey: newKey })
    if (replaced !== 'changed') return succeed(result)
    return undefined
  })
}

interface ChartOfEvent {
  readonly names: Pick<EventHead, 'chartKey' | 'chartId'>
  /** Read only where categories depend on them; undefined also while the chart is being published anew. */
  readonly facts?: ChartFacts | undefined
}

/** The chart that the event is on from now on. */
async function chartFor(
  context: Context,
  { chartKey: former, chartId }: EventHead,
  { chartKey = former, objectCategories, categories }: EventEdit,
): Promise<Outcome<ChartOfEvent>> {
  const isMoved = chartKey !== former
  const stays = { chartKey, chartId }
  if (!isMoved && objectCategories === undefined && categories === undefined) {
    return succeed({ names: stays })
  }
  const chart = await getChart(context.store, context.caller.workspaceId, chartKey)
  if (chart === undefined) {
    return isMoved ? refuse({ code: 'chart-not-found', chartKey }) : succeed({ names: stays })
  }
  if (isMoved && chart.published === undefined) {
    return refuse({ code: 'chart-not-published', chartKey })
  }
  const names = isMoved ? { chartKey, chartId: chart.chartId } : stays
  return succeed({ names, facts: await describeChart(context, chart) })
}

function editHead(before: EventHead, { name, date, isInThePast, tables }: EventEdit): EventHead {
  const { tableBooking: former, ...head } = before
  const mode = tables === undefined ? former : tables.mode
  return {
    ...head,
    ...defined({ name, date, isInThePast }),
    ...(mode === undefined || mode === 'INHERIT' ? {} : { tableBooking: mode }),
  }
}

interface EditedDetails {
  /** As they are; read only where they are edited. */
  readonly former: EventDetails
  /** As they are to be; undefined where the edit leaves them as they are. */
  readonly details?: EventDetails
}

async function editDetails(
  { store }: Context,
  before: EventHead,
  { edit, facts }: { edit: EventEdit; facts: ChartFacts | undefined },
): Promise<Outcome<EditedDetails>> {
  const { tables, objectCategories, categories } = edit
  const isEdited = [tables, objectCategories, categories].some((it) => it !== undefined)
  if (!isEdited && facts === undefined) return succeed({ former: {} })
  const former = (await readEventDetails(store, [before])).get(before.eventId) ?? {}
  const named = tables === undefined ? former.tables : tables.named
  const own = categories ?? former.categories ?? []
  const wanted = objectCategories ?? former.objectCategories ?? {}
  const { known, unknown } =
    facts === undefined
      ? { known: wanted, unknown: [] }
      : splitByOffer(wanted, offeredCategories(facts.categories, own))
  const [label] = unknown
  if (label !== undefined && objectCategories !== undefined) {
    return refuse({ code: 'category-unknown', label, categoryKey: String(wanted[label]) })
  }
  if (!isEdited && label === undefined) return succeed({ former })
  const {
    tables: formerTables,
    objectCategories: formerObjects,
    categories: formerOwn,
    ...others
  } = former
  const details = {
    ...others,
    ...defined({ tables: named }),
    ...(Object.keys(known).length === 0 ? {} : { objectCategories: known }),
    ...(own.length === 0 ? {} : { categories: own }),
  }
  return succeed({ former, details })
}

type Described = readonly [head: EventHead, details: EventDetails]

/** What the company's log tells of an edit: only what is another than before. */
function changesBetween(before: Described, after: Described): LoggedKind[] {
  const tablesOf = ([{ tableBooking: mode }, { tables = {} }]: Described) =>
    JSON.stringify([mode ?? 'INHERIT', Object.entries(tables).sort()])
  const categoriesOf = ([, { objectCategories = {} }]: Described) =>
    JSON.stringify(Object.entries(objectCategories).sort())
  return [
    ...(categoriesOf(before) === categoriesOf(after) ? [] : ['event-categories-changed' as const]),
    ...(tablesOf(before) === tablesOf(after) ? [] : ['event-tables-changed' as const]),
  ]
}
