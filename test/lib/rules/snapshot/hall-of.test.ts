import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import type { EventDetails } from '../../../../lib/records/records.ts'
import { areaSums } from '../../../../lib/rules/area/sums.ts'
import type { BlockRow } from '../../../../lib/rules/area/block.ts'
import type { SeatRow, SeatState } from '../../../../lib/rules/seat.ts'
import { effectiveState } from '../../../../lib/rules/situations.ts'
import { areasAfter, endedBy, lettersAfter } from '../../../../lib/rules/snapshot/hall.ts'
import { categoryKeys, hallOf } from '../../../../lib/rules/snapshot/hall-of.ts'
import { readChart } from '../../../../lib/venue/read-chart.ts'
import { inventoryOf, offerOf, sharersOf, termsOf } from '../../../../lib/venue/terms.ts'
import { quaysideDrawing } from '../../../support/drawings.ts'

const NOW = instant(1_000_000)
const inventory = inventoryOf(readChart(quaysideDrawing()))
const labels = [...inventory.named.keys()]
const event = { eventId: 'evt', shards: 1 }

const row = (state: SeatState): SeatRow => ({
  version: 1,
  state,
  changedAt: NOW,
  operationId: 'op',
})
const held = (ms: number, more: object = {}): SeatState => {
  return { status: 'held', holdToken: 'ada', heldUntil: instant(NOW + ms), ...more }
}

interface Sold {
  readonly rows?: Readonly<Record<string, SeatState>>
  readonly blocks?: Readonly<Record<string, readonly Partial<BlockRow>[]>>
  readonly details?: EventDetails
}

function areasOf(blocks: ReadonlyMap<string, readonly BlockRow[]>) {
  return { blocks, areaOf: (label: string) => areaSums(blocks.get(label) ?? [], NOW) }
}

function seen({ rows = {}, blocks = {}, details = {} }: Sold) {
  const terms = termsOf(inventory, {}, details)
  const rowOf = (label: string) => (label in rows ? row(rows[label] as SeatState) : undefined)
  const blockRows = Object.entries(blocks).map(([label, list]) => {
    const all = list.map((block): BlockRow => {
      return {
        version: 1,
        changedAt: NOW,
        operationId: 'op',
        plan: 0,
        pools: [],
        holds: [],
        ...block,
      }
    })
    return [label, all] as const
  })
  const stateAt = (label: string, at: typeof NOW) => {
    const names = offerOf(terms, label) === undefined ? [] : sharersOf(inventory, label)
    const sharers = names.map((other) => ({ event, label: other, row: rowOf(other) }))
    return effectiveState({ row: rowOf(label), sharers }, at)
  }
  return { terms, labels: Object.keys(rows), stateAt, ...areasOf(new Map(blockRows)) }
}

/** Letters by label, of what is not free, at moments after the reading. */
function lettersOf(sold: Sold, ...moments: number[]): Record<string, string>[] {
  const hall = hallOf(seen(sold), NOW)
  return moments.map((ms) => {
    const shown = lettersAfter(hall, endedBy(hall, instant(NOW + ms)))
    const named = labels.map((label, index) => [label, shown[index] ?? ''] as const)
    return Object.fromEntries(named.filter(([, letter]) => letter !== 'f'))
  })
}

const untouched = { 'T1-1': '-', 'T1-2': '-', T2: '-', Pier: 'a' }

describe('letters', () => {
  test('an event that nobody touched sells what the chart has: tables one way or the other, areas by places', () => {
    expect(lettersOf({}, 0)).toEqual([untouched])
  })

  test.each<[string, SeatState, string, string]>([
    ['booked', { status: 'booked' }, 'b', 'b'],
    ['in a custom status', { status: 'custom', name: 'VIP' }, 't', 't'],
    ['in resale', { status: 'resale' }, 'r', 'r'],
    ['held', held(5), 'h', 'f'],
    ['held out of a resale', held(5, { returnsTo: 'resale' }), 'h', 'r'],
    ['held before', held(0), 'f', 'f'],
    ['free again', { status: 'free' }, 'f', 'f'],
  ])('%s', (_, state, now, after) => {
    const [first = {}, then = {}] = lettersOf({ rows: { 'A-1': state } }, 4, 5)
    expect([first['A-1'] ?? 'f', then['A-1'] ?? 'f']).toEqual([now, after])
  })

  test('what is off sale, and what is in a channel', () => {
    const details: EventDetails = {
      channels: [
        { id: 'chn_1', key: 'fans', name: 'Fans', objects: ['A-1', 'A-2', 'A-3'], areaPlaces: {} },
      ],
      saleRules: { isListForSale: false, objects: ['A-3', 'B1'], areaPlaces: {}, categories: [] },
    }
    const rows = { 'A-2': { status: 'resale' as const }, B1: { status: 'resale' as const } }
    expect(lettersOf({ details, rows }, 0)).toEqual([
      { ...untouched, 'A-1': 'c', 'A-2': 'r', 'A-3': 'n', B1: 'n' },
    ])
  })

  test('a table is as taken as its seats, and becomes by itself what is left when each of them ends', () => {
    const rows = { 'T1-1': held(3), 'T1-2': held(7) }
    const [first, second, third] = lettersOf({ rows }, 2, 3, 7)
    expect([first?.['T1'], second?.['T1'], third?.['T1']]).toEqual(['h', 'h', undefined])
    const [before, after] = lettersOf(
      { rows: { 'T1-1': held(3), 'T1-2': { status: 'booked' } } },
      2,
      3,
    )
    expect([before?.['T1'], after?.['T1']]).toEqual(['h', 'b'])
    const [seat] = lettersOf({ rows: { T2: { status: 'resale' } } }, 0)
    expect(seat).toMatchObject({ 'T2-1': 'b', 'T2-2': 'b' })
  })

  test('at every moment they are what a reading at that moment finds', () => {
    const states = fc.constantFrom<SeatState>(
      { status: 'booked' },
      { status: 'resale' },
      { status: 'free' },
      ...[1, 2, 3].map((ms) => held(ms)),
      ...[1, 2, 3].map((ms) => held(ms, { returnsTo: 'resale' })),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...labels), states), fc.nat(4), (rows, ms) => {
        const now = instant(NOW + ms)
        const hall = hallOf(seen({ rows }), NOW)
        const later = hallOf(seen({ rows }), now)
        expect(lettersAfter(hall, endedBy(hall, now))).toBe(lettersAfter(later, 0))
      }),
    )
  })
})

