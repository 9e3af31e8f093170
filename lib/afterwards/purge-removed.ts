import type { EventHead } from '../records/records.ts'
import type { Removal } from '../store/table/removals.ts'
import type { Store } from '../store/table/store.ts'
import { isEventListed } from '../store/events/events.ts'
import { getChart } from '../store/charts/charts.ts'
import { keepUsage } from '../store/events/usage.ts'
import { purgeEvent } from '../store/events/purge-event.ts'
import { deleteDrawing } from '../store/charts/drawings.ts'

/**
 * Deletes what an event or a chart left behind. May be repeated: a second time there is nothing left to delete. Answers false where
 * there was no time for all of it: then it must be called again.
 */
export async function purgeRemoved(
  store: Store,
  removal: Removal,
  hasTime: () => boolean = () => true,
): Promise<boolean> {
  switch (removal.kind) {
    case 'event':
      // An event that was given another key is in the list still.
      if (await isEventListed(store, removal.event)) return true
      return purgeCounted(store, removal.event, hasTime)
    case 'drawings':
      for (const drawingId of new Set(removal.drawingIds)) {
        if (!(await deleteDrawing(store, removal.chart, { drawingId, hasTime }))) return false
      }
      return true
  }
}

/** What the event used is kept before its history goes, whatever that takes: past months stay as they were. */
async function purgeCounted(
  store: Store,
  event: EventHead,
  hasTime: () => boolean,
): Promise<boolean> {
  const { workspaceId, chartKey, chartId } = event
  const chart = await getChart(store, workspaceId, chartKey)
  const chartName = chart?.chartId === chartId ? chart.name : chartKey
  if (!(await keepUsage(store, { event, chartName }, hasTime))) return false
  return purgeEvent(store, event, hasTime)
}
