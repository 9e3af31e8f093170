import { Fault } from '../faults.ts'
import { succeed, type Outcome } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import { ROUNDS_MAX, type Context } from './context.ts'

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
  const text = JSON.stringify(drawing)
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const chartKey = `chart_${context.ids.hex(KEY_LENGTH)}`
    const head = await context.store.createChart({ ...chart, chartKey }, text)
    if (head !== undefined) return succeed(head)
    await context.backOff(round)
  }
  throw new Fault('The store is too busy to create a chart', { outcome: 'not-applied' })
}
