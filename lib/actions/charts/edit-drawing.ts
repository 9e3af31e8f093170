import { draftOf } from '../../venue/chart-versions.ts'
import { categoriesOf, editDrawing as rewrite, type DrawingEdit } from '../../venue/drawing-text.ts'
import type { ChartHead, ShownCategory } from '../../records/records.ts'
import { refuse, type Outcome, type Refused } from '../../refusals.ts'
import { accountSettings } from '../companies/account.ts'
import type { Context } from '../context.ts'
import { editChart, type Edited, type EditOutcome } from './edit-chart.ts'
import { prepareDrawing } from './prepare-drawing.ts'
import { DRAWING_BYTES_MAX } from '../../limits/limits.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

// An edit of a chart's name or categories goes
//
// - into the draft, where there is one: what is shown is what is edited;
// - into a new draft, where events sell what is published and the account has drafts;
// - into what is published, and so to all events, everywhere else.

/** Which chart, and what to make of its drawing with the categories that it has. */
export interface DrawingChange {
  readonly chartKey: string
  readonly change: (categories: readonly ShownCategory[]) => Outcome<DrawingEdit>
}

/** Edits the drawing of a chart that edits go to; refuses an unknown chart, and a drawing that becomes too large. */
export function editDrawing(
  context: Context,
  { chartKey, change }: DrawingChange,
): Promise<Outcome<ChartHead>> {
  const edit = async (head: ChartHead): Promise<EditOutcome> => {
    const text = await readDrawing(context.store, head.draft)
    if (text === undefined) return 'again'
    const changed = change(categoriesOf(JSON.parse(text)))
    if (!changed.ok) return changed
    const { name = head.name } = changed.value
    const draft = rewrite(text, changed.value)
    if (Buffer.byteLength(draft) > DRAWING_BYTES_MAX) {
      return refuse({ code: 'drawing-too-large', bytesMax: DRAWING_BYTES_MAX })
    }
    const after = { ...head, name, draftNumber: head.draftNumber + 1, updatedAt: context.now() }
    return (await goesIntoDraft(context, head))
      ? { head: { ...after, ...publishedName(head, name) }, contents: { draft } }
      : publishedAtOnce(after, draft)
  }
  return editChart(context, { chartKey, edit })
}

async function goesIntoDraft(context: Context, head: ChartHead): Promise<boolean> {
  if (draftOf(head) !== undefined) return true
  return head.events > 0 && (await accountSettings(context)).usesDrafts
}

/** What is published keeps the name that it has when the draft gets another. */
function publishedName(
  { published, name: former, publishedName: kept }: ChartHead,
  name: string,
): Pick<ChartHead, 'publishedName'> {
  if (kept !== undefined) return { publishedName: kept }
  return published === undefined || name === former ? {} : { publishedName: former }
}

function publishedAtOnce(head: ChartHead, draft: string): Edited | Refused {
  const prepared = prepareDrawing(draft)
  if (!prepared.ok) return prepared
  const number = head.publishes + 1
  const at = head.updatedAt
  return {
    head: { ...head, published: { ...head.draft, number, at }, publishes: number },
    contents: { draft, isPublished: true, publish: prepared.value.publish },
  }
}