describe('areas', () => {
  const at = labels.indexOf('Pier')
  const areaOf = (sold: Sold, ms = 0) => {
    const hall = hallOf(seen(sold), NOW)
    const areas = areasAfter(hall, endedBy(hall, instant(NOW + ms)))
    return areas.find(({ index }) => index === at)
  }
  const hold = (pool: 'no-channel' | `#${string}`, places: number, ms: number) => {
    return { holdToken: `token ${places}`, pool, places, until: instant(NOW + ms) }
  }
  const details: EventDetails = {
    channels: [{ id: 'chn_1', key: 'fans', name: 'Fans', objects: [], areaPlaces: { Pier: 10 } }],
  }
  const none = 'no-channel' as const

  test('untouched, all places are left', () => {
    expect(areaOf({})).toEqual({
      index: at,
      freeByChannel: [],
      capacity: 25,
      free: 25,
      freeInChannels: 0,
      held: 0,
      booked: 0,
    })
  })

  test('places of channels are told apart, those of all blocks added, and come back when holds end', () => {
    const blocks = {
      Pier: [
        {
          pools: [{ pool: none, places: 8, booked: 3 }],
          holds: [hold(none, 2, 5), hold('#chn_1', 4, 6)],
        },
        {
          pools: [{ pool: '#chn_1' as const, places: 10, booked: 1 }],
          holds: [hold(none, 1, 5), hold(none, 9, 0)],
        },
      ],
    }
    expect(areaOf({ blocks, details })).toMatchObject({
      free: 9,
      freeInChannels: 5,
      held: 7,
      booked: 4,
    })
    expect(areaOf({ blocks, details }, 5)).toMatchObject({ free: 12, freeInChannels: 5, held: 4 })
    expect(areaOf({ blocks, details }, 6)).toMatchObject({ free: 12, freeInChannels: 9, held: 0 })
  })

  test('what was taken in a channel that has none of the area any more counts as taken outside of channels', () => {
    const blocks = { Pier: [{ pools: [{ pool: '#chn_gone' as const, places: 0, booked: 2 }] }] }
    expect(areaOf({ blocks })).toMatchObject({ free: 23, booked: 2 })
  })

  test('one that is off sale has nothing left, one that is in a channel has all for that, and withheld places are for nobody', () => {
    const rule = { isListForSale: false, objects: [] as string[], areaPlaces: {}, categories: [] }
    const off = { saleRules: { ...rule, objects: ['Pier'] } }
    expect(areaOf({ details: off })).toMatchObject({ free: 0, freeInChannels: 0 })
    const whole = {
      channels: [{ id: 'chn_1', key: 'fans', name: 'Fans', objects: ['Pier'], areaPlaces: {} }],
    }
    expect(areaOf({ details: whole })).toMatchObject({ free: 0, freeInChannels: 25 })
    const some = { saleRules: { ...rule, areaPlaces: { Pier: 5 } } }
    expect(areaOf({ details: some })).toMatchObject({ free: 20, freeInChannels: 0 })
  })

  test('one that somebody has as a whole is taken as an object is', () => {
    expect(lettersOf({ rows: { Pier: { status: 'booked' } } }, 0)[0]).toMatchObject({ Pier: 'b' })
    const [before, after] = lettersOf({ rows: { Pier: held(3) } }, 2, 3)
    expect([before?.['Pier'], after?.['Pier']]).toEqual(['h', 'a'])
  })

  test('places that are taken under a label that is sold as one are told, and none are left', () => {
    const blocks = { B1: [{ pools: [{ pool: none, places: 3, booked: 1 }] }] }
    const hall = hallOf(seen({ blocks }), NOW)
    expect(areasAfter(hall, 0).find(({ index }) => labels[index] === 'B1')).toMatchObject({
      booked: 1,
      free: 0,
    })
  })
})

test('what is taken under labels that the chart has lost is kept apart, with no more than until when', () => {
  const rows = {
    Gone: { status: 'booked' as const, orderId: 'o_1' },
    'Gone-2': held(4),
    'Gone-3': held(0),
  }
  const blocks = { Lawn: [{ pools: [{ pool: 'no-channel' as const, places: 9, booked: 2 }] }] }
  expect(hallOf(seen({ rows, blocks }), NOW).lost).toEqual([
    { label: 'Gone' },
    { label: 'Gone-2', until: NOW + 4 },
    { label: 'Lawn', places: 2 },
  ])
})

test('categories are those of the event, object by object', () => {
  const details: EventDetails = { objectCategories: { 'A-2': 'lounge' } }
  const found = categoryKeys(hallOf(seen({ details }), NOW))
  const by = (label: string) => found[labels.indexOf(label)]
  expect([by('A-1'), by('A-2'), by('A-3'), by('Pier'), by('T1-1')]).toEqual([
    '1',
    'lounge',
    '1',
    '1',
    undefined,
  ])
})
