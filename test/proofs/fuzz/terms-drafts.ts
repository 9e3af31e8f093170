import type { Wanted } from './chart-drafts.ts'
import type { Mind } from './invent.ts'
import { areaOf } from './places.ts'
import { areaLabels } from './venue.ts'

// Requests that change what events sell, and to whom. Little is withheld, and often given back: most other requests must work.

type Fields = Readonly<Record<string, unknown>>

/** An event, and some of its labels. */
type Seats = (mind: Mind) => { readonly eventKey: string; readonly labels: readonly string[] }

/** Channels that lanes speak of. */
const channelKeys = ['vip', 'press', '座席 🎭', 'constructor']

/** Labels in one list. */
const LABELS_MAX = 2

/** Lists of what nearly everything is in. */
const everything = {
  categories: ['1', 2, 'Standard'],
  areaPlaces: Object.fromEntries(areaLabels.map((label) => [label, 20])),
}

/** What new events may have besides. */
export function newTerms(mind: Mind): object {
  const { chance } = mind
  const withheld = { forSale: false, objects: ['Z-1'], areaPlaces: areaPlaces(mind) }
  return {
    ...(chance.percent(60)
      ? { channels: [channelOf('vip', [], areaPlaces(mind)), channelOf('press')] }
      : {}),
    ...(chance.percent(30) ? someTables(mind) : {}),
    ...(chance.percent(20) ? { forSaleConfig: withheld } : {}),
  }
}

/** How an event sells its tables: by words that need no chart, or by the label of one that some charts have. */
export function someTables({ chance }: Mind): Fields {
  const mode = chance.pick(['INHERIT', 'ALL_BY_TABLE', 'ALL_BY_SEAT', 'CUSTOM'])
  const named = { [chance.pick(['T1', 'T9', 'constructor'])]: chance.pick(['BY_TABLE', 'BY_SEAT']) }
  return { tableBookingConfig: mode === 'CUSTOM' ? { mode, tables: named } : { mode } }
}

/** Which channels a change opens. */
export function openedChannels({ chance }: Mind): object {
  if (chance.percent(15)) return { ignoreChannels: true }
  return chance.percent(15) ? { channelKeys: [...channelKeys, 'NO_CHANNEL'] } : {}
}

/** One for each call about channels and sale rules. */
export function termsMakers(seatsOf: Seats): Readonly<Record<string, (mind: Mind) => Wanted>> {
  const some = (mind: Mind) => {
    const { eventKey, labels } = seatsOf(mind)
    return { params: { eventKey }, objects: mind.chance.some(labels, LABELS_MAX) }
  }
  const ofChannel = (mind: Mind) => {
    const { params, objects } = some(mind)
    return { params: { ...params, channelKey: mind.chance.pick(channelKeys) }, objects }
  }
  const contents = (mind: Mind) => {
    const { params, objects } = ofChannel(mind)
    return { params, body: { objects, areaPlaces: areaPlaces(mind) } }
  }
  const edit = (mind: Mind) => {
    const items = some(mind).objects.map((object) =>
      areaOf(object) === undefined ? { object } : { object, quantity: 1 + mind.chance.below(3) },
    )
    return { forSale: items, notForSale: mind.chance.percent(50) ? items.slice(0, 1) : [] }
  }
  return {
    addChannels: (mind) => {
      const { params, objects } = some(mind)
      const channel = channelOf(mind.chance.pick(channelKeys), objects, areaPlaces(mind))
      return { params, body: channel }
    },
    replaceChannels: (mind) => {
      const { params, objects } = some(mind)
      const vip = channelOf('vip', objects)
      return { params, body: { channels: [vip, channelOf('press', [], areaPlaces(mind))] } }
    },
    updateChannel: (mind) => {
      const { params, objects } = ofChannel(mind)
      return { params, body: { color: '#2266aa', objects, areaPlaces: areaPlaces(mind) } }
    },
    removeChannel: (mind) => ({ params: ofChannel(mind).params }),
    addObjectsToChannel: contents,
    removeObjectsFromChannel: contents,
    markAsForSale: (mind) => {
      const { eventKey, labels } = seatsOf(mind)
      return { params: { eventKey }, body: { objects: labels, ...everything } }
    },
    markAsNotForSale: (mind) => {
      const { params, objects } = some(mind)
      return { params, body: { objects, areaPlaces: areaPlaces(mind) } }
    },
    markEverythingAsForSale: (mind) => ({ params: some(mind).params }),
    markEverythingAsNotForSale: (mind) => ({ params: some(mind).params }),
    editForSaleConfig: (mind) => ({ params: some(mind).params, body: edit(mind) }),
    editForSaleConfigOfEvents: (mind) => ({
      body: { events: { [some(mind).params.eventKey]: edit(mind) } },
    }),
  }
}

/** Some places of areas, mostly fewer than there are, or none. */
function areaPlaces({ chance }: Mind): object {
  const areas = chance.percent(60) ? [chance.pick([...areaLabels, 'Lawn'])] : []
  return Object.fromEntries(areas.map((label) => [label, 1 + chance.below(5)]))
}

function channelOf(key: string, objects: readonly string[] = [], areaPlaces: object = {}): Fields {
  return { key, name: `The ${key}`, objects, areaPlaces }
}
