import { contentTag } from '../../content-tag.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import { getChart, replaceChart, type ChartContents } from '../../store/charts/charts.ts'
import type { SoldReport } from '../../rules/sold.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { keepAnswer } from '../keep-answer.ts'
import { logLines } from '../seats/log-lines.ts'
import type { SoldCare } from './sold-under.ts'

/** What an edit makes of a chart. */
export interface Edited {
  readonly head: ChartHead
  readonly contents?: ChartContents
  /** What it takes from sold objects, where the caller asks. */
  readonly sold?: SoldReport | undefined
}

/** Which chart, and how; `again` where what was read does not fit together. */
export interface Edit {
  readonly chartKey: string
  readonly edit: (head: ChartHead) => Promise<EditOutcome> | EditOutcome
}

/** What comes of an edit. */
export type EditOutcome = Edited | Refused | 'again'

/** Reads a chart, edits it and writes it back, anew if somebody changed it meanwhile; refuses an unknown chart. */
export function editChart(context: Context, edit: Edit): Promise<Outcome<ChartHead>> {
  return editChartAs(context, edit, (head) => head)
}

/** A chart whose drawing was published, or would be. */
export interface PublishedChart {
  readonly chart: ChartHead
  readonly sold: SoldReport | undefined
  readonly isDryRun: boolean
}

/** The same, with what it takes from sold objects; a dry run edits, refuses and writes nothing. */
export function republishChart(
  context: Context,
  { isDryRun = false, ...edit }: Edit & Pick<SoldCare, 'isDryRun'>,
): Promise<Outcome<PublishedChart>> {
  const resultOf = (chart: ChartHead, { sold }: Edited) => ({ chart, sold, isDryRun })
  return editChartAs(context, { ...edit, isDryRun }, resultOf)
}

/** What a caller wants of publishing a draft. */
export interface PublishCare extends SoldCare {
  /** Tags and numbers of the drafts that the caller has seen, any of which may be published; `*` is any. */
  readonly expected?: readonly string[] | undefined
}

/** Refuses to publish a draft that the caller has not seen. */
export function refuseUnseen(
  { chartKey, draftNumber }: ChartHead,
  text: string,
  { expected }: PublishCare,
): Refused | undefined {
  const isSeen = [contentTag(text), String(draftNumber), '*'].some((tag) => expected?.includes(tag))
  if (expected === undefined || isSeen) return undefined
  return refuse({ code: 'draft-changed', chartKey, draftNumber })
}

async function editChartAs<Result>(
  context: Context,
  { chartKey, edit, isDryRun = false }: Edit & Pick<SoldCare, 'isDryRun'>,
  resultOf: (head: ChartHead, edited: Edited) => Result,
): Promise<Outcome<Result>> {
  const { store, caller } = context
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const before = await getChart(store, caller.workspaceId, chartKey)
    if (before === undefined) return refuse({ code: 'chart-not-found', chartKey })
    const edited = await edit(before)
    if (edited === 'again') return undefined
    if ('ok' in edited) return edited
    const { head: after, contents } = edited
    if (isDryRun) return keepAnswer(context, resultOf(after, edited))
    const isPublished = after.publishes > before.publishes
    const log = logLines(context, { key: chartKey }, isPublished ? ['chart-published'] : [])
    const receiptFor = (head: ChartHead) => context.keyed?.receiptFor(resultOf(head, edited))
    const replaced = await replaceChart(store, { before, after }, { ...contents, log, receiptFor })
    if (replaced !== undefined) return succeed(resultOf(replaced, edited))
    return undefined
  })
}
