import { defined } from '../../defined.ts'
import type { LoggedKind } from '../../records/company-log.ts'
import type { ChartFacts, EventDetails, EventHead } from '../../records/records.ts'
import { offeredCategories, splitByOffer } from '../../venue/categories.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
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
import { readSeasons, type SeasonNow } from '../../store/events/seasons.ts'

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
  /** Of a season: whether its sale rules count in its events. */
  readonly isSalePropagated?: boolean
}

/** What an edit takes from sold objects, if the caller cares. */
export interface EditedEvent {
  readonly sold: SoldReport | undefined
}

/**
 * Edits an event, and moves it to another key or chart if that is wanted. Refuses an unknown event, a key that is taken, an
 * unknown chart, one that is not published, a category for an object that neither event nor chart has,
 * more of its objects than an event may say, what takes something from sold objects where the caller wants it only without, what
 * all of a season share, and of an event what only seasons have.
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
    const refused = refuseInSeason(before, edit)
    if (refused !== undefined) return refused
    const season = await seasonOf(context, before)
    if (season === 'again') return undefined
    // It may be written, too: no other write can be asked of the same key.
    if (season?.head.eventKey === newKey) {
      return refuse({ code: 'event-key-taken', eventKey: newKey })
    }
    const chart = await chartFor(context, before, edit)
    if (!chart.ok) return chart
    const ground = { edit, facts: chart.value.facts, shared: season?.details.categories }
    const edited = await editDetails(context, before, ground)
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
    const replacement = { before, after, log, ...defined({ details, season }) }
    const replaced = await replaceEvent(store, replacement, () => keyed?.receiptFor(result))
    if (replaced === 'key-taken') return refuse({ code: 'event-key-taken', eventKey: newKey })
    if (replaced !== 'changed') return succeed(result)
    return undefined
  })
}

/** Refuses to change alone what a season shares, and to give an event what only seasons have. */
function refuseInSeason(
  { eventKey, chartKey: former, season }: EventHead,
  { chartKey = former, tables, isSalePropagated }: EventEdit,
): Refused | undefined {
  const { role } = season ?? {}
  const isSeason = role === 'whole' || role === 'part'
  if (isSalePropagated !== undefined && !isSeason) {
    return refuse({ code: 'field-of-seasons', field: 'forSalePropagated' })
  }
  if (role === undefined) return undefined
  if (chartKey !== former) return refuse({ code: 'shared-by-season', eventKey, what: 'chart' })
  if (tables === undefined || role === 'whole') return undefined
  return refuse({ code: 'shared-by-season', eventKey, what: 'tables' })
}

/** The top-level season of an event or of a partial season; `again` where that is being deleted. */
async function seasonOf(
  { store }: Context,
  { season }: EventHead,
): Promise<SeasonNow | undefined | 'again'> {
  if (season === undefined || season.role === 'whole') return undefined
  return (await readSeasons(store, [season.eventId])).get(season.eventId) ?? 'again'
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

/** What an edit of details depends on. */
interface EditGround {
  readonly edit: EventEdit
  readonly facts: ChartFacts | undefined
  /** Categories that the event has of its season. */
  readonly shared: EventDetails['categories']
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
  { edit, facts, shared = [] }: EditGround,
): Promise<Outcome<EditedDetails>> {
  const { tables, objectCategories, categories, isSalePropagated } = edit
  const edits = [tables, objectCategories, categories, isSalePropagated]
  const isEdited = edits.some((it) => it !== undefined)
  if (!isEdited && facts === undefined) return succeed({ former: {} })
  const former = (await readEventDetails(store, [before])).get(before.eventId) ?? {}
  const named = tables === undefined ? former.tables : tables.named
  const own = categories ?? former.categories ?? []
  const wanted = objectCategories ?? former.objectCategories ?? {}
  const { known, unknown } =
    facts === undefined
      ? { known: wanted, unknown: [] }
      : splitByOffer(wanted, offeredCategories([...facts.categories, ...shared], own))
  const [label] = unknown
  if (label !== undefined && objectCategories !== undefined) {
    return refuse({ code: 'category-unknown', label, categoryKey: String(wanted[label]) })
  }
  if (!isEdited && label === undefined) return succeed({ former })
  const {
    tables: formerTables,
    objectCategories: formerObjects,
    categories: formerOwn,
    isSaleOwn: formerSaleOwn,
    ...others
  } = former
  const isPropagated = isSalePropagated ?? formerSaleOwn !== true
  const details = {
    ...others,
    ...defined({ tables: named }),
    ...(Object.keys(known).length === 0 ? {} : { objectCategories: known }),
    ...(own.length === 0 ? {} : { categories: own }),
    ...(isPropagated ? {} : { isSaleOwn: true as const }),
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
