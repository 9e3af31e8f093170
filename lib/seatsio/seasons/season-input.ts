import type * as z from 'zod'
import { toNewEvent } from '../events/event-input.ts'
import type { createSeasonRequest } from './season-shapes.ts'

/** A new season in the words of the core; what is sent without a key gets one that is given. */
export function toNewSeason(sent: z.output<typeof createSeasonRequest>, newKey: () => string) {
  const { chartKey, key, forSalePropagated, eventKeys, numberOfEvents, date, ...terms } = sent
  const season = toNewEvent({ ...terms, eventKey: key }, newKey())
  const isSaleOwn = forSalePropagated ? {} : ({ isSaleOwn: true } as const)
  return {
    chartKey,
    season: { ...season, details: { ...season.details, ...isSaleOwn } },
    eventKeys: toEventKeys({ eventKeys, numberOfEvents }, newKey),
  }
}

/** Keys of new events: those that are sent, or so many as are wanted. */
export function toEventKeys(
  {
    eventKeys = [],
    numberOfEvents = 0,
  }: { eventKeys?: string[] | undefined; numberOfEvents?: number | undefined },
  newKey: () => string,
): string[] {
  return [...eventKeys, ...Array.from({ length: numberOfEvents }, newKey)]
}
