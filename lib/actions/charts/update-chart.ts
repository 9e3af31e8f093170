import type { Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { editChart } from './edit-chart.ts'

/** Renames a chart, or replaces its draft, or both; what is published stays. Refuses an unknown chart. */
export function updateChart(
  context: Context,
  { chartKey, name, drawing }: { chartKey: string; name?: string; drawing?: object },
): Promise<Outcome<ChartHead>> {
  const edit = ({ publishedName, ...head }: ChartHead) => ({
    head: {
      ...head,
      // A new name is that of the chart, whatever its versions were called.
      ...(publishedName === undefined || name !== undefined ? {} : { publishedName }),
      name: name ?? head.name,
      draftNumber: head.draftNumber + (drawing === undefined ? 0 : 1),
      updatedAt: context.now(),
    },
    ...(drawing === undefined ? {} : { contents: { draft: JSON.stringify(drawing) } }),
  })
  return editChart(context, { chartKey, edit })
}
