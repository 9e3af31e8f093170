import { factsOf } from '../../venue/chart-facts.ts'
import { encodeManifest } from '../../venue/manifest.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { publishFaults } from '../../venue/validate-chart.ts'
import type { Context } from '../context.ts'
import {
  republishChart,
  type EditOutcome,
  type PublishCare,
  type PublishedChart,
  refuseUnseen,
} from './edit-chart.ts'
import { soldWatch } from './sold-under.ts'
import { readDrawing } from '../../store/charts/drawings.ts'
import { readChart } from '../../venue/read-chart.ts'

/**
 * Makes the draft what all events of the chart sell from now on. Refuses an unknown chart, a draft that the caller has not seen,
 * one whose objects cannot be told apart, and one that takes something from sold objects where the caller wants it only without.
 */
export function publishChart(
  context: Context,
  chartKey: string,
  care: PublishCare = {},
): Promise<Outcome<PublishedChart>> {
  const soldUnder = soldWatch(context, care)
  const edit = async (before: ChartHead): Promise<EditOutcome> => {
    const { publishedName, ...head } = before
    const text = await readDrawing(context.store, head.draft)
    if (text === undefined) return 'again'
    const unseen = refuseUnseen(head, text, care)
    if (unseen !== undefined) return unseen
    const drawing: unknown = JSON.parse(text)
    const chart = readChart(drawing)
    const { faults, total } = publishFaults(chart, drawing)
    if (total > 0) return refuse({ code: 'chart-not-publishable', faults, total })
    const sold = await soldUnder({ chart: before, after: chart })
    if (sold === 'again' || !sold.ok) return sold
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
      sold: sold.value,
    }
  }
  return republishChart(context, { chartKey, edit, ...care })
}
