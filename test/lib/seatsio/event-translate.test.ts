import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import type { EventDetails, EventHead } from '../../../lib/records/records.ts'
import { toEventWithMembers, type ToldEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { PAGE_BYTES_MAX } from '../../../lib/seatsio/paging.ts'

function headOf(eventKey: string, season: EventHead['season']): EventHead {
  const at = instant(0)
  return {
    ...{ workspaceId: 'one', eventKey, eventId: eventKey, serial: 1, shards: 1, version: 1 },
    ...{ chartKey: 'hall', chartId: 'hall', createdAt: at, updatedAt: at },
    ...(season && { season }),
  }
}

/** A season with so many events, whose sale rules, which each of them shows, have so many letters. */
function seasonOf(events: number, letters: number): ToldEvent {
  const head = headOf('season', { role: 'whole' })
  const objects = ['x'.repeat(letters)]
  const details: EventDetails = {
    saleRules: { isListForSale: false, objects, areaPlaces: {}, categories: [] },
  }
  const place = { role: 'event', eventId: 'season', shards: 1 } as const
  const members = Array.from({ length: events }, (_, number): ToldEvent => ({
    ...{ event: headOf(`e${number}`, { ...place, number }), details: {}, facts: undefined },
    season: { head, details, partialKeys: [] },
  }))
  return {
    ...{ event: head, details, facts: undefined },
    season: { head, details, partialKeys: [], events: members },
  }
}

test('a season tells all of its events, and of more than an answer can hold the first', () => {
  const tell = (events: number, letters: number) =>
    toEventWithMembers(seasonOf(events, letters)).events?.map(({ key }) => key)
  expect(tell(0, 1)).toEqual([])
  expect(tell(500, 1_000)).toHaveLength(500)
  const half = PAGE_BYTES_MAX / 2
  expect(tell(500, half - 1_000)).toEqual(['e0', 'e1'])
  expect(tell(500, half)).toEqual(['e0'])
  expect(tell(500, 3 * half)).toEqual(['e0'])
})
