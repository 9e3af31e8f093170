import { describe, expect, test } from 'vitest'
import type {
  EventDetails,
  RosterEvent,
  RosterPartial,
  SaleRules,
} from '../../../lib/records/records.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'
import { NO_CHANNEL } from '../../../lib/venue/pools.ts'
import { heardBy, termsInSeason, type SeasonMember } from '../../../lib/venue/season-terms.ts'
import { inventoryOf, offerOf, termsOf } from '../../../lib/venue/terms.ts'
import { drawArea, drawRow, drawSeat, drawTable, rowDrawing } from '../../support/drawings.ts'

// A season of three events, the last of which is past: 0 and 1 are in the partial season `half`, 2 in `late`.
const plane = {
  rows: [
    drawRow(
      'A',
      ['1', '2', '3', '4', '5'].map((label) => drawSeat(label)),
    ),
  ],
  tables: [drawTable('T', 2)],
  generalAdmissionAreas: [drawArea('Lawn', 10)],
}
const inventory = inventoryOf(readChart(rowDrawing({ plane })))
const seats = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']

const listed = (isListForSale: boolean, lists: Partial<SaleRules>): SaleRules => ({
  isListForSale,
  objects: [],
  areaPlaces: {},
  categories: [],
  ...lists,
})
const not = (...objects: string[]) => listed(false, { objects })
const only = (...objects: string[]) => listed(true, { objects })
const ofCategory = (key: string) => listed(false, { categories: [key] })
const ownCategory = (key: string) => ({ key, label: key, color: '#000000', accessible: false })

type Name = 'season' | 'half' | 'late' | 'e0' | 'e1' | 'e2'
type Said = Partial<Record<Name, EventDetails>>

const terms = { textId: 'some', parts: 1 }
const eventIn = (name: Name, number: number, more: Partial<RosterEvent> = {}): RosterEvent => ({
  eventId: name,
  shards: 1,
  number,
  ...more,
})
const members: Record<Name, SeasonMember['season']> = {
  season: { role: 'whole' },
  half: { role: 'part', eventId: 'season', shards: 1 },
  late: { role: 'part', eventId: 'season', shards: 1 },
  e0: { role: 'event', eventId: 'season', shards: 1, number: 0 },
  e1: { role: 'event', eventId: 'season', shards: 1, number: 1 },
  e2: { role: 'event', eventId: 'season', shards: 1, number: 2 },
}

/** As the store does it: texts are there for whatever the roster names. */
function termsIn(name: Name, said: Said, mode?: 'ALL_BY_TABLE') {
  const named = (of: Name) => (said[of] === undefined ? {} : { terms })
  const partials: RosterPartial[] = [
    { eventId: 'half', events: [0, 1], ...named('half') },
    { eventId: 'late', events: [2], ...named('late') },
  ]
  const events = [
    eventIn('e0', 0, named('e0')),
    eventIn('e1', 1, named('e1')),
    eventIn('e2', 2, { isInThePast: true, ...named('e2') }),
  ]
  const season: EventDetails = { ...said.season, roster: { next: 3, events, partials } }
  const member = { eventId: name, season: members[name] }
  const heard = heardBy(member, season).map(({ eventId }) => eventId as Name)
  const plain = termsOf(inventory, mode === undefined ? {} : { tableBooking: mode }, season)
  const own = name === 'season' ? season : (said[name] ?? {})
  const texts = new Map(heard.map((of) => [of, said[of] ?? {}]))
  return termsInSeason({ member, plain, season, own, texts })
}

const soldIn = (name: Name, said: Said) => {
  const its = termsIn(name, said)
  return seats.filter((label) => offerOf(its, label)?.isForSale === true).join(' ')
}
const lawnOut = (name: Name, said: Said) => offerOf(termsIn(name, said), 'Lawn')?.notForSale
const all = seats.join(' ')
const names: Name[] = ['season', 'half', 'late', 'e0', 'e1', 'e2']
const sold = (said: Said) => Object.fromEntries(names.map((name) => [name, soldIn(name, said)]))

