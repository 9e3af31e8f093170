import { factsOf } from '../../venue/chart-facts.ts'
import { encodeManifest } from '../../venue/manifest.ts'
import { refuse, type Outcome, type Refused } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { publishFaults } from '../../venue/validate-chart.ts'
import type { Context } from '../context.ts'
import { editChart, type Edited } from './edit-chart.ts'
import { readDrawing } from '../../store/charts/drawings.ts'
import { readChart } from '../../venue/read-chart.ts'

/**
 * Makes the draft what all events of the chart sell from now on. Refuses an unknown chart, and a draft whose objects
 * cannot be told apart.
 */
export function publishChart(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const edit = async (before: ChartHead): Promise<Edited | Refused> => {
    const { publishedName, ...head } = before
    const text = await readDrawing(context.store, head.draft)
    // The draft was replaced between the two reads: writing back the head as read lets the edit run again.
    if (text === undefined) return { head: before }
    const drawing: unknown = JSON.parse(text)
    const chart = readChart(drawing)
    const { faults, total } = publishFaults(chart, drawing)
    if (total > 0) return refuse({ code: 'chart-not-publishable', faults, total })
    const now = context.now()
    const number = head.publishes + 1
    return {
      head: {
        ...head,
        published: { ...head.draft, number, at: now },
        publishes: number,
        updatedAt: now,
      },
      contents: { publish: { manifest: encodeManifest(chart), facts: factsOf(chart) } },
    }
  }
  return editChart(context, { chartKey, edit })
}
