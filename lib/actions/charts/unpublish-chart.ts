import type { Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { editChart } from './edit-chart.ts'

/** Takes the published version back; does nothing new to a chart without one. Refuses an unknown chart. */
export function unpublishChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const edit = ({ published, publishedName, ...head }: ChartHead) => ({
    head: published === undefined ? head : { ...head, updatedAt: context.now() },
  })
  return editChart(context, { chartKey, edit })
}
