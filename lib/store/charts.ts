import type { ChartHead, DrawingRef } from '../inventory/records.ts'
import { chartItem, readChartItem } from './heads.ts'
import { drawingWrites } from './drawings.ts'
import { listingWrites, readPage, type Page, type PageRequest } from './listings.ts'
import { manifestWrites } from './manifests.ts'
import type { Port } from './port.ts'
import { batchGet, getItem } from './read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from './receipts.ts'
import { keys } from './table.ts'
import type { TransactItem } from './transact.ts'

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

/** Creates a chart with its first draft; undefined when the key is taken. */
export async function createChart(
  port: Port,
  chart: NewChart,
  { draft, receiptFor }: { draft: string; receiptFor: ReceiptFor<ChartHead> },
): Promise<ChartHead | undefined> {
  const { ref, writes } = drawingWrites(port, draft)
  const head: ChartHead = {
    ...chart,
    draft: ref,
    draftNumber: 1,
    publishes: 0,
    events: 0,
    version: 1,
  }
  const items = [
    putHead(port, head, 'attribute_not_exists(pk)'),
    ...listingWrites(port, 'charts', { ...listingOf(head), change: 'add' }),
    ...writes,
  ]
  const outcome = await transactOnce(port, items, receiptFor(head))
  return outcome.status === 'applied' ? head : undefined
}

/** What goes into a chart besides its head when it changes. */
export interface ChartContents {
  /** Text of a new draft. */
  readonly draft?: string
  /** Manifest of the drawing that the new head publishes. */
  readonly manifest?: string
}

/** Replaces a chart's head if nobody changed it since it was read; undefined when somebody did. */
export async function replaceChart(
  port: Port,
  after: ChartHead,
  contents: ChartContents & { readonly receiptFor: ReceiptFor<ChartHead> },
): Promise<ChartHead | undefined> {
  const drawing = contents.draft === undefined ? undefined : drawingWrites(port, contents.draft)
  const head: ChartHead = {
    ...after,
    ...(drawing === undefined ? {} : { draft: drawing.ref }),
    version: after.version + 1,
  }
  const manifest =
    contents.manifest === undefined || head.published === undefined
      ? []
      : manifestWrites(port, head, {
          drawingId: head.published.drawingId,
          text: contents.manifest,
        })
  const guarded = putHead(port, head, 'v = :v', { ':v': after.version })
  const items = [guarded, ...(drawing?.writes ?? []), ...manifest]
  const outcome = await transactOnce(port, items, contents.receiptFor(head))
  return outcome.status === 'applied' ? head : undefined
}

/** Deletes a chart's head if nobody changed it since it was read; a worker then removes its drawings. */
export async function deleteChart(
  port: Port,
  head: ChartHead,
  receipt: Receipt | undefined,
): Promise<boolean> {
  const items = [
    {
      Delete: {
        TableName: port.tableName,
        Key: keys.chartHead(head.workspaceId, head.chartKey),
        ConditionExpression: 'v = :v',
        ExpressionAttributeValues: { ':v': head.version },
      },
    },
    ...listingWrites(port, 'charts', { ...listingOf(head), change: 'remove' }),
  ]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** Reads a page of a workspace's charts, newest first. */
export function listCharts(
  port: Port,
  workspaceId: string,
  request: PageRequest,
): Promise<Page<ChartHead>> {
  const headKey = (chartKey: string) => keys.chartHead(workspaceId, chartKey)
  return readPage(port, { listed: 'charts', workspaceId, headKey, read: readChartItem }, request)
}

/** The drawings that a chart points to. */
export function drawingsOf(head: ChartHead): DrawingRef[] {
  return head.published === undefined ? [head.draft] : [head.draft, head.published]
}

function listingOf({ workspaceId, chartId, chartKey }: ChartHead) {
  return { workspaceId, id: chartId, key: chartKey }
}

function putHead(
  { tableName }: Port,
  head: ChartHead,
  ...[condition, values]: [condition: string, values?: Record<string, number>]
): TransactItem {
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.chartHead(head.workspaceId, head.chartKey), ...chartItem(head) },
      ConditionExpression: condition,
      ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
    },
  }
}
