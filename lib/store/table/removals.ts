import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { ChartHead, EventHead } from '../../records/records.ts'
import { drawingsOf } from '../charts/charts.ts'
import { readChartItem, readEventItem } from './heads.ts'
import type { Item } from './items.ts'
import { partitionStarts } from './partitions.ts'
import { keys, keyText, type Key } from './table.ts'

type Image = Record<string, AttributeValue>

/** What a change of one item left behind for nobody. */
export type Removal =
  | { readonly kind: 'event'; readonly event: EventHead }
  | {
      readonly kind: 'drawings'
      readonly chart: ChartHead
      readonly drawingIds: readonly string[]
    }

/** Reads from a stream record what can be purged: an event that is gone, drawings that no chart points to any more. */
export function findRemoval(
  before: Image | undefined,
  after: Image | undefined,
): Removal | undefined {
  const pk = before?.['pk']?.S ?? ''
  const isHead = pk.startsWith(partitionStarts.events) || pk.startsWith(partitionStarts.charts)
  if (before === undefined || !isHead) return undefined
  const item = unmarshall(before) as Item
  const key = keyText(item as unknown as Key)
  const { ws, key: name } = item as { ws?: string; key?: string }
  if (ws === undefined || name === undefined) return undefined
  if (key === keyText(keys.eventHead(ws, name))) {
    return after === undefined ? { kind: 'event', event: readEventItem(item) } : undefined
  }
  if (key !== keyText(keys.chartHead(ws, name))) return undefined
  const chart = readChartItem(item)
  const kept = after === undefined ? [] : drawingsOf(readChartItem(unmarshall(after) as Item))
  const keptIds = new Set(kept.map(({ drawingId }) => drawingId))
  const goneIds = drawingsOf(chart)
    .map(({ drawingId }) => drawingId)
    .filter((drawingId) => !keptIds.has(drawingId))
  return goneIds.length === 0 ? undefined : { kind: 'drawings', chart, drawingIds: goneIds }
}
