import { addSeconds, instant } from '../../../../lib/clock.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import { START, TABLE } from '../../simulation/venue.ts'
import { editEvent } from '../../../../lib/actions/events/edit-event.ts'
import { asker, eventKey, termsSetter } from './actors.ts'
import { after, calm, rough, wild } from './bounds.ts'
import type { Scene } from './scene.ts'

// A table of two seats, wanted as a whole by one and by the seat by another, while it is being decided how it is sold.

const hold = (holdToken: string) =>
  ({ kind: 'hold', holdToken, until: addSeconds(instant(START), 600) }) as const

const whole = [TABLE.label]
const seats = TABLE.seats
const one = TABLE.seats.slice(0, 1)
const last = TABLE.seats.slice(-1)

/** Scenes of a table; in the second set of items the first seat is held until three seconds after the start. */
export function tableScenes(items: Item[], lapsing: Item[]): Scene[] {
  const common = { items, hasPlanners: true, times: after() } as const
  const setter = termsSetter('mia', (context) =>
    editEvent(context, { eventKey, tables: { mode: 'ALL_BY_TABLE' } }),
  )
  return [
    {
      ...common,
      name: 'table',
      about: 'a table is taken in a large commit, a seat of it in one transaction',
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels: whole } }),
        asker({ name: 'bob', wish: { change: hold('bob'), labels: last }, isFast: true }),
        setter,
      ],
      bounds: { test: { ...calm, recoveries: 0, rounds: 2 }, full: rough },
    },
    {
      ...common,
      name: 'seated',
      about: 'the seats of a table are taken in a large commit, and the table in one transaction',
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels: seats } }),
        asker({ name: 'bob', wish: { change: hold('bob'), labels: whole }, isFast: true }),
        setter,
      ],
      bounds: { test: { ...calm, recoveries: 0 }, full: rough },
    },
    {
      ...common,
      times: after(9),
      name: 'reset',
      about: 'one token takes a seat of a table and the table, both in one transaction',
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels: whole }, isFast: true }),
        asker({ name: 'bob', wish: { change: hold('ada'), labels: one }, isFast: true }),
        setter,
      ],
      bounds: { test: { ...calm, faults: 1, rounds: 2 }, full: wild },
    },
    {
      name: 'seatless',
      about: 'a seat is booked just as its hold ends, and its table is taken in a large commit',
      items: byTable(lapsing),
      times: after(3),
      roles: [
        asker({ name: 'ada', wish: { change: hold('ada'), labels: whole }, startsAt: [1] }),
        asker({
          name: 'bob',
          wish: { change: { kind: 'book-held', holdToken: 'bob' }, labels: one },
          isFast: true,
          skewMs: -1_000,
        }),
      ],
      bounds: { test: { ...calm, recoveries: 0 }, full: wild },
    },
  ]
}

/** The event sells its tables as a whole from the start. */
function byTable(items: readonly Item[]): Item[] {
  return items.map((item) => (item['key'] === eventKey ? { ...item, tb: 'ALL_BY_TABLE' } : item))
}
