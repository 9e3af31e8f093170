import type { Change } from '../../../../lib/rules/machine.ts'
import type { SeatState } from '../../../../lib/rules/seat.ts'
import { seasonName } from '../../../../lib/rules/season/season-name.ts'
import { refOf } from '../../../../lib/rules/season/season-row.ts'
import { addSeconds, instant } from '../../../../lib/clock.ts'
import { runtimeOver } from '../../../../lib/open.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { seatItem, type Item } from '../../../../lib/store/table/items.ts'
import { seasonItem } from '../../../../lib/store/table/season-items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { makeSeason } from '../../../support/season-scene.ts'
import { caller, openVenue, portOver, START, TABLE } from '../../simulation/venue.ts'
import { editEvent } from '../../../../lib/actions/events/edit-event.ts'
import { asker, termsSetter } from './actors.ts'
import { after, calm, wild } from './bounds.ts'
import type { Scene } from './scene.ts'
import { SEASON_IDS } from './season-rows.ts'

// A season of two matches. One seat of it is wanted for the season by one, and in matches by another.

const start = instant(START)
const until = addSeconds(start, 3)

const hold = (holdToken: string): Change => ({
  kind: 'hold',
  holdToken,
  until: addSeconds(start, 600),
})

const book: Change = { kind: 'set-booked' }
const bookHeld: Change = { kind: 'book-held', holdToken: 'bob' }
const ended: Change = { kind: 'expire', holdToken: 'bob' }
const labels = ['A-1']
const [whole, seat] = [[TABLE.label], TABLE.seats.slice(0, 1)]
const [season, first, both] = [['season'], ['match-1'], ['match-1', 'match-2']]

/** What everybody finds: a season, and in its first match the seat in that state. */
async function find(state?: SeatState, where: 'match' | 'spring' = 'match'): Promise<Item[]> {
  const { table } = await openVenue()
  const port = portOver(table, { now: () => start, sleep: () => Promise.resolve() })
  const { store, backOff } = runtimeOver(port)
  const ids = [...SEASON_IDS]
  const context = {
    ...{ now: () => start, backOff, store, caller },
    ids: { ...port.ids, ulid: () => ids.shift() ?? '' },
  }
  const night = await getEvent(store, 'one', 'night-1')
  const heads = await makeSeason(context, {
    chartKey: night?.chartKey ?? '',
    events: both,
    partials: { spring: first },
  })
  const fixed = table.items().filter(({ pk }) => /^[ECNXW]#/.test(String(pk))) as Item[]
  const [whole, match] = [heads.get('season'), heads.get('match-1')]
  const spring = heads.get('spring')?.eventId ?? ''
  if (state === undefined || whole === undefined || match === undefined) return fixed
  const common = { version: 2, changedAt: start, operationId: 'before-1' }
  const row = { ...common, state }
  const season =
    where === 'match' ? { parts: {}, taken: [0] } : { parts: { [spring]: row }, taken: [] }
  return [
    ...fixed,
    ...(where === 'match' ? [{ ...keys.seat(match, 'A-1'), ...seatItem(row) }] : []),
    { ...keys.seat(refOf(whole), seasonName('A-1')), ...seasonItem({ ...common, ...season }) },
  ]
}

/** Scenes of a season. */
export async function seasonScenes(): Promise<Scene[]> {
  const fresh = await find()
  const held = { status: 'held', holdToken: 'bob', heldUntil: until } as const
  const lapsing = { match: await find(held), spring: await find(held, 'spring') }
  return [...sales(fresh), ...crowds(fresh), ...ends(lapsing)]
}

/** A season and its matches, both wanted. */
function sales(fresh: Item[]): Scene[] {
  return [
    {
      name: 'season',
      about: 'a seat is sold for a season in a large commit, and for one match in one transaction',
      items: fresh,
      times: after(11),
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels, events: season } }),
        asker({ name: 'bob', wish: { change: book, labels, events: first }, isFast: true }),
      ],
      bounds: { test: { ...calm, recoveries: 0, rounds: 2 }, full: wild },
    },
    {
      name: 'matches',
      about:
        'a seat is held for two matches in a large commit, and for the season in one transaction',
      items: fresh,
      times: after(11),
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels, events: both } }),
        asker({ name: 'bob', wish: { change: book, labels, events: season }, isFast: true }),
      ],
      bounds: { test: { ...calm, recoveries: 0, statesMax: 8_000 }, full: wild },
    },
  ]
}

/** Three at a time. */
function crowds(fresh: Item[]): Scene[] {
  return [
    {
      name: 'parted',
      about:
        'a seat is sold for a part of a season, for the season and for a match, all in one transaction',
      items: fresh,
      times: after(9),
      roles: [
        asker({ name: 'ada', wish: { change: book, labels, events: ['spring'] }, isFast: true }),
        asker({ name: 'bob', wish: { change: hold('bob'), labels, events: season }, isFast: true }),
        asker({ name: 'eve', wish: { change: book, labels, events: both }, isFast: true }),
      ],
      bounds: {
        test: { ...calm, faults: 1, recoveries: 0, rounds: 2, statesMax: 8_000 },
        full: wild,
      },
    },
    {
      name: 'banquet',
      about:
        'a table is sold for a season, and a seat of it for a match, while it is decided how tables are sold',
      items: fresh,
      hasPlanners: true,
      times: after(),
      roles: [
        asker({
          name: 'ada',
          wish: { change: hold('ada'), labels: whole, events: season },
          isFast: true,
        }),
        asker({ name: 'bob', wish: { change: book, labels: seat, events: first }, isFast: true }),
        termsSetter('mia', (context) =>
          editEvent(context, { eventKey: 'season', tables: { mode: 'ALL_BY_TABLE' } }),
        ),
      ],
      bounds: {
        test: { ...wild, recoveries: 0, statesMax: 8_000 },
        full: wild,
      },
    },
  ]
}

/** Holds that end just then, until three seconds after the start. */
function ends(lapsing: { readonly match: Item[]; readonly spring: Item[] }): Scene[] {
  return [
    {
      name: 'overdue',
      about:
        'a seat is booked in a match just as its hold ends, and sold for the season in a large commit',
      items: lapsing.match,
      times: after(3, 12),
      roles: [
        asker({
          name: 'ada',
          wish: { change: hold('ada'), labels, events: season },
          startsAt: [1],
        }),
        asker({
          name: 'bob',
          wish: { change: bookHeld, labels, events: first },
          isFast: true,
          skewMs: -1_000,
        }),
      ],
      bounds: { test: { ...calm, recoveries: 0, statesMax: 8_000 }, full: wild },
    },
    {
      name: 'parts',
      about:
        'a seat is booked for a part of a season just as its hold ends, and for the season in a large commit',
      items: lapsing.spring,
      times: after(3),
      roles: [
        asker({ name: 'ada', wish: { change: book, labels, events: season }, startsAt: [1] }),
        asker({
          name: 'bob',
          wish: { change: bookHeld, labels, events: ['spring'] },
          isFast: true,
          skewMs: -1_000,
        }),
      ],
      bounds: { test: { ...calm, faults: 1, statesMax: 8_000 }, full: wild },
    },
    {
      name: 'returned',
      about: 'a seat of a match is let go, and sold for the season in a large commit',
      items: lapsing.match,
      times: after(3),
      roles: [
        asker({ name: 'ada', wish: { change: book, labels, events: season }, startsAt: [0, 1] }),
        asker({ name: 'bob', wish: { change: ended, labels, events: first }, isFast: true }),
      ],
      bounds: { test: { ...calm, rounds: 2, statesMax: 8_000 }, full: wild },
    },
  ]
}
