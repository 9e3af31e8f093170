import { addSeconds, instant, type Instant } from '../../../../lib/clock.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import type { SeatState } from '../../../../lib/rules/seat.ts'
import { seatItem, type Item } from '../../../../lib/store/table/items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { openVenue, START } from '../../simulation/venue.ts'
import { areaScenes } from './area-scenes.ts'
import { batchScenes } from './batch-scenes.ts'
import { asker, worker, type Wish } from './actors.ts'
import { after, calm, rough, wild } from './bounds.ts'
import { plannersScenes } from './planners.ts'
import { seasonScenes } from './season-scenes.ts'
import { tableScenes } from './table-scenes.ts'
import type { Bounds, Scene } from './scene.ts'

// The scenes. Seats are wanted, A-3 is what the large commit also relies on without changing it. After 8 s an operation
// may be aborted, after 10 s a call is given up, after 12 s a request decides no more.

const start = instant(START)
/** Two large commits at a time are too many states for the tests: the nearest of them. */
const nearest: Bounds = { ...calm, statesMax: 8_000 }

const holdOf = (holdToken: string, seconds = 600): Change => ({
  kind: 'hold',
  holdToken,
  until: addSeconds(start, seconds),
})

/** What everybody finds: the event and its chart, and seats in these states. */
async function find(seats: Readonly<Record<string, SeatState>>, kinds = /^[EC]#/): Promise<Item[]> {
  const venue = await openVenue()
  const [event] = venue.events
  if (event === undefined) throw new Error('The venue has no event')
  const fixed = venue.table.items().filter(({ pk }) => kinds.test(String(pk))) as Item[]
  const rows = Object.entries(seats).map(([label, state], index) => ({
    ...keys.seat({ eventId: event.eventId, shards: shardsOf(fixed) }, label),
    ...seatItem({ version: index + 2, changedAt: start, operationId: 'before-1', state }),
  }))
  return [...fixed, ...rows]
}

function shardsOf(items: readonly Item[]): number {
  return Number(items.find(({ pk }) => String(pk).startsWith('E#'))?.['sh'])
}

const free: SeatState = { status: 'free' }
const held = (holdToken: string, heldUntil: Instant): SeatState => ({
  status: 'held',
  holdToken,
  heldUntil,
})

/** A large commit up to its locks. */
const opened = ['ada:read', 'ada:open', 'ada:lock-A-1', 'ada:lock-A-2', 'ada:lock-A-3']

const both: Wish = { change: holdOf('ada'), labels: ['A-1', 'A-2'], checked: ['A-3'] }

const booked: Wish = { change: { kind: 'book-held', holdToken: 'ada' }, labels: ['A-1', 'A-2'] }

/** Every scene. A-1 was free before, A-2 and A-3 were never touched, unless it says otherwise. */
export async function openScenes(): Promise<Scene[]> {
  const fresh = await find({ 'A-1': free })
  const planned = await find({}, /^[ECNW]#/)
  const until = addSeconds(start, 3)
  const lapsing = await find({ 'A-1': held('ada', until), 'A-2': held('ada', until) })
  return [
    alone(fresh),
    recovered(fresh),
    rival(fresh),
    relied(fresh),
    released(fresh),
    justLapsing(lapsing),
    twice(fresh),
    decided(fresh),
    aborted(fresh),
    crossed(fresh),
    overtaken(fresh),
    three(fresh),
    ...plannersScenes(planned),
    ...tableScenes(planned, await find({ 'T-1': held('bob', until) })),
    ...areaScenes(planned),
    ...batchScenes(fresh),
    ...(await seasonScenes()),
  ]
}

function alone(items: Item[]): Scene {
  return {
    name: 'alone',
    about: 'a large commit, and recovery',
    roles: [asker({ name: 'ada', wish: both, key: 'k' })],
    items,
    times: after(12),
    bounds: { test: { ...calm, faults: 1 }, full: { ...wild, faults: 3 } },
  }
}

function recovered(items: Item[]): Scene {
  return {
    name: 'recovered',
    about: 'workers end a large commit that is still going on, their clock two seconds ahead',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      worker({ name: 'worker', skewMs: 2_000 }),
    ],
    items,
    times: after(7),
    bounds: { test: { ...calm, recoveries: 0, jobs: 1 }, full: { ...wild, jobs: 2 } },
  }
}

