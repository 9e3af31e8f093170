import { refuse, succeed, type Outcome, type Refused } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import type { ChartContents } from '../store/charts.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

/** What an edit makes of a chart. */
export interface Edited {
  readonly head: ChartHead
  readonly contents?: ChartContents
}

/** Reads a chart, edits it and writes it back, anew if somebody changed it meanwhile; refuses an unknown chart. */
export async function editChart(
  context: Context,
  chartKey: string,
  edit: (head: ChartHead) => Promise<Edited | Refused> | Edited | Refused,
): Promise<Outcome<ChartHead>> {
  const { store, caller } = context
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const head = await store.getChart(caller.workspaceId, chartKey)
    if (head === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const edited = await edit(head)
    if ('ok' in edited) return edited
    const replaced = await store.replaceChart(edited.head, edited.contents)
    if (replaced !== undefined) return succeed(replaced)
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'chart', key: chartKey })
}
