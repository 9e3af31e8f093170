import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'

/** Reads a chart; refuses an unknown one. */
export async function getChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const head = await context.store.getChart(context.caller.workspaceId, chartKey)
  return head === undefined ? refuse({ code: 'chart-not-found', chartKey }) : succeed(head)
}
