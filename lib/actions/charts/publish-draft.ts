import { draftOf } from '../../venue/chart-versions.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { validatorFor } from './chart-validation.ts'
import type { Context } from '../context.ts'
import {
  editChart,
  republishChart,
  type EditOutcome,
  type PublishCare,
  type PublishedChart,
  refuseUnseen,
} from './edit-chart.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import { soldWatch } from './sold-under.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/**
 * Makes the draft what all events of the chart sell from now on. Refuses an unknown chart, one without a draft, a draft that the
 * caller has not seen, or the rules of the account forbid, and one that takes something from sold objects where the caller wants it only without.
 */
export function publishDraft(
  context: Context,
  chartKey: string,
  care: PublishCare = {},
): Promise<Outcome<PublishedChart>> {
  const soldUnder = soldWatch(context, care)
  const edit = async (before: ChartHead): Promise<EditOutcome> => {
    const { publishedName, ...head } = before
    const draft = draftOf(head)
    if (draft === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const text = await readDrawing(context.store, draft)
    if (text === undefined) return 'again'
    const unseen = refuseUnseen(head, text, care)
    if (unseen !== undefined) return unseen
    const prepared = prepareDrawing(text)
    if (!prepared.ok) return prepared
    const { chart, publish } = prepared.value
    const { broken } = publish.facts
    const { errors, warnings } = (await validatorFor(context, [publish.facts]))(broken)
    if (errors.length > 0) {
      return refuse({ code: 'drawing-invalid', chartKey, version: 'draft', errors, warnings })
    }
    const sold = await soldUnder({ chart: before, after: chart })
    if (sold === 'again' || !sold.ok) return sold
    const now = context.now()
    const number = head.publishes + 1
    const published = { ...draft, number, at: now }
    return {
      head: { ...head, published, publishes: number, updatedAt: now },
      contents: { publish },
      sold: sold.value,
    }
  }
  return republishChart(context, { chartKey, edit, ...care })
}

/** Gives the draft of a chart up for what is published; refuses an unknown chart, and one without both. */
export function discardDraft(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const edit = ({ publishedName, ...head }: ChartHead) => {
    const { published } = head
    if (published === undefined || draftOf(head) === undefined) {
      return refuse({ code: 'layout-not-found', chartKey })
    }
    const { drawingId, parts } = published
    const name = publishedName ?? head.name
    const updatedAt = context.now()
    const draftNumber = head.draftNumber + 1
    return { head: { ...head, name, draft: { drawingId, parts }, draftNumber, updatedAt } }
  }
  return editChart(context, { chartKey, edit })
}
