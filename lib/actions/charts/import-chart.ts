import { draftOf } from '../../venue/chart-versions.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { describeWith, type DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import { getChart, createChart, replaceChart } from '../../store/charts/charts.ts'
import { newSerial } from '../../store/table/serials.ts'

/** The name of a chart whose drawing has none. */
const NAMELESS = 'Untitled chart'

/** Where nothing was published before; the store puts the new drawing there. */
const NO_DRAWING = { drawingId: '', parts: 0 }

/**
 * Publishes a drawing, stored as it came, under a key of the caller's: a new chart, or another version of the one that
 * has the key. Refuses only what is too large to be a chart.
 */
export async function importChart(
  context: Context,
  { chartKey, drawing }: { chartKey: string; drawing: string },
): Promise<Outcome<DescribedChart>> {
  const { store, caller, keyed } = context
  const prepared = prepareDrawing(drawing)
  if (!prepared.ok) return prepared
  const { chart: read, publish } = prepared.value
  const name = read.name === '' ? NAMELESS : read.name
  const describe = await describeWith(context, publish.facts)
  const receiptFor = (chart: ChartHead) => keyed?.receiptFor(describe(chart))
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const now = context.now()
    const former = await getChart(store, caller.workspaceId, chartKey)
    const kind = former === undefined ? 'chart-created' : 'chart-published'
    const log = logLines(context, { key: chartKey }, [kind])
    const written =
      former === undefined
        ? await createChart(
            store,
            { ...newChart(context, chartKey), name, createdAt: now, updatedAt: now },
            { draft: drawing, publish, log, receiptFor },
          )
        : await replaceChart(
            store,
            { before: former, after: republished(former, { name, now }) },
            { draft: drawing, isPublished: true, publish, log, receiptFor },
          )
    if (written !== undefined) return succeed(describe(written))
    return undefined
  })
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
    publishes: number,
    updatedAt: now,
  }
}
