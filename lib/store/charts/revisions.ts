import { REVISION_COPIES } from '../../limits/limits.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { keys } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

/**
 * Raises all copies of the revisions of charts, for the transaction that changes heads of theirs: the chart's own, where something else
 * is published of it, or those of events and seasons on it. One that is only created needs none: nobody can have remembered it. An
 * event that goes to another chart is remembered under the one that it leaves.
 */
export function raiseRevisions(
  { tableName: TableName }: Pick<Port, 'tableName'>,
  changed: readonly { readonly chartId: string }[],
): TransactItem[] {
  const chartIds = [...new Set(changed.map(({ chartId }) => chartId))]
  return chartIds.flatMap((chartId) =>
    Array.from({ length: REVISION_COPIES }, (_, copy) => ({
      Update: {
        TableName,
        Key: keys.revision(chartId, copy),
        UpdateExpression: 'ADD r :one',
        ExpressionAttributeValues: { ':one': 1 },
      },
    })),
  )
}

/** The revision that a copy tells: of a chart of which no head ever changed there is none, which is 0. */
export function revisionIn(item: Item | undefined): number {
  return (item?.['r'] as number | undefined) ?? 0
}
