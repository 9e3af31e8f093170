import type { Outcome } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import type { Context } from './context.ts'
import { editChart } from './edit-chart.ts'

/** Renames a chart, or replaces its draft, or both; what is published stays. Refuses an unknown chart. */
export function updateChart(
  context: Context,
  chartKey: string,
  { name, drawing }: { name?: string; drawing?: object },
): Promise<Outcome<ChartHead>> {
  return editChart(context, chartKey, (head) => ({
    head: {
      ...head,
      name: name ?? head.name,
      draftNumber: head.draftNumber + (drawing === undefined ? 0 : 1),
      updatedAt: context.now(),
    },
    ...(drawing === undefined ? {} : { contents: { draft: JSON.stringify(drawing) } }),
  }))
}
