import type { Outcome } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import type { Context } from './context.ts'
import { editChart } from './edit-chart.ts'

/** Takes the published version back; does nothing new to a chart without one. Refuses an unknown chart. */
export function unpublishChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  return editChart(context, chartKey, ({ published, ...head }) => ({
    head: published === undefined ? head : { ...head, updatedAt: context.now() },
  }))
}
