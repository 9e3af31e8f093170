import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import * as stored from '../../store/charts/charts.ts'

/** Deletes a chart; refuses an unknown one, and one that events are bound to. */
export async function deleteChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const { store, caller } = context
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const head = await stored.getChart(store, caller.workspaceId, chartKey)
    if (head === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const { events } = head
    if (events > 0) return refuse({ code: 'chart-has-events', chartKey, events })
    if (await stored.deleteChart(store, head, context.keyed?.receiptFor(head))) return succeed(head)
    return undefined
  })
}
