import { defined } from '../../defined.ts'
import {
  addCategory,
  changeCategory,
  removeCategory,
  replaceCategories,
  type CategoryChanges,
  type CategoryInput,
} from '../../venue/categories.ts'
import { draftOf } from '../../venue/chart-versions.ts'
import { categoriesOf } from '../../venue/drawing-text.ts'
import type { ChartHead, ShownCategory } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { editDrawing } from './edit-drawing.ts'
import { getChart } from './get-chart.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/** What to change of which chart; what is left out stays. */
export interface Redrawing {
  readonly chartKey: string
  readonly name?: string | undefined
  /** In the place of all that there are. */
  readonly categories?: readonly CategoryInput[] | undefined
}

/** Which category of which chart. */
export interface CategoryName {
  readonly chartKey: string
  readonly categoryKey: string
}

/** Reads the categories of the drawing that edits go to; refuses an unknown chart. */
export async function listCategories(
  context: Context,
  chartKey: string,
): Promise<Outcome<readonly ShownCategory[]>> {
  const { store } = context
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const found = await getChart(context, chartKey)
    if (!found.ok) return found
    const draft = draftOf(found.value)
    const categories =
      draft === undefined
        ? (await readChartFacts(store, [found.value])).get(found.value.chartId)?.categories
        : categoriesIn(await readDrawing(store, draft))
    // Without them the drawing was replaced between the two reads: look again.
    if (categories !== undefined) return succeed(categories)
    return undefined
  })
}

/** Gives a chart another name, or other categories, or both; refuses an unknown chart. */
export async function redrawChart(
  context: Context,
  { chartKey, name, categories }: Redrawing,
): Promise<Outcome<ChartHead | undefined>> {
  if (name === undefined && categories === undefined) {
    const found = await getChart(context, chartKey)
    if (!found.ok) return found
    return keepAnswer(context, undefined)
  }
  const change = (former: readonly ShownCategory[]) =>
    succeed({
      ...defined({ name }),
      ...(categories === undefined ? {} : { categories: replaceCategories(former, categories) }),
    })
  return editDrawing(context, { chartKey, change })
}

/** Adds a category behind the others; refuses an unknown chart, a key that is taken, and one too many. */
export function addChartCategory(
  context: Context,
  { chartKey, category }: { chartKey: string; category: CategoryInput },
): Promise<Outcome<ChartHead | undefined>> {
  const change = (former: readonly ShownCategory[]) => edited(addCategory(former, category))
  return editDrawing(context, { chartKey, change })
}

/** Changes a category; what is left out stays. Refuses an unknown chart, and an unknown category. */
export function changeChartCategory(
  context: Context,
  { chartKey, categoryKey }: CategoryName,
  changes: CategoryChanges,
): Promise<Outcome<ChartHead | undefined>> {
  const change = (former: readonly ShownCategory[]) =>
    edited(changeCategory(former, categoryKey, changes))
  return editDrawing(context, { chartKey, change })
}

/** Takes a category away, also from all objects that have it; refuses an unknown chart, and an unknown category. */
export function removeChartCategory(
  context: Context,
  { chartKey, categoryKey }: CategoryName,
): Promise<Outcome<ChartHead | undefined>> {
  const change = (former: readonly ShownCategory[]) =>
    edited(removeCategory(former, categoryKey), { unassign: categoryKey })
  return editDrawing(context, { chartKey, change })
}

function categoriesIn(drawing: string | undefined): ShownCategory[] | undefined {
  return drawing === undefined ? undefined : categoriesOf(JSON.parse(drawing))
}

function edited(
  outcome: Outcome<readonly ShownCategory[]>,
  more: { readonly unassign?: string } = {},
): Outcome<{ readonly categories: readonly ShownCategory[]; readonly unassign?: string }> {
  return outcome.ok ? succeed({ categories: outcome.value, ...more }) : outcome
}
