import { replaceSaleRules } from '../../../../lib/actions/events/change-sale-rules.ts'
import { addSeconds, instant } from '../../../../lib/clock.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import { AREAS, START } from '../../simulation/venue.ts'
import { asker, eventKey, termsSetter } from './actors.ts'
import { after, calm, rough, wild } from './bounds.ts'
import type { Scene } from './scene.ts'

// An area of two blocks, of which two want more together than is for sale once a third has put places off sale: whoever sees that
// divides what is left anew, with its own sale in it.

const [lawn] = AREAS
const labels = [lawn?.label ?? '']

const hold = (holdToken: string) =>
  ({ kind: 'hold', holdToken, until: addSeconds(instant(START), 600) }) as const

const withheld = {
  isListForSale: false,
  objects: [],
  categories: [],
  areaPlaces: { [labels[0] ?? '']: 20 },
}

/** Scenes of an area. */
export function areaScenes(items: Item[]): Scene[] {
  const common = { items, hasPlanners: true, times: after() } as const
  const setter = termsSetter('mia', (context) => replaceSaleRules(context, eventKey, withheld))
  // Her token looks into the second block first, and who has none into the first.
  const ada = { name: 'ada', wish: { change: hold('basket'), labels, places: 25 } }
  const bob = { name: 'bob', wish: { change: { kind: 'set-booked' } as const, labels, places: 20 } }
  return [
    {
      ...common,
      name: 'area',
      about: 'places of an area are held and booked, while some of them are put off sale',
      roles: [asker({ ...ada, isFast: true }), asker({ ...bob, isFast: true }), setter],
      bounds: { test: { ...wild, recoveries: 0 }, full: { ...wild, faults: 3 } },
    },
    {
      ...common,
      name: 'divided',
      about: 'an area is divided anew in a large commit, and some of it booked in one transaction',
      roles: [asker(ada), asker({ ...bob, isFast: true }), setter],
      bounds: { test: { ...calm, recoveries: 0 }, full: rough },
    },
  ]
}
