import type { Wanted } from './chart-drafts.ts'
import type { Mind } from './invent.ts'

// Requests that change what events sell, and to whom. Little is withheld, and often given back: most other requests must work.

type Fields = Readonly<Record<string, unknown>>

/** An event, and some of its labels. */
type Seats = (mind: Mind) => { readonly eventKey: string; readonly labels: readonly string[] }

/** Channels that lanes speak of. */
const channelKeys = ['vip', 'press', '座席 🎭', 'constructor']

/** Labels in one list. */
const LABELS_MAX = 2

/** What new events may have besides. */
export function newTerms(mind: Mind): object {
  const { chance } = mind
  return {
    ...(chance.percent(60) ? { channels: [channelOf('vip'), channelOf('press')] } : {}),
    ...(chance.percent(30) ? someTables(mind) : {}),
    ...(chance.percent(20) ? { forSaleConfig: { forSale: false, objects: ['Z-1'] } } : {}),
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
    return { params, body: { objects, areaPlaces: { Lawn: 1 + mind.chance.below(9) } } }
  }
  const edit = (mind: Mind) => {
    const items = some(mind).objects.map((object) => ({ object }))
    return { forSale: items, notForSale: mind.chance.percent(50) ? items.slice(0, 1) : [] }
  }
  return {
    addChannels: (mind) => {
      const { params, objects } = some(mind)
      const channel = channelOf(mind.chance.pick(channelKeys), objects)
      return { params, body: channel }
    },
    replaceChannels: (mind) => {
      const { params, objects } = some(mind)
      return { params, body: { channels: [channelOf('vip', objects), channelOf('press')] } }
    },
    updateChannel: (mind) => {
      const { params, objects } = ofChannel(mind)
      return { params, body: { color: '#2266aa', objects } }
    },
    removeChannel: (mind) => ({ params: ofChannel(mind).params }),
    addObjectsToChannel: contents,
    removeObjectsFromChannel: contents,
    markAsForSale: (mind) => {
      const { eventKey, labels } = seatsOf(mind)
      return { params: { eventKey }, body: { objects: labels, categories: ['1', 2, 'Standard'] } }
    },
    markAsNotForSale: (mind) => {
      const { params, objects } = some(mind)
      return { params, body: { objects } }
    },
    markEverythingAsForSale: (mind) => ({ params: some(mind).params }),
    markEverythingAsNotForSale: (mind) => ({ params: some(mind).params }),
    editForSaleConfig: (mind) => ({ params: some(mind).params, body: edit(mind) }),
    editForSaleConfigOfEvents: (mind) => ({
      body: { events: { [some(mind).params.eventKey]: edit(mind) } },
    }),
  }
}

function channelOf(key: string, objects: readonly string[] = []): Fields {
  return { key, name: `The ${key}`, objects }
}