describe('what is for sale', () => {
  test.each<[string, Said, Partial<Record<Name, string>>]>([
    ['everything, where nobody says a word', {}, {}],
    [
      'on the season holds for all its events and partial seasons',
      { season: { saleRules: only('A-1', 'A-2') } },
      Object.fromEntries(names.map((name) => [name, 'A-1 A-2'])),
    ],
    [
      'on a season that keeps its rules to itself holds for it alone',
      { season: { saleRules: only('A-1', 'A-2'), isSaleOwn: true } },
      { season: 'A-1 A-2' },
    ],
    [
      'in an event holds for it, and for the seasons that it is in',
      { e0: { saleRules: not('A-1') } },
      { e0: 'A-2 A-3 A-4 A-5', half: 'A-2 A-3 A-4 A-5', season: 'A-2 A-3 A-4 A-5' },
    ],
    [
      'in an event that is past holds for it alone',
      { e2: { saleRules: not('A-1') } },
      { e2: 'A-2 A-3 A-4 A-5' },
    ],
    [
      'on a partial season holds for its events, and so for the season',
      { half: { saleRules: not('A-1') } },
      {
        half: 'A-2 A-3 A-4 A-5',
        e0: 'A-2 A-3 A-4 A-5',
        e1: 'A-2 A-3 A-4 A-5',
        season: 'A-2 A-3 A-4 A-5',
      },
    ],
    [
      'on a partial season that keeps its rules to itself holds for it alone',
      { half: { saleRules: not('A-1'), isSaleOwn: true } },
      { half: 'A-2 A-3 A-4 A-5' },
    ],
    [
      'on a partial season whose events are past holds for these, and not for the season',
      { late: { saleRules: not('A-1') } },
      { late: 'A-2 A-3 A-4 A-5', e2: 'A-2 A-3 A-4 A-5' },
    ],
    [
      'is what all leave on sale, whether they list what is sold or what is not',
      {
        season: { saleRules: only('A-1', 'A-2', 'A-3', 'A-4') },
        half: { saleRules: not('A-1') },
        e0: { saleRules: not('A-2') },
        e1: { saleRules: only('A-2', 'A-3', 'A-5') },
      },
      {
        season: 'A-3',
        half: 'A-3',
        late: 'A-1 A-2 A-3 A-4',
        e0: 'A-3 A-4',
        e1: 'A-2 A-3',
        e2: 'A-1 A-2 A-3 A-4',
      },
    ],
    [
      'by category goes by the categories of each event',
      {
        season: { saleRules: ofCategory('own'), categories: [ownCategory('own')] },
        e0: { objectCategories: { 'A-1': 'own' } },
        e2: { objectCategories: { 'A-2': 'own' } },
      },
      {
        e0: 'A-2 A-3 A-4 A-5',
        half: 'A-2 A-3 A-4 A-5',
        season: 'A-2 A-3 A-4 A-5',
        e2: 'A-1 A-3 A-4 A-5',
      },
    ],
    [
      'by category of a partial season goes by the categories of each event too',
      {
        season: { categories: [ownCategory('own')] },
        half: { saleRules: ofCategory('own') },
        e1: { objectCategories: { 'A-1': 'own' } },
      },
      { e1: 'A-2 A-3 A-4 A-5', half: 'A-2 A-3 A-4 A-5', season: 'A-2 A-3 A-4 A-5' },
    ],
    [
      'by category of an event goes by its own categories',
      {
        season: { objectCategories: { 'A-1': 'own' }, categories: [ownCategory('own')] },
        e0: { saleRules: ofCategory('own'), objectCategories: { 'A-2': 'own', 'A-1': '1' } },
      },
      { e0: 'A-1 A-3 A-4 A-5', half: 'A-1 A-3 A-4 A-5', season: 'A-1 A-3 A-4 A-5' },
    ],
  ])('%s', (_, said, expected) => {
    expect(sold(said)).toEqual({
      ...Object.fromEntries(names.map((name) => [name, all])),
      ...expected,
    })
  })

  test('of an area is what the rule leaves that withholds most of it', () => {
    const places = (isListForSale: boolean, Lawn: number) => ({
      saleRules: listed(isListForSale, { areaPlaces: { Lawn } }),
    })
    const said = { season: places(false, 3), e0: places(true, 4), e1: places(false, 2) }
    expect(names.map((name) => lawnOut(name, said))).toEqual([6, 6, 3, 6, 3, 3])
    expect(
      names.map((name) => lawnOut(name, { season: places(false, 3), e1: places(false, 2) })),
    ).toEqual([3, 3, 3, 3, 3, 3])
    const whole = { season: places(false, 3), e1: { saleRules: not('Lawn') } }
    expect(names.map((name) => lawnOut(name, whole))).toEqual([10, 10, 3, 3, 10, 3])
  })

  test('is looked up in one rule, however many events withhold something of their own', () => {
    const said = { season: not('A-1'), e0: not('A-2'), e1: not('A-3') }
    const details = Object.fromEntries(
      Object.entries(said).map(([name, saleRules]) => [name, { saleRules }]),
    )
    expect(termsIn('season', details).sales).toHaveLength(1)
  })
})

