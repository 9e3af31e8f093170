import type { ChartHead } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsToMake } from '../in-rounds.ts'
import { describeWith, type DescribedChart } from './chart-validation.ts'
import { logLines } from '../seats/log-lines.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import { newSerial } from '../../store/table/serials.ts'
import { createChart } from '../../store/charts/charts.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'

/** A chart that is there with its drawing from the first moment on. */
export interface NewPublishedChart {
  /** Of the caller unless given. */
  readonly workspaceId?: string
  readonly name: string
  readonly tags?: readonly string[]
  /** As JSON. */
  readonly drawing: string
}

/** Creates a chart whose drawing is published at once; its key is ours. Refuses only what is too large to be a chart. */
export async function createPublishedChart(
  context: Context,
  { workspaceId = context.caller.workspaceId, drawing, ...given }: NewPublishedChart,
): Promise<Outcome<DescribedChart>> {
  const { store, keyed, ids } = context
  const prepared = prepareDrawing(drawing)
  if (!prepared.ok) return prepared
  const { publish } = prepared.value
  const describe = await describeWith(context, publish.facts)
  const receiptFor = (head: ChartHead) => keyed?.receiptFor(describe(head))
  const workspaceKey = await publicKeyOf(context, workspaceId)
  return inRoundsToMake(context, 'chart', async () => {
    const now = context.now()
    const names = { chartKey: ids.uuid(), chartId: ids.ulid(), serial: newSerial(store) }
    const chart = { ...given, ...names, workspaceId, createdAt: now, updatedAt: now }
    const log = logLines(context, { key: names.chartKey, workspaceKey }, ['chart-created'])
    const made = await createChart(store, chart, { draft: drawing, publish, log, receiptFor })
    if (made !== undefined) return succeed(describe(made))
    return undefined
  })
}

/** What another workspace is called in the log. */
async function publicKeyOf({ store, caller }: Context, workspaceId: string) {
  if (workspaceId === caller.workspaceId) return caller.workspaceKey
  return (await getWorkspace(store, workspaceId))?.workspaceKey
}
