import { addSeconds, instant } from '../../../../lib/clock.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import { START } from '../../simulation/venue.ts'
import { asker, type Wish } from './actors.ts'
import { after, calm, rough, wild } from './bounds.ts'
import type { Scene } from './scene.ts'

// Large commits whose writes travel in batches: every statement lands at a moment of its own, is refused, turned away or lost by itself, and
// whoever sent the batch hears of all of them together, or of none. A-1 was written before; of there is nothing.

const start = instant(START)
const hold = (holdToken: string) =>
  ({ kind: 'hold', holdToken, until: addSeconds(start, 600) }) as const

const both: Wish = { change: hold('ada'), labels: ['A-1', 'A-2'], checked: ['A-3'] }
const statementsMax = 25

/** Somebody who wants both. */
const ada = asker({ name: 'ada', wish: both, statementsMax })

const opened = ['ada:read', 'ada:open', 'ada:lock-A-1', 'ada:lock-A-2', 'ada:lock-A-3']

/** Scenes of batches. */
export function batchScenes(items: Item[]): Scene[] {
  return [
    {
      name: 'batched',
      about: 'a large commit in batches, of which statements are turned away or lost, and recovery',
      roles: [asker({ name: 'ada', wish: both, key: 'k', statementsMax })],
      items,
      times: after(9),
      bounds: {
        test: { ...calm, faults: 1, kinds: ['lost', 'conflict'], statesMax: 8_000 },
        full: wild,
      },
    },
    {
      name: 'batched-rival',
      about: 'a large commit in batches, and somebody who wants one of its seats',
      roles: [
        ada,
        asker({ name: 'bob', wish: { change: hold('bob'), labels: ['A-2'] }, isFast: true }),
      ],
      items,
      times: after(11),
      bounds: { test: { ...calm, recoveries: 0, statesMax: 8_000 }, full: rough },
    },
    {
      name: 'batched-released',
      about: 'one of its seats is released, when a large commit in batches has just been decided',
      roles: [
        ada,
        asker({
          name: 'bob',
          wish: { change: { kind: 'release' }, labels: ['A-2'] },
          isFast: true,
        }),
      ],
      prefix: [...opened, 'ada:decide'],
      items,
      times: after(11),
      bounds: {
        test: { ...calm, faults: 1, kinds: ['lost'], recoveries: 0, statesMax: 8_000 },
        full: rough,
      },
    },
    overtaken(items),
  ]
}

function overtaken(items: Item[]): Scene {
  return {
    name: 'batched-overtaken',
    about: 'another large commit takes the seats, when the time of the first is over',
    roles: [
      ada,
      asker({
        name: 'bob',
        wish: { change: hold('bob'), labels: ['A-2', 'A-1'] },
        startsAt: [1],
        statementsMax,
      }),
    ],
    prefix: [...opened, 'wait'],
    items,
    times: after(9),
    bounds: { test: { ...calm, recoveries: 0, statesMax: 8_000 }, full: rough },
  }
}
