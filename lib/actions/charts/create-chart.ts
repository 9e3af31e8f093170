import { succeed, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { inRoundsToMake } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'
import { newSerial } from '../../store/table/serials.ts'
import * as stored from '../../store/charts/charts.ts'

/** Hexadecimal characters of a chart key that we make: never taken in practice, checked all the same. */
const KEY_LENGTH = 16

/** Creates a chart with a first draft; its key is ours. */
export async function createChart(
  context: Context,
  { name, drawing }: { name: string; drawing: object },
): Promise<Outcome<ChartHead>> {
  const now = context.now()
  const chart = {
    workspaceId: context.caller.workspaceId,
    chartId: context.ids.ulid(),
    name,
    createdAt: now,
    updatedAt: now,
  }
  const draft = JSON.stringify(drawing)
  const receiptFor = (head: ChartHead) => context.keyed?.receiptFor(head)
  return inRoundsToMake(context, 'chart', async () => {
    const chartKey = `chart_${context.ids.hex(KEY_LENGTH)}`
    const log = logLines(context, { key: chartKey }, ['chart-created'])
    const created = { draft, log, receiptFor }
    const serial = newSerial(context.store)
    const head = await stored.createChart(context.store, { ...chart, chartKey, serial }, created)
    if (head !== undefined) return succeed(head)
    return undefined
  })
}