function rival(items: Item[]): Scene {
  return {
    name: 'rival',
    about: 'a large commit, and somebody who wants one of its seats in one transaction',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({ name: 'bob', wish: { change: holdOf('bob'), labels: ['A-2'] }, isFast: true }),
    ],
    items,
    times: after(11),
    bounds: { test: { ...calm, recoveries: 0 }, full: wild },
  }
}

function relied(items: Item[]): Scene {
  return {
    name: 'relied',
    about: 'a large commit, and somebody who books the seat that it relies on',
    roles: [
      asker({ name: 'ada', wish: both }),
      asker({ name: 'bob', wish: { change: holdOf('bob'), labels: ['A-3'] }, isFast: true }),
    ],
    items,
    times: after(11),
    bounds: { test: { ...calm, recoveries: 0 }, full: wild },
  }
}

function released(items: Item[]): Scene {
  return {
    name: 'released',
    about: 'one of its seats is released, when a large commit has just been decided',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({
        name: 'bob',
        wish: { change: { kind: 'release' }, labels: ['A-2'] },
        isFast: true,
      }),
    ],
    prefix: [...opened, 'ada:decide'],
    items,
    times: after(11),
    bounds: { test: { ...calm, faults: 1, kinds: ['lost'], recoveries: 0 }, full: wild },
  }
}

function justLapsing(items: Item[]): Scene {
  return {
    name: 'lapsing',
    about: 'seats are booked just as their hold ends, and somebody else takes one',
    roles: [
      asker({ name: 'ada', wish: booked, key: 'k' }),
      asker({
        name: 'bob',
        wish: { change: holdOf('bob'), labels: ['A-1'] },
        isFast: true,
        startsAt: [0, 1],
      }),
    ],
    items,
    times: after(3, 9),
    bounds: { test: calm, full: wild },
  }
}

function twice(items: Item[]): Scene {
  return {
    name: 'twice',
    about: 'one request sent twice under one key, both large',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({ name: 'eve', wish: both, key: 'k' }),
    ],
    items,
    times: after(9),
    bounds: { test: nearest, full: rough },
  }
}

function decided(items: Item[]): Scene {
  return {
    name: 'decided',
    about:
      'the same request again, when the first has just been decided and goes no further for now',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({ name: 'eve', wish: both, key: 'k', startsAt: [0] }),
    ],
    prefix: [...opened, 'ada:decide'],
    items,
    times: after(12),
    bounds: { test: calm, full: wild },
  }
}

function aborted(items: Item[]): Scene {
  return {
    name: 'aborted',
    about: 'the same request twice again, when the first was opened, and its time is over',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({ name: 'eve', wish: both, key: 'k', startsAt: [1] }),
    ],
    prefix: [...opened, 'wait'],
    items,
    times: after(9),
    bounds: { test: { ...calm, recoveries: 0 }, full: wild },
  }
}

function crossed(items: Item[]): Scene {
  return {
    name: 'crossed',
    about: 'two large commits over the same seats',
    roles: [
      asker({ name: 'ada', wish: both }),
      asker({ name: 'bob', wish: { change: holdOf('bob'), labels: ['A-2', 'A-1'] } }),
    ],
    items,
    times: after(9),
    bounds: { test: nearest, full: rough },
  }
}

function overtaken(items: Item[]): Scene {
  return {
    name: 'overtaken',
    about: 'another large commit takes the seats, when the time of the first is over',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({
        name: 'bob',
        wish: { change: holdOf('bob'), labels: ['A-2', 'A-1'] },
        startsAt: [1],
      }),
    ],
    prefix: [...opened, 'wait'],
    items,
    times: after(9),
    bounds: { test: { ...calm, recoveries: 0 }, full: wild },
  }
}

function three(items: Item[]): Scene {
  return {
    name: 'three',
    about: 'one request sent twice under one key, and a rival in one transaction',
    roles: [
      asker({ name: 'ada', wish: both, key: 'k' }),
      asker({ name: 'eve', wish: both, key: 'k' }),
      asker({ name: 'bob', wish: { change: holdOf('bob'), labels: ['A-2'] }, isFast: true }),
    ],
    items,
    times: after(9),
    bounds: { test: nearest, full: rough },
  }
}
