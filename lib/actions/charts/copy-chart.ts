import { draftOf } from '../../venue/chart-versions.ts'
import { editDrawing } from '../../venue/drawing-text.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { createPublishedChart, type NewPublishedChart } from './create-published-chart.ts'
import type { LayoutVersion } from './read-layout.ts'
import { NAME_LENGTH_MAX } from '../../limits/limits.ts'
import { getChart } from '../../store/charts/charts.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/** What to copy, and where to. */
export interface ChartCopy {
  readonly chartKey: string
  /** The caller's unless given. */
  readonly fromWorkspaceId?: string
  readonly toWorkspaceId?: string
  /** What is published, unless the draft is meant. */
  readonly version?: LayoutVersion
  /** The copy is called as the original and has no tags: as one that goes elsewhere. */
  readonly isNamedAlike?: boolean
}

/** What the name of a copy ends with. */
const COPY_MARK = ' (copy)'

/**
 * Copies one version of a chart into a chart of its own, published, without events and under a new key. Unless it is to be
 * named alike, the copy is called one and has the tags of the original. Refuses an unknown chart, and a version that there is not.
 */
export async function copyChart(
  context: Context,
  copy: ChartCopy,
): Promise<Outcome<DescribedChart>> {
  const source = await readChartCopy(context, copy)
  return source.ok ? createPublishedChart(context, source.value) : source
}

/**
 * Reads what a copy is to be; its drawing is called what the chart is called. Refuses an unknown chart, and a version that
 * there is not.
 */
export async function readChartCopy(
  context: Context,
  { chartKey, version = 'published', isNamedAlike = false, ...where }: ChartCopy,
): Promise<Outcome<NewPublishedChart>> {
  const { store, caller } = context
  const { fromWorkspaceId = caller.workspaceId, toWorkspaceId = caller.workspaceId } = where
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const head = await getChart(store, fromWorkspaceId, chartKey)
    if (head === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const ref = version === 'draft' ? draftOf(head) : head.published
    if (ref === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const text = await readDrawing(store, ref)
    // Without a text the drawing was replaced between the two reads: look again.
    if (text === undefined) return undefined
    const { name: draftName, publishedName = draftName, tags = [] } = head
    const original = version === 'draft' ? draftName : publishedName
    const name = isNamedAlike ? original : nameOfCopy(original)
    const copy = { workspaceId: toWorkspaceId, name, drawing: editDrawing(text, { name }) }
    return succeed(isNamedAlike ? copy : { ...copy, tags })
  })
}

function nameOfCopy(name: string): string {
  // Names have a limit at every door; no character is cut in half.
  const room = NAME_LENGTH_MAX - COPY_MARK.length
  return `${name.slice(0, room).replace(/[\ud800-\udbff]$/, '')}${COPY_MARK}`
}
