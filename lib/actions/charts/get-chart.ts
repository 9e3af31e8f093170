import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/charts/charts.ts'

/** Reads a chart; refuses an unknown one. */
export async function getChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const head = await stored.getChart(context.store, context.caller.workspaceId, chartKey)
  return head === undefined ? refuse({ code: 'chart-not-found', chartKey }) : succeed(head)
}
