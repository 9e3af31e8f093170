import type { Instant } from '../../clock.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { remember } from './memory.ts'

interface Gone {
  /** When the event was read. */
  readonly readAt: Instant
  readonly labels: Set<string>
}

const nothingGone = () => new Map<string, Gone>()

/**
 * Labels of an event that this process has found taken since a reading of it, or has sold itself: whoever chooses from that reading
 * next need not find out again. What is added to them is remembered.
 */
export function goneSince(
  store: Store,
  { eventId, readAt }: { eventId: string; readAt: Instant },
): Set<string> {
  const events = memoryOf(store, nothingGone)
  const known = events.get(eventId)
  const gone = known?.readAt === readAt ? known : { readAt, labels: new Set<string>() }
  remember(events, eventId, gone)
  return gone.labels
}
