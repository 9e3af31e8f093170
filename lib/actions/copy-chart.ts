import { Fault } from '../faults.ts'
import { draftOf } from '../inventory/chart-versions.ts'
import { editDrawing } from '../inventory/drawing-text.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { ChartHead } from '../inventory/records.ts'
import { ROUNDS_MAX, type Context, type Shape } from './context.ts'
import type { DescribedChart } from './import-chart.ts'
import { prepareDrawing, type PreparedDrawing } from './prepare-drawing.ts'
import type { LayoutVersion } from './read-layout.ts'

/** What to copy, and where to. */
export interface ChartCopy {
  readonly chartKey: string
  /** The caller's unless given. */
  readonly fromWorkspaceId?: string
  readonly toWorkspaceId?: string
  /** What is published, unless the draft is meant. */
  readonly version?: LayoutVersion
}

/** Longest name to which a copy adds that it is one: what is longer is a copy's already. */
const NAME_LENGTH_MAX = 255

/**
 * Copies one version of a chart into a chart of its own, published, without events and under a new key. Within a workspace
 * the copy is called one and has the tags of the original. Refuses an unknown chart, and a version that there is not.
 */
export async function copyChart<Reply>(
  context: Context,
  copy: ChartCopy,
  shape: Shape<DescribedChart, Reply>,
): Promise<Outcome<Reply>> {
  const { store, keyed, ids } = context
  const source = await readSource(context, copy)
  if (!source.ok) return source
  const { text, chart, publish } = source.value
  const replyTo = (head: ChartHead) => shape({ chart: head, facts: publish.facts })
  const receiptFor = (head: ChartHead) => keyed?.receiptFor(replyTo(head))
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const now = context.now()
    const serial = store.newSerial()
    const times = { createdAt: now, updatedAt: now }
    const fresh = { chartKey: ids.uuid(), chartId: ids.ulid(), serial, ...times }
    const made = await store.createChart(
      { ...chart, ...fresh },
      { draft: text, publish, receiptFor },
    )
    if (made !== undefined) return succeed(replyTo(made))
    await context.backOff(round)
  }
  throw new Fault('The store is too busy to create a chart', { outcome: 'not-applied' })
}

interface Source extends Pick<PreparedDrawing, 'publish'> {
  readonly text: string
  readonly chart: Pick<ChartHead, 'workspaceId' | 'name'>
}

/** Reads what the copy is to be; the drawing is called what the chart is called. */
async function readSource(
  { store, caller }: Context,
  { chartKey, version = 'published', ...where }: ChartCopy,
): Promise<Outcome<Source>> {
  const { fromWorkspaceId = caller.workspaceId, toWorkspaceId = caller.workspaceId } = where
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const head = await store.getChart(fromWorkspaceId, chartKey)
    if (head === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const ref = version === 'draft' ? draftOf(head) : head.published
    if (ref === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const found = await store.readDrawing(ref)
    // Without a text the drawing was replaced between the two reads: look again.
    if (found === undefined) continue
    const name = fromWorkspaceId === toWorkspaceId ? nameOfCopy(head.name) : head.name
    const text = editDrawing(found, { name })
    const prepared = prepareDrawing(text)
    if (!prepared.ok) return prepared
    const { publish } = prepared.value
    return succeed({ text, publish, chart: { workspaceId: toWorkspaceId, name } })
  }
  return refuse({ code: 'record-busy', what: 'chart', key: chartKey })
}

function nameOfCopy(name: string): string {
  return name.length > NAME_LENGTH_MAX ? name : `${name} (copy)`
}
