import type { ChartFacts } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { getChart } from './get-chart.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'

/** Reads what is told of the published drawing of a chart; refuses an unknown chart, and one that is not published. */
export async function readPublishedFacts(
  context: Context,
  chartKey: string,
): Promise<Outcome<ChartFacts>> {
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const found = await getChart(context, chartKey)
    if (!found.ok) return found
    if (found.value.published === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const facts = await readChartFacts(context.store, [found.value])
    const told = facts.get(found.value.chartId)
    // Without them another drawing was published between the two reads: look again.
    if (told !== undefined) return succeed(told)
    return undefined
  })
}
