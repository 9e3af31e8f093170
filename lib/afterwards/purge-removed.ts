import type { Removal } from '../store/table/removals.ts'
import type { Store } from '../store/table/store.ts'
import { isEventListed } from '../store/events/events.ts'
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
      return purgeEvent(store, removal.event, hasTime)
    case 'drawings':
      for (const drawingId of new Set(removal.drawingIds)) {
        if (!(await deleteDrawing(store, removal.chart, { drawingId, hasTime }))) return false
      }
      return true
  }
}
