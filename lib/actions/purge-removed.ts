import type { Removal } from '../store/removals.ts'
import type { Store } from '../store/store.ts'

/** Deletes what an event or a chart left behind. May be repeated: a second time there is nothing left to delete. */
export async function purgeRemoved(store: Store, removal: Removal): Promise<void> {
  switch (removal.kind) {
    case 'event':
      // An event that was given another key is in the list still.
      if (await store.isEventListed(removal.event)) return
      return store.purgeEvent(removal.event)
    case 'drawings':
      for (const drawingId of new Set(removal.drawingIds)) {
        await store.deleteDrawing(removal.chart, drawingId)
      }
  }
}
