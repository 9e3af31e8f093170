import { expect, test } from 'vitest'
import {
  membersOf,
  partialsByNumber,
  rosterOf,
  withNewEvents,
  withoutEvents,
  withoutPartial,
  withPartial,
} from '../../../../lib/rules/season/roster.ts'

const refs = (...ids: string[]) => ids.map((eventId) => ({ eventId, shards: 1 }))
const three = withNewEvents(rosterOf({}), refs('a', 'b', 'c'))

test('a number that an event had is never another event’s', () => {
  const left = withoutEvents(three, new Set([0, 2]))
  const { next, events } = withNewEvents(left, refs('d'))
  expect([next, events.map(({ eventId, number }) => [eventId, number])]).toEqual([
    4,
    [
      ['b', 1],
      ['d', 3],
    ],
  ])
})

test('an event that has gone is in no partial season any more', () => {
  const parts = withPartial(withPartial(three, 'x', [2, 0]), 'y', [1, 2])
  const { partials } = withoutEvents(parts, new Set([2]))
  expect(partials).toEqual([
    { eventId: 'x', events: [0] },
    { eventId: 'y', events: [1] },
  ])
})

test('a partial season tells its events in the order of their creation, and each event the parts that it is in', () => {
  const parts = withPartial(withPartial(three, 'x', [2, 0]), 'y', [2])
  const part = { eventId: 'x', season: { role: 'part', eventId: 's', shards: 1 } } as const
  expect(membersOf(parts, part).map(({ eventId }) => eventId)).toEqual(['a', 'c'])
  expect([...partialsByNumber(parts)].sort()).toEqual([
    [0, ['x']],
    [2, ['x', 'y']],
  ])
  expect(withoutPartial(parts, 'x').partials).toEqual([{ eventId: 'y', events: [2] }])
})
