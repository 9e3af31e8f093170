import { describe, expect, test } from 'vitest'
import type { Roster } from '../../../../lib/records/records.ts'
import type { EventRef, SeatRow, SeatState } from '../../../../lib/rules/seat.ts'
import {
  eventIn,
  partialOf,
  wholeOf,
  type SeasonSeen,
} from '../../../../lib/rules/season/season-row.ts'
import { sharersInSeason } from '../../../../lib/rules/season/season-sharers.ts'
import { effectiveState } from '../../../../lib/rules/situations.ts'
import { held, later, now, row } from '../../../support/decisions.ts'
import { readSeason, roster, season } from '../../../support/season-decisions.ts'

const booked: SeatState = { status: 'booked' }
const checkedIn: SeatState = { status: 'custom', name: 'checkedIn' }
const resale: SeatState = { status: 'resale' }
const lapsed = held('theirs', now)
const live = held('theirs', later)

/** What takes the places of A-1 in the event or part, beside its own row: who, under which label, how. Others are what has a row. */
function tells(event: EventRef, seen: SeasonSeen, rows: Record<string, SeatRow> = {}) {
  const others = Object.keys(rows).filter((label) => label !== 'A-1')
  const sharers = sharersInSeason(
    { event, label: 'A-1', others, ownRow: (label) => rows[label] },
    seen,
  )
  if (sharers === 'unread') return sharers
  return sharers.map(({ event: { eventId }, label, row: it }) => {
    return `${eventId} ${label} ${it?.state.status ?? '-'}`
  })
}

const [first, second, third] = roster.events.map((event) => eventIn(season, event))
if (first === undefined || second === undefined || third === undefined) throw new Error('events')
const [whole, spring, autumn, empty] = [
  wholeOf(season),
  partialOf(season, 'spring'),
  partialOf(season, 'autumn'),
  partialOf(season, 'empty'),
]

describe('an event', () => {
  test('shares with its seasons, the top-level one first, then partial ones in order of creation, and with no other event', () => {
    const seen = readSeason({ parts: { 'A-1': { whole: booked, autumn: live } }, events: {} })
    expect(tells(first, seen)).toEqual(['season A-1 booked', 'spring A-1 -'])
    expect(tells(second, seen)).toEqual(['season A-1 booked', 'spring A-1 -', 'autumn A-1 held'])
    expect(tells(third, seen)).toEqual(['season A-1 booked', 'autumn A-1 held'])
  })

  test('shares with what has its places at a table: in itself, then in its seasons', () => {
    const seen = readSeason({
      parts: { T: { whole: booked }, 'A-1': { spring: live } },
      events: {},
    })
    expect(tells(first, seen, { T: row(booked) })).toEqual([
      'first T booked',
      'season A-1 -',
      'spring A-1 held',
      'season T booked',
      'spring T -',
    ])
  })

  test('leaves out the seasons that it overrides, under that very label', () => {
    const seen = readSeason({
      parts: { 'A-1': { whole: booked }, T: { whole: booked } },
      events: {},
    })
    const overriding = { ...row({ status: 'free' }), overridden: ['season'] }
    expect(tells(first, seen, { 'A-1': overriding })).toEqual(['spring A-1 -'])
    expect(tells(first, seen, { T: overriding })).toEqual([
      'first T free',
      'season A-1 booked',
      'spring A-1 -',
      'spring T -',
    ])
    const both = { ...row(resale), overridden: ['season', 'spring'] }
    expect(tells(first, seen, { 'A-1': both })).toEqual([])
  })

  test('that is past inherits as all others do', () => {
    const past = withPast('first')
    const seen = {
      ...readSeason({ parts: { 'A-1': { whole: booked } }, events: {} }),
      roster: past,
    }
    expect(tells(first, seen)).toEqual(['season A-1 booked', 'spring A-1 -'])
  })
})

describe('a season', () => {
  test('shares with all partial seasons that have events, then with its events in order of creation', () => {
    const events = { third: { 'A-1': booked }, first: { 'A-1': checkedIn } }
    const seen = readSeason({ parts: { 'A-1': { spring: booked } }, events })
    expect(tells(whole, seen)).toEqual([
      'spring A-1 booked',
      'autumn A-1 -',
      'first A-1 custom',
      'third A-1 booked',
    ])
  })

  test('shares with its events under all labels of the same places', () => {
    const events = { second: { T: live }, first: { 'A-1': lapsed, T: resale } }
    const seen = readSeason({ parts: { T: { whole: booked } }, events })
    expect(tells(whole, seen, { T: row(booked) })).toEqual([
      'season T booked',
      'spring A-1 -',
      'autumn A-1 -',
      'spring T -',
      'autumn T -',
      'first A-1 held',
      'first T resale',
      'second T held',
    ])
  })

  test('does not look at events that are past', () => {
    const events = { first: { 'A-1': booked }, second: { 'A-1': booked } }
    const seen = { ...readSeason({ parts: {}, events }), roster: withPast('first') }
    expect(tells(whole, seen)).toEqual(['spring A-1 -', 'autumn A-1 -', 'second A-1 booked'])
    expect(tells(spring, seen)).toEqual(['season A-1 -', 'autumn A-1 -', 'second A-1 booked'])
  })
})

