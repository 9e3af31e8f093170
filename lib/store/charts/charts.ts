import { isDeepStrictEqual } from 'node:util'
import { defined } from '../../defined.ts'
import type { LoggedLine } from '../../records/company-log.ts'
import type { ChartFacts, ChartHead, DrawingRef } from '../../records/records.ts'
import { formerWords } from '../../rules/former-words.ts'
import { factsWrites } from './chart-facts.ts'
import { placeWrites } from './chart-lists.ts'
import { toldUntil } from '../table/delete-partition.ts'
import { logWrites } from '../companies/company-log.ts'
import { chartItem, readChartItem } from '../table/heads.ts'
import { drawingWrites } from './drawings.ts'
import { manifestWrites } from './manifests.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem } from '../table/read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from '../table/receipts.ts'
import { raiseRevisions } from './revisions.ts'
import { keys } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

/** A new chart, before it has a drawing and a version. */
export type NewChart = Omit<
  ChartHead,
  'draft' | 'draftNumber' | 'publishes' | 'events' | 'version' | 'published'
>

/** Reads a chart's head, consistently; undefined when there is none. */
export async function getChart(
  port: Port,
  workspaceId: string,
  chartKey: string,
): Promise<ChartHead | undefined> {
  const item = await getItem(port, keys.chartHead(workspaceId, chartKey))
  return item === undefined ? undefined : readChartItem(item)
}

/** Reads the heads of several charts at once, by key; absent where there is none. */
export async function getCharts(
  port: Port,
  workspaceId: string,
  chartKeys: readonly string[],
): Promise<Map<string, ChartHead>> {
  const wanted = [...new Set(chartKeys)].map((chartKey) => keys.chartHead(workspaceId, chartKey))
  const heads = [...(await batchGet(port, wanted)).values()].map(readChartItem)
  return new Map(heads.map((head) => [head.chartKey, head]))
}

/** Creates a chart with its first drawing, a draft or published at once; undefined when the key is taken. */
export async function createChart(
  port: Port,
  chart: NewChart,
  made: NewContents & ChartKeeping,
): Promise<ChartHead | undefined> {
  const { head, items } = newChartWrites(port, chart, made)
  const outcome = await transactOnce(port, items, made.receiptFor(head))
  return outcome.status === 'applied' ? head : undefined
}

/** What a new chart begins with. */
export interface NewContents {
  /** Text of its drawing. */
  readonly draft: string
  /** Of the drawing, where it is published at once. */
  readonly publish?: Published
  /** Events that are put on it in the same commit. */
  readonly events?: number
}

/** The writes that create a chart if its key is not taken, and its head. */
export function newChartWrites(
  port: Port,
  chart: NewChart,
  made: NewContents & Pick<ChartKeeping, 'log'>,
): { readonly head: ChartHead; readonly items: TransactItem[] } {
  const { ref, writes } = drawingWrites(port, made.draft)
  const head: ChartHead = {
    ...chart,
    draft: ref,
    draftNumber: 1,
    ...(made.publish === undefined
      ? { publishes: 0 }
      : { publishes: 1, published: { ...ref, number: 1, at: chart.createdAt } }),
    events: made.events ?? 0,
    version: 1,
  }
  const items = [
    putHead(port, head, 'attribute_not_exists(pk)'),
    ...placeWrites(port, { after: head }),
    ...writes,
    ...publishedWrites(port, head, made.publish),
    ...logWrites(port, made.log),
  ]
  return { head, items }
}

/** What goes into a chart besides its head when it changes. */
export interface ChartContents {
  /** Text of a new draft. */
  readonly draft?: string
  /** Whether the new draft is also what is published from now on. */
  readonly isPublished?: boolean
  /** Of the drawing that the new head publishes. */
  readonly publish?: Published
}

/** What is made of a drawing when it is published. */
export interface Published {
  readonly manifest: string
  readonly facts: ChartFacts
}

/** How a chart is to be written back. */
export interface ChartReplacement {
  /** As it was read. */
  readonly before: ChartHead
  /** As it is to be. */
  readonly after: ChartHead
}

