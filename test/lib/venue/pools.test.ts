import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Channel, EventDetails, SaleRules } from '../../../lib/records/records.ts'
import {
  areaNamed,
  isSameDivision,
  looksLikePartition,
  NO_CHANNEL,
  partitionLabel,
  partitionNamed,
  placesFree,
  poolsOpenedBy,
  quotasOf,
  undividedQuotas,
  type PoolsWanted,
} from '../../../lib/venue/pools.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'
import { inventoryOf, placesNotForSale, termsOf, type Terms } from '../../../lib/venue/terms.ts'
import { drawArea, drawRow, drawSeat, rowDrawing } from '../../support/drawings.ts'

const lawn = 'Lawn'
const inventory = inventoryOf(
  readChart(
    rowDrawing({
      plane: {
        rows: [drawRow('A', [drawSeat('1')])],
        generalAdmissionAreas: [
          drawArea(lawn, 100),
          { ...drawArea('Box', 8), bookAsAWhole: true },
          drawArea('Lawn#', 10),
          drawArea('Lawn##chn_k', 5),
        ],
      },
    }),
  ),
)

const channel = (key: string, areaPlaces: Record<string, number>, objects: string[] = []) =>
  ({ id: `chn_${key}`, key, name: key, objects, areaPlaces }) satisfies Channel

const rules = (isListForSale: boolean, more: Partial<SaleRules> = {}): SaleRules => ({
  ...{ isListForSale, objects: [], areaPlaces: {}, categories: [] },
  ...more,
})

const termsWith = (details: EventDetails) => termsOf(inventory, {}, details)

function areaOf(terms: Terms, label = lawn) {
  const area = areaNamed(terms, label)
  if (area === undefined) throw new Error(`No area ${label}`)
  return area
}

const poolsOf = (details: EventDetails) => {
  const terms = termsWith(details)
  return quotasOf(terms, areaOf(terms)).pools.map(({ pool, places }) => `${pool} ${places}`)
}

describe('the places of an area are divided', () => {
  test.each<[string, EventDetails, string[]]>([
    ['not at all where nothing was said', {}, ['no-channel 100']],
    [
      'over the channels in their order',
      { channels: [channel('a', { Lawn: 30 }), channel('b', { Lawn: 20, Box: 3 })] },
      ['no-channel 50', '#chn_a 30', '#chn_b 20'],
    ],
    [
      'so that the earlier channel has what there is',
      { channels: [channel('a', { Lawn: 70 }), channel('b', { Lawn: 70 })] },
      ['no-channel 0', '#chn_a 70', '#chn_b 30'],
    ],
    [
      'with what is withheld out of no channel first',
      {
        channels: [channel('a', { Lawn: 30 })],
        saleRules: rules(false, { areaPlaces: { Lawn: 60 } }),
      },
      ['no-channel 10', '#chn_a 30', 'withheld 60'],
    ],
    [
      'and then out of the channels in their order',
      {
        channels: [channel('a', { Lawn: 30 }), channel('b', { Lawn: 30 })],
        saleRules: rules(false, { areaPlaces: { Lawn: 80 } }),
      },
      ['no-channel 0', '#chn_a 0', '#chn_b 20', 'withheld 80'],
    ],
    [
      'with all withheld that a list of what is sold leaves',
      { saleRules: rules(true, { areaPlaces: { Lawn: 35 } }) },
      ['no-channel 35', 'withheld 65'],
    ],
    [
      'without withholding more than there is',
      { saleRules: rules(false, { areaPlaces: { Lawn: 101 } }) },
      ['no-channel 0', 'withheld 100'],
    ],
    [
      'not over channels while the whole area is in one',
      { channels: [channel('a', { Lawn: 30 }), channel('b', {}, [lawn])] },
      ['no-channel 100'],
    ],
    [
      'as they were while the whole area is off sale',
      { channels: [channel('a', { Lawn: 30 })], saleRules: rules(false, { objects: [lawn] }) },
      ['no-channel 70', '#chn_a 30'],
    ],
    [
      'with nothing withheld of an area that a list of what is sold names',
      { saleRules: rules(true, { objects: [lawn], areaPlaces: { Lawn: 3 } }) },
      ['no-channel 100'],
    ],
  ])('%s', (_name, details, expected) => {
    expect(poolsOf(details)).toEqual(expected)
  })

  test('so that the pools add up to the capacity, and what is withheld to what is not for sale', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 4 })
    const withheld = fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined })
    const property = fc.property(counts, fc.boolean(), withheld, (given, isListForSale, places) => {
      const terms = termsWith({
        channels: given.map((count, at) => channel(String(at), { Lawn: count })),
        ...(places === undefined
          ? {}
          : { saleRules: rules(isListForSale, { areaPlaces: { Lawn: places } }) }),
      })
      const { capacity, pools } = quotasOf(terms, areaOf(terms))
      expect(pools.reduce((sum, pool) => sum + pool.places, 0)).toBe(capacity)
      expect(pools.every((pool) => pool.places >= 0)).toBe(true)
      const out = pools.find(({ pool }) => pool === 'withheld')?.places ?? 0
      expect(out).toBe(placesNotForSale(terms, areaOf(terms)))
    })
    fc.assert(property, { seed: 20_270_304, numRuns: 500 })
  })
})

