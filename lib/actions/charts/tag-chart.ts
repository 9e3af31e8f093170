import { refuse, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { editChart } from './edit-chart.ts'
import { TAGS_MAX } from '../../limits/limits.ts'

/** Which tag of which chart. */
export interface TagName {
  readonly chartKey: string
  readonly tag: string
}

/** Adds a tag to a chart, which may have it already; refuses an unknown chart, and one tag too many. */
export function addTag(context: Context, { chartKey, tag }: TagName): Promise<Outcome<ChartHead>> {
  const edit = (head: ChartHead) => {
    const { tags = [] } = head
    if (tags.includes(tag)) return { head }
    if (tags.length >= TAGS_MAX) return refuse({ code: 'too-many-tags', tagsMax: TAGS_MAX })
    return { head: { ...head, tags: [...tags, tag] } }
  }
  return editChart(context, { chartKey, edit })
}

/** Takes a tag from a chart; refuses an unknown chart, and a tag that it has not. */
export function removeTag(
  context: Context,
  { chartKey, tag }: TagName,
): Promise<Outcome<ChartHead>> {
  const edit = (head: ChartHead) => {
    const { tags = [] } = head
    if (!tags.includes(tag)) return refuse({ code: 'tag-not-found', chartKey, tag })
    return { head: { ...head, tags: tags.filter((other) => other !== tag) } }
  }
  return editChart(context, { chartKey, edit })
}
