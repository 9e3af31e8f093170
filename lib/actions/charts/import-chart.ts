import { draftOf } from '../../venue/chart-versions.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { describeWith, type DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { logLines } from '../seats/log-lines.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import type { SoldReport } from '../../rules/sold.ts'
import { soldWatch, type SoldCare } from './sold-under.ts'
import { getChart, createChart, replaceChart, type Published } from '../../store/charts/charts.ts'
import { newSerial } from '../../store/table/serials.ts'

/** The name of a chart whose drawing has none. */
const NAMELESS = 'Untitled chart'

/** Where nothing was published before; the store puts the new drawing there. */
const NO_DRAWING = { drawingId: '', parts: 0 }

/** Which chart, its drawing as JSON, and what the caller wants to know of sold objects before. */
export interface ChartImport {
  readonly chartKey: string
  readonly drawing: string
  readonly care?: SoldCare
}

/** A chart as it is then, and what its drawing takes from sold objects; a dry run has the latter alone. */
export type ImportedChart =
  | (DescribedChart & { readonly sold?: SoldReport | undefined })
  | { readonly chart?: undefined; readonly sold: SoldReport }

/**
 * Publishes a drawing, stored as it came, under a key of the caller's: a new chart, or another version of the one that has the
 * key. Refuses what is too large to be a chart, and what takes something from sold objects where the caller wants it only without.
 */
export async function importChart(
  context: Context,
  { chartKey, drawing, care = {} }: ChartImport,
): Promise<Outcome<ImportedChart>> {
  const { store, caller } = context
  const prepared = prepareDrawing(drawing)
  if (!prepared.ok) return prepared
  const { chart: after, publish } = prepared.value
  const describe = await describeWith(context, publish.facts)
  const soldUnder = soldWatch(context, care)
  return inRoundsOn<ImportedChart>(context, { what: 'chart', key: chartKey }, async () => {
    const former = await getChart(store, caller.workspaceId, chartKey)
    const sold = await soldUnder({ chart: former, after })
    if (sold === 'again') return undefined
    if (!sold.ok) return sold
    const resultOf = (chart: ChartHead) => ({ ...describe(chart), sold: sold.value })
    if (care.isDryRun === true && sold.value !== undefined) {
      return keepAnswer(context, { sold: sold.value })
    }
    const name = after.name === '' ? NAMELESS : after.name
    const made = { chartKey, name, draft: drawing, publish }
    const written = await writeImported(context, former, { ...made, resultOf })
    return written && succeed(resultOf(written))
  })
}

/** Undefined where somebody else was faster. */
function writeImported(
  context: Context,
  former: ChartHead | undefined,
  made: Pick<ChartImport, 'chartKey'> & {
    readonly name: string
    readonly draft: string
    readonly publish: Published
    readonly resultOf: (chart: ChartHead) => ImportedChart
  },
): Promise<ChartHead | undefined> {
  const { store, keyed } = context
  const { chartKey, name, draft, publish } = made
  const now = context.now()
  const kind = former === undefined ? 'chart-created' : 'chart-published'
  const log = logLines(context, { key: chartKey }, [kind])
  const receiptFor = (chart: ChartHead) => keyed?.receiptFor(made.resultOf(chart))
  const kept = { draft, publish, log, receiptFor }
  if (former === undefined) {
    const chart = { ...newChart(context, chartKey), name, createdAt: now, updatedAt: now }
    return createChart(store, chart, kept)
  }
  const replacement = { before: former, after: republished(former, { name, now }) }
  return replaceChart(store, replacement, { ...kept, isPublished: true })
}

function newChart({ store, ids, caller }: Context, chartKey: string) {
  const { workspaceId } = caller
  return { workspaceId, chartKey, chartId: ids.ulid(), serial: newSerial(store) }
}

/** The head as it is to be; the store puts the new drawing in the place of the published one. A draft keeps its name. */
function republished(
  { publishedName, ...former }: ChartHead,
  { name, now }: { name: string; now: ChartHead['updatedAt'] },
): ChartHead {
  const number = former.publishes + 1
  const keepsDraft = draftOf(former) !== undefined
  const names = keepsDraft && name !== former.name ? { publishedName: name } : { name }
  return {
    ...former,
    ...names,
    published: { ...(former.published ?? NO_DRAWING), number, at: now },
    draftNumber: former.draftNumber + (keepsDraft ? 0 : 1),
    publishes: number,
    updatedAt: now,
  }
}