test('tables are sold as the season says, whatever an event says', () => {
  const offered = (name: Name) => {
    const its = termsIn(name, { e0: { tables: { T: 'BY_SEAT' } } }, 'ALL_BY_TABLE')
    return ['T', 'T-1'].filter((label) => offerOf(its, label) !== undefined)
  }
  expect(names.map(offered)).toEqual(names.map(() => ['T']))
})

test('a category is the one that the event says, else the season, else the chart', () => {
  const said: Said = {
    season: {
      categories: [ownCategory('gold'), ownCategory('tin')],
      objectCategories: { 'A-1': 'gold', 'A-2': 'gold', 'A-3': 'tin' },
    },
    e0: {
      categories: [{ ...ownCategory('gold'), label: 'Golden' }, ownCategory('silver')],
      objectCategories: { 'A-2': 'silver', 'A-4': 'gold' },
    },
  }
  const categories = (name: Name) =>
    seats.map((label) => offerOf(termsIn(name, said), label)?.category?.label)
  const chart = offerOf(termsOf(inventory, {}), 'A-1')?.category?.label
  expect(categories('e0')).toEqual(['Golden', 'silver', 'tin', 'Golden', chart])
  for (const name of ['season', 'half', 'e1'] as const) {
    expect(categories(name)).toEqual(['gold', 'gold', 'tin', chart, chart])
  }
})

test('channels are the season\u2019s, but for what one event has elsewhere', () => {
  const channel = (key: string, objects: string[], areaPlaces = {}) => {
    return { id: `id-${key}`, key, name: key, objects, areaPlaces }
  }
  const said: Said = {
    season: { channels: [channel('red', ['A-1', 'A-2'], { Lawn: 4 }), channel('blue', ['A-3'])] },
    e0: {
      ownChannels: [
        { id: NO_CHANNEL, objects: ['A-1'], areaPlaces: {} },
        { id: 'id-blue', objects: ['A-2'], areaPlaces: { Lawn: 1 } },
        { id: 'id-gone', objects: ['A-3'], areaPlaces: {} },
      ],
    },
  }
  const channels = (name: Name) =>
    seats.map((label) => offerOf(termsIn(name, said), label)?.channel ?? '-').join(' ')
  expect(channels('e0')).toBe('- blue blue - -')
  expect(['season', 'half', 'e1'].map((name) => channels(name as Name))).toEqual(
    Array(3).fill('red red blue - -'),
  )
  const places = (name: Name) => termsIn(name, said).channelPlaces.get('Lawn')
  expect(places('e0')?.map((it) => it.places)).toEqual([4, 1])
  expect(places('e1')?.map((it) => it.places)).toEqual([4])
})
