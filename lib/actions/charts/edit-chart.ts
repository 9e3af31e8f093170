import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { getChart, replaceChart, type ChartContents } from '../../store/charts/charts.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'

/** What an edit makes of a chart. */
export interface Edited {
  readonly head: ChartHead
  readonly contents?: ChartContents
}

/** Which chart, and how. */
export interface Edit {
  readonly chartKey: string
  readonly edit: (head: ChartHead) => Promise<Edited | Refused> | Edited | Refused
}

/** Reads a chart, edits it and writes it back, anew if somebody changed it meanwhile; refuses an unknown chart. */
export async function editChart(
  context: Context,
  { chartKey, edit }: Edit,
): Promise<Outcome<ChartHead>> {
  const { store, caller } = context
  const receiptFor = (head: ChartHead) => context.keyed?.receiptFor(head)
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const before = await getChart(store, caller.workspaceId, chartKey)
    if (before === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const edited = await edit(before)
    if ('ok' in edited) return edited
    const { head: after, contents } = edited
    const isPublished = after.publishes > before.publishes
    const log = logLines(context, { key: chartKey }, isPublished ? ['chart-published'] : [])
    const replaced = await replaceChart(store, { before, after }, { ...contents, log, receiptFor })
    if (replaced !== undefined) return succeed(replaced)
    return undefined
  })
}
