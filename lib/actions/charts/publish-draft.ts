import { draftOf } from '../../venue/chart-versions.ts'
import { refuse, type Outcome, type Refused } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { validatorFor } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { editChart, type Edited } from './edit-chart.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/**
 * Makes the draft what all events of the chart sell from now on. Refuses an unknown chart, one without a draft, and a draft
 * that the rules of the account forbid.
 */
export function publishDraft(context: Context, chartKey: string): Promise<Outcome<ChartHead>> {
  const edit = async (before: ChartHead): Promise<Edited | Refused> => {
    const { publishedName, ...head } = before
    const draft = draftOf(head)
    if (draft === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const text = await readDrawing(context.store, draft)
    // The draft was replaced between the two reads: writing back the head as read lets the edit run again.
    if (text === undefined) return { head: before }
    const prepared = prepareDrawing(text)
    if (!prepared.ok) return prepared
    const { publish } = prepared.value
    const { broken } = publish.facts
    const { errors, warnings } = (await validatorFor(context, [publish.facts]))(broken)
    if (errors.length > 0) {
      return refuse({ code: 'drawing-invalid', chartKey, version: 'draft', errors, warnings })
    }
    const now = context.now()
    const number = head.publishes + 1
    const published = { ...draft, number, at: now }
    return {
      head: { ...head, published, publishes: number, updatedAt: now },
      contents: { publish },
    }
  }
  return editChart(context, { chartKey, edit })
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
    return { head: { ...head, name, draft: { drawingId, parts }, updatedAt } }
  }
  return editChart(context, { chartKey, edit })
}