/** What is kept with a change of a chart. */
export interface ChartKeeping {
  /** What the company's log is to tell of it. */
  readonly log: readonly LoggedLine[]
  readonly receiptFor: ReceiptFor<ChartHead>
}

/** Replaces a chart's head if nobody changed it since it was read; undefined when somebody did. */
export async function replaceChart(
  port: Port,
  { before, after }: ChartReplacement,
  contents: ChartContents & ChartKeeping,
): Promise<ChartHead | undefined> {
  const drawing = contents.draft === undefined ? undefined : drawingWrites(port, contents.draft)
  const { published } = after
  const republished =
    drawing === undefined || published === undefined || contents.isPublished !== true
      ? {}
      : { published: { ...published, ...drawing.ref } }
  const hadDraft = published !== undefined && published.drawingId !== after.draft.drawingId
  const keepsDraft = contents.isPublished === true && hadDraft
  const { formerly, ...others } = after
  const former = formerWords(before.formerly, {
    before: { name: before.name },
    after: { name: after.name },
    now: port.clock.now(),
  })
  const head: ChartHead = {
    ...others,
    ...defined({ formerly: former }),
    ...(drawing === undefined || keepsDraft ? {} : { draft: drawing.ref }),
    ...republished,
    version: before.version + 1,
  }
  const guarded = putHead(port, head, ...asItWasRead(before))
  const items = [
    guarded,
    ...placeWrites(port, { before, after: head }),
    ...(drawing?.writes ?? []),
    ...publishedWrites(port, head, contents.publish),
    ...logWrites(port, contents.log),
    // Requests about seats go by what is published, where there are events, and by nothing else of a chart.
    ...(before.events === 0 || isDeepStrictEqual(before.published, head.published)
      ? []
      : raiseRevisions(port, [head])),
  ]
  const outcome = await transactOnce(port, items, contents.receiptFor(head))
  return outcome.status === 'applied' ? head : undefined
}

/**
 * Deletes a chart's head if nobody changed it since it was read, and leaves its names for what is still to be told; a worker then
 * removes its drawings.
 */
export async function deleteChart(
  port: Port,
  head: ChartHead,
  receipt?: Receipt,
): Promise<boolean> {
  const [ConditionExpression, ExpressionAttributeValues] = asItWasRead(head)
  const { workspaceId, chartKey, chartId, name, formerly } = head
  const ended = {
    ...keys.chartEnded(workspaceId, chartKey, chartId),
    name,
    ...defined({ was: formerly }),
    ttl: toldUntil(port),
  }
  const items = [
    {
      Delete: {
        TableName: port.tableName,
        Key: keys.chartHead(workspaceId, chartKey),
        ConditionExpression,
        ExpressionAttributeValues,
      },
    },
    { Put: { TableName: port.tableName, Item: ended } },
    ...placeWrites(port, { before: head }),
  ]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** Nobody changed the chart since it was read; one that took its key since counts its versions anew. */
function asItWasRead({ chartId, version }: ChartHead) {
  return ['id = :id AND v = :v', { ':id': chartId, ':v': version }] as const
}

/** The drawings that a chart points to. */
export function drawingsOf(head: ChartHead): DrawingRef[] {
  return head.published === undefined ? [head.draft] : [head.draft, head.published]
}

/** What answers and decisions read of a published drawing instead of the drawing itself. */
function publishedWrites(
  port: Port,
  head: ChartHead,
  publish: Published | undefined,
): TransactItem[] {
  if (publish === undefined || head.published === undefined) return []
  const { drawingId } = head.published
  return [
    ...manifestWrites(port, head, { drawingId, text: publish.manifest }),
    ...factsWrites(port, head, { drawingId, facts: publish.facts }),
  ]
}

function putHead(
  { tableName }: Port,
  head: ChartHead,
  ...[condition, values]: [condition: string, values?: Record<string, string | number>]
): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.chartHead(head.workspaceId, head.chartKey), ...chartItem(head) },
      ConditionExpression: condition,
      ...defined({ ExpressionAttributeValues: values }),
    },
  }
}
