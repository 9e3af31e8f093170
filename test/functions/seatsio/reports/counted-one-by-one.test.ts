import { expect, test } from 'vitest'
import { diceOf } from '../../../support/dice.ts'
import { openEventReports } from '../../../support/event-reports.ts'
import { drawHall, type HallObject } from '../../../support/report-hall.ts'
import {
  COUNTED,
  countsOf,
  groupsOf,
  reportOf,
  type ModelSale,
  type ModelState,
  type ModelTerms,
} from '../../../support/report-model.ts'

// Events made by dice on halls made by dice, sold by dice: every report is what counting place by place comes to.

type Dice = (bound: number) => number

function some<Item>(dice: Dice, items: readonly Item[]): Item[] {
  return items.filter(() => dice(4) === 0)
}

function anySale(dice: Dice, objects: readonly HallObject[]): ModelSale {
  const areas = objects.filter(({ isByPlaces }) => isByPlaces)
  return {
    forSale: dice(3) === 0,
    objects: some(dice, objects).map(({ label }) => label),
    areaPlaces: Object.fromEntries(
      some(dice, areas).map(({ label, places }) => [label, 1 + dice(places)]),
    ),
    categories: some(dice, ['lounge', 'Standard', 'own']),
  }
}

function anyTerms(dice: Dice, objects: readonly HallObject[]) {
  const mode = (['INHERIT', 'ALL_BY_TABLE', 'ALL_BY_SEAT'] as const)[dice(3)] ?? 'INHERIT'
  const [first, second] = [some(dice, objects), some(dice, objects)]
  const lists = [first, second.filter((object) => !first.includes(object))]
  const channels = ['press', 'club'].map((key, place) => {
    const listed = (lists[place] ?? []).map(({ label }) => label)
    const areas = objects.filter(({ isByPlaces, label }) => {
      return isByPlaces && !lists.flat().some((object) => object.label === label)
    })
    const given = areas.map(
      ({ label, places }) => [label, dice(1 + Math.floor(places / 2))] as const,
    )
    const areaPlaces = Object.fromEntries(given.filter(([, count]) => count > 0))
    return { key, name: key, color: '#000000', objects: listed, areaPlaces }
  })
  const categories =
    dice(2) === 0
      ? []
      : [
          ['own', 'Own'],
          ['1', 'Renamed'],
        ]
  const listed = categories.length === 0 ? [] : some(dice, objects)
  const objectCategories = Object.fromEntries(listed.map(({ label }) => [label, 'own']))
  const terms: ModelTerms = {
    isWholeTable: ({ isWhole }) => (mode === 'INHERIT' ? isWhole : mode === 'ALL_BY_TABLE'),
    categories: new Map(categories.map(([key = '', label = '']) => [key, label])),
    objectCategories,
    channels: dice(3) === 0 ? [] : channels,
    sale: dice(2) === 0 ? undefined : anySale(dice, objects),
  }
  const event = {
    tableBookingConfig: { mode },
    categories: categories.map(([key, label]) => ({ key, label, color: '#333333' })),
    objectCategories,
    channels: terms.channels,
    ...(terms.sale === undefined ? {} : { forSaleConfig: terms.sale }),
  }
  return { terms, event }
}

const STATUSES = ['booked', 'reservedByToken', 'resale', 'checkedIn']

/** Sells by dice; what was sold is noted, and what was refused is not. */
async function sell(
  { api, token }: Awaited<ReturnType<typeof openEventReports>>,
  dice: Dice,
  { objects, terms }: { objects: readonly HallObject[]; terms: ModelTerms },
) {
  const holdToken = await token()
  const states = new Map<string, ModelState>()
  for (let time = 0; time < 14; time += 1) {
    const object = objects[dice(objects.length)]
    const status = STATUSES[dice(object?.isByPlaces ? 2 : 4)] ?? ''
    if (object === undefined) continue
    const { label, places, isByPlaces } = object
    const pools = ['NO_CHANNEL', ...terms.channels.map(({ key }) => key)]
    const pool = pools[dice(pools.length)] ?? ''
    const [quantity, orderId] = [isByPlaces ? 1 + dice(places) : 1, `o-${dice(3)}`]
    const answer = await api('POST /events/dice/actions/change-object-status', {
      objects: [{ objectId: label, quantity }],
      status,
      orderId,
      ...(status === 'reservedByToken' ? { holdToken } : {}),
      channelKeys: [pool],
    })
    if (answer.status >= 300) continue
    const state: ModelState = states.get(label) ?? { status, taken: new Map() }
    const inPool = terms.channels.some((channel) => channel.objects.includes(label))
      ? 'NO_CHANNEL'
      : pool
    const { booked, held } = state.taken.get(inPool) ?? { booked: 0, held: 0 }
    const taken =
      status === 'booked' ? { booked: booked + quantity, held } : { booked, held: held + quantity }
    states.set(label, { status, orderId, taken: new Map([...state.taken, [inPool, taken]]) })
  }
  return states
}

test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))(
  'every report of the event of seed %i is what its places come to one by one',
  async (seed) => {
    const dice = diceOf(seed * 7_919)
    const { drawing, objects } = drawHall(dice)
    const scene = await openEventReports(drawing)
    const { terms: first, event } = anyTerms(dice, objects)
    const made = await scene.api('POST /events', { chartKey: 'hall', eventKey: 'dice', ...event })
    expect([made.text, made.status].at(-1)).toBe(200)
    const states = await sell(scene, dice, { objects, terms: first })
    expect(states.size).toBeGreaterThan(0)
    // What is off sale may change after the sale, and then be less than is sold.
    const sale = dice(2) === 0 ? first.sale : anySale(dice, objects)
    if (sale !== undefined) {
      const verb = sale.forSale ? 'mark-as-for-sale' : 'mark-as-not-for-sale'
      await scene.api(`POST /events/dice/actions/${verb}`, sale)
    }
    const terms = { ...first, sale }
    const { listed, places } = reportOf(objects, terms, states)
    for (const by of [...COUNTED, 'byLabel', 'byOrderId']) {
      const always = groupsOf(by, terms)
      const groups = new Set([...always, ...listed.map(({ keys }) => keys[by] ?? '')])
      const lists = [...groups].map((key) => {
        return [key, listed.filter(({ keys }) => keys[by] === key).map(({ label }) => label)]
      })
      const told = await scene.report(`/${by}`, 'dice')
      const labels = Object.entries(told as Record<string, { label: string }[]>).map(
        ([key, infos]) => {
          return [key, infos.map(({ label }) => label)]
        },
      )
      expect([by, Object.fromEntries(labels)]).toEqual([by, Object.fromEntries(lists)])
      if (!COUNTED.includes(by)) continue
      expect([by, await scene.summary(by, 'dice')]).toEqual([
        by,
        countsOf(places, { by, depth: 1, always }),
      ])
      expect([by, await scene.deep(by, 'dice')]).toEqual([
        by,
        countsOf(places, { by, depth: 2, always }),
      ])
    }
  },
)