test('two divisions are the same where every pool has the same, whatever the order of the channels', () => {
  const [a, b] = [channel('a', { Lawn: 30 }), channel('b', { Lawn: 20 })]
  const quotas = (...channels: Channel[]) => {
    const terms = termsWith({ channels })
    return quotasOf(terms, areaOf(terms))
  }
  expect(isSameDivision(quotas(a, b), quotas(b, a))).toBe(true)
  expect(isSameDivision(quotas(), undividedQuotas(100))).toBe(true)
  expect(isSameDivision(quotas(), undividedQuotas(99))).toBe(false)
  expect(isSameDivision(quotas(a), quotas(a, b))).toBe(false)
  expect(isSameDivision(quotas(a), quotas(channel('a', { Lawn: 31 })))).toBe(false)
  expect(isSameDivision(quotas(a), quotas(channel('b', { Lawn: 30 })))).toBe(false)
})

describe('places not for sale are told of the whole area too', () => {
  test.each<[SaleRules | undefined, number, number]>([
    [undefined, 0, 0],
    [rules(false), 0, 0],
    [rules(true), 100, 8],
    [rules(false, { areaPlaces: { Lawn: 20, Box: 2 } }), 20, 0],
    [rules(true, { areaPlaces: { Lawn: 20, Box: 2 } }), 80, 8],
    [rules(false, { objects: ['Lawn', 'Box'] }), 100, 8],
    [rules(true, { objects: ['Lawn', 'Box'] }), 0, 0],
    [rules(false, { categories: ['Standard'], areaPlaces: { Lawn: 20 } }), 100, 8],
    [rules(true, { categories: ['1'], areaPlaces: { Lawn: 20 } }), 0, 0],
  ])('%j', (saleRules, ofLawn, ofBox) => {
    const terms = termsWith(saleRules === undefined ? {} : { saleRules })
    const [box] = [inventory.named.get('Box') ?? []].flat()
    if (box?.kind !== 'generalAdmission') throw new Error('No box')
    expect([placesNotForSale(terms, areaOf(terms)), placesNotForSale(terms, box)]).toEqual([
      ofLawn,
      ofBox,
    ])
  })
})

describe('a request draws from', () => {
  const channels = [channel('a', { Lawn: 30 }), channel('b', { Lawn: 20 }), channel('c', {})]
  const divided = termsWith({ channels })
  const whole = termsWith({ channels: [...channels, channel('d', {}, [lawn])] })

  test.each<[PoolsWanted, string[]]>([
    [{}, ['no-channel']],
    [{ channelKeys: [] }, ['no-channel']],
    [{ channelKeys: ['b', 'a', 'b'] }, ['#chn_b', '#chn_a']],
    [{ channelKeys: [NO_CHANNEL, 'a'] }, ['#chn_a', 'no-channel']],
    [{ channelKeys: [NO_CHANNEL] }, ['no-channel']],
    // What has none of the area's places, or does not exist, opens nothing.
    [{ channelKeys: ['c', 'nowhere', 'constructor'] }, []],
    [{ ignoreChannels: true }, ['no-channel', '#chn_a', '#chn_b']],
    [{ partition: 'chn_b' }, ['#chn_b']],
    [{ partition: 'chn_b', channelKeys: ['a'] }, ['#chn_b']],
    [{ partition: 'chn_c' }, ['#chn_c']],
  ])('%j of a divided area %j', (wanted, pools) => {
    expect(poolsOpenedBy(divided, areaOf(divided), wanted)).toEqual(pools)
  })

  test.each<[PoolsWanted, string[]]>([
    [{}, ['no-channel']],
    [{ channelKeys: ['a'] }, ['no-channel']],
    [{ ignoreChannels: true }, ['no-channel']],
    [{ partition: 'chn_d' }, ['no-channel']],
    [{ partition: 'chn_a' }, ['#chn_a']],
  ])('%j of one that is in a channel as a whole %j', (wanted, pools) => {
    expect(poolsOpenedBy(whole, areaOf(whole), wanted)).toEqual(pools)
  })
})

describe('the label of a part of an area', () => {
  const terms = termsWith({ channels: [channel('k', { Lawn: 3 }), channel('l', {})] })

  test('names the area and a channel that there is', () => {
    const named = (label: string) => partitionNamed(terms, label)
    expect(named('Lawn##chn_l')).toEqual({ label: 'Lawn', channelId: 'chn_l' })
    expect(named('Lawn###chn_l')).toEqual({ label: 'Lawn#', channelId: 'chn_l' })
    const others = ['Lawn', 'Lawn##', 'Lawn##chn_x', '##chn_k', 'Beach##chn_k', 'A-1##chn_k']
    expect(others.map(named)).toEqual(others.map(() => undefined))
    // An area that is sold as a whole has no parts.
    expect(named('Box##chn_k')).toBeUndefined()
  })

  test('yields to an object of the chart that is called so', () => {
    expect(partitionNamed(terms, 'Lawn##chn_k')).toBeUndefined()
    expect(areaNamed(terms, 'Lawn##chn_k')?.capacity).toBe(5)
  })

  test('is known by its form where the event is not', () => {
    const labels = ['Lawn##chn_l', 'Lawn###chn_l', '##chn_l', 'Lawn##l', 'Lawn#chn_l', 'Lawn']
    expect(labels.filter(looksLikePartition)).toEqual(['Lawn##chn_l', 'Lawn###chn_l'])
  })

  test('is made of both', () => {
    expect(partitionLabel({ label: 'Lawn', channelId: 'chn_l' })).toBe('Lawn##chn_l')
  })
})

test('free is what is neither taken nor withheld, and never less than nothing', () => {
  const lawnOf = { capacity: 100, notForSale: 20 }
  expect(placesFree(lawnOf, { booked: 0, held: 0 })).toBe(80)
  expect(placesFree(lawnOf, { booked: 70, held: 10 })).toBe(0)
  expect(placesFree(lawnOf, { booked: 70, held: 9 })).toBe(1)
  expect(placesFree(lawnOf, { booked: 90, held: 10 })).toBe(0)
})
