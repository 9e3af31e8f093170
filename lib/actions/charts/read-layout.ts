import { draftOf } from '../../venue/chart-versions.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { getChart } from './get-chart.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/** Which of a chart's two drawings. */
export type LayoutVersion = 'draft' | 'published'

/** Reads a drawing's JSON text as it came; refuses an unknown chart, and a version that there is not. */
export async function readLayout(
  context: Context,
  chartKey: string,
  version: LayoutVersion,
): Promise<Outcome<string>> {
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const found = await getChart(context, chartKey)
    if (!found.ok) return found
    const { draft, published } = found.value
    const ref = version === 'draft' ? draft : published
    if (ref === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const text = await readDrawing(context.store, ref)
    // Without a text the drawing was replaced between the two reads: look again.
    if (text !== undefined) return succeed(text)
    return undefined
  })
}

/** Reads the draft of a chart; refuses an unknown chart, and one whose draft is what is published. */
export async function readDraft(context: Context, chartKey: string): Promise<Outcome<string>> {
  const found = await getChart(context, chartKey)
  if (!found.ok) return found
  return draftOf(found.value) !== undefined
    ? readLayout(context, chartKey, 'draft')
    : refuse({ code: 'layout-not-found', chartKey })
}
