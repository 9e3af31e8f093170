import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

/** Deletes a chart; refuses an unknown one, and one that events are bound to. */
export async function deleteChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const { store, caller } = context
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const head = await store.getChart(caller.workspaceId, chartKey)
    if (head === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const { events } = head
    if (events > 0) return refuse({ code: 'chart-has-events', chartKey, events })
    if (await store.deleteChart(head)) return succeed(head)
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'chart', key: chartKey })
}
