import type { EventHead } from '../../records/records.ts'
import { readChartItem, readEventItem } from '../table/heads.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText } from '../table/table.ts'

/** What a notice says of its event. */
export interface EventFacts {
  readonly event: EventHead
  readonly chartName: string
  readonly isTest: boolean
}

/**
 * Reads what notices say of events, by event id, in two requests for up to fifty events; also of events that were deleted in
 * the last days. Absent where the id means no event.
 */
export async function readEventFacts(
  port: Port,
  eventIds: readonly string[],
): Promise<Map<string, EventFacts>> {
  if (eventIds.length === 0) return new Map()
  const heads = [...(await batchGet(port, eventIds.map(keys.eventById))).values()]
  const events = heads.map(readEventItem)
  const items = await batchGet(
    port,
    events.flatMap(({ workspaceId, chartKey }) => [
      keys.chartHead(workspaceId, chartKey),
      keys.workspace(workspaceId),
    ]),
  )
  return new Map(
    events.map((event) => {
      const { workspaceId, chartKey } = event
      const chart = items.get(keyText(keys.chartHead(workspaceId, chartKey)))
      const workspace = items.get(keyText(keys.workspace(workspaceId)))
      const chartName = chart === undefined ? chartKey : readChartItem(chart).name
      return [event.eventId, { event, chartName, isTest: workspace?.['test'] === true }]
    }),
  )
}