describe('a partial season', () => {
  test('shares with the season, with those that have an event in common with it, and with its own events', () => {
    const events = { first: { 'A-1': booked }, third: { 'A-1': live } }
    const seen = readSeason({ parts: { 'A-1': { whole: resale } }, events })
    expect(tells(spring, seen)).toEqual(['season A-1 resale', 'autumn A-1 -', 'first A-1 booked'])
    expect(tells(autumn, seen)).toEqual(['season A-1 resale', 'spring A-1 -', 'third A-1 held'])
  })

  test('without events shares with the season alone', () => {
    const seen = readSeason({ parts: {}, events: { first: { 'A-1': booked } } })
    expect(tells(empty, seen)).toEqual(['season A-1 -'])
  })

  test('shares with none that has no event in common with it', () => {
    const apart = { ...roster, partials: [partial('spring', 0), partial('autumn', 2)] }
    const seen = {
      ...readSeason({ parts: { 'A-1': { autumn: booked } }, events: {} }),
      roster: apart,
    }
    expect(tells(spring, seen)).toEqual(['season A-1 -'])
  })
})

test('what is not known is read: an event of a number to come, and a row that is not there to look at', () => {
  const events = { first: { 'A-1': booked } }
  const seen = readSeason({ parts: {}, events })
  expect(tells(whole, { ...seen, roster: { ...roster, next: 0 } })).toBe('unread')
  expect(tells(spring, { ...seen, roster: { ...roster, next: 0 } })).toBe('unread')
  expect(tells(whole, { ...seen, eventRow: () => 'unread' })).toBe('unread')
  // Of an event the season's row says all.
  expect(tells(first, { ...seen, roster: { ...roster, next: 0 } })).not.toBe('unread')
  // Numbers of events that were deleted, and of others than its own, say nothing.
  const without = { ...roster, events: roster.events.slice(1) }
  expect(tells(whole, { ...seen, roster: without })).toEqual(['spring A-1 -', 'autumn A-1 -'])
  expect(tells(autumn, { ...seen, eventRow: () => 'unread' })).toEqual([
    'season A-1 -',
    'spring A-1 -',
  ])
})

test.each([
  ['nobody has it', {}, {}, 'free'],
  ['the season has it', { whole: booked }, { first: live }, 'booked'],
  ['a custom status of the season', { whole: checkedIn }, {}, 'custom'],
  ['a hold of the season', { whole: live }, {}, 'held'],
  ['a hold of the season that has ended', { whole: lapsed }, {}, 'free'],
  ['a partial season that has an event in common', { autumn: booked }, {}, 'booked'],
  ['one of its events', {}, { first: live }, 'held'],
  ['several, as the first of them', {}, { second: booked, first: live }, 'held'],
  ['one in which a hold has ended', {}, { first: lapsed, second: checkedIn }, 'custom'],
  ['what an event resells is sold', {}, { first: resale }, 'booked'],
  ['an event that is not its own', {}, { third: booked }, 'free'],
] as const)(
  'a partial season is as taken as what it shares with: %s',
  (_, parts, events, status) => {
    const inEvents = Object.fromEntries(
      Object.entries(events).map(([name, state]) => [name, { 'A-1': state }]),
    )
    const seen = readSeason({ parts: { 'A-1': parts }, events: inEvents })
    const of = { event: spring, label: 'A-1', others: [], ownRow: () => undefined }
    const sharers = sharersInSeason(of, seen)
    if (sharers === 'unread') throw new Error(sharers)
    expect(effectiveState({ row: undefined, sharers }, now).status).toBe(status)
  },
)

function withPast(eventId: string): Roster {
  const events = roster.events.map((event) => {
    return event.eventId === eventId ? { ...event, isInThePast: true as const } : event
  })
  return { ...roster, events }
}

function partial(eventId: string, ...events: number[]) {
  return { eventId, events }
}
