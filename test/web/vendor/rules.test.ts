import { describe, expect, test } from 'vitest'
import { readScene } from '../../../web/scene/read-scene.ts'
import { areWithin, hasFineLimits, totalLimit, type Line } from '../../../web/vendor/limits.ts'
import { messagesOf } from '../../../web/vendor/messages.ts'
import { priceOf, pricingJson, readPrices, typesOf } from '../../../web/vendor/prices.ts'
import { allRuns, seatsAround, type Seats } from '../../../web/vendor/runs.ts'
import { isOrphan, violationsOf } from '../../../web/vendor/validators.ts'
import { drawChart, drawRow, drawSeats, drawTable } from '../../support/drawings.ts'

const standard = { key: '1', label: 'Standard' }
const lounge = { key: 'lounge', label: 'Lounge' }
const line = (category: Line['category'], quantity: number, ticketType?: string): Line => ({
  category,
  quantity,
  ticketType,
})

describe('limits of a selection', () => {
  test.each([
    [undefined, Infinity, false],
    [3, 3, false],
    [[{ total: 4 }, { total: 2 }], 2, false],
    [[{ category: 1, quantity: 2 }], Infinity, true],
  ])('%j allows %d places in all', (limits, total, isFine) => {
    expect([totalLimit(limits), hasFineLimits(limits)]).toEqual([total, isFine])
  })

  test.each([
    [2, [line(standard, 2)], true],
    [2, [line(standard, 1), line(lounge, 2)], false],
    [[{ total: 2 }], [line(standard, 3)], false],
    [[{ category: 1, quantity: 2 }], [line(standard, 2), line(lounge, 9)], true],
    [[{ category: 1, quantity: 2 }], [line(standard, 1), line(standard, 2)], false],
    [[{ category: 'Lounge', quantity: 1 }], [line(lounge, 2)], false],
    [[{ ticketType: 'child', quantity: 1 }], [line(standard, 1, 'child'), line(lounge, 5)], true],
    [
      [{ ticketType: 'child', quantity: 1 }],
      [line(standard, 1, 'child'), line(lounge, 1, 'child')],
      false,
    ],
    [
      [{ category: 1, ticketTypes: [{ ticketType: 'child', quantity: 1 }] }],
      [line(standard, 1, 'child'), line(lounge, 4, 'child')],
      true,
    ],
    [
      [{ category: 1, ticketTypes: [{ ticketType: 'child', quantity: 1 }] }],
      [line(standard, 2, 'child')],
      false,
    ],
    [[{ category: 1, quantity: 0 }], [line(undefined, 3)], true],
  ])('%j and %j: %s', (limits, lines, isWithin) => {
    expect(areWithin(limits, lines)).toBe(isWithin)
  })
})

/** Row A of so many seats, of which `x` cannot be had and `c` is chosen; `|` ends a row. */
function hall(rows: string): Seats {
  const drawn = rows.split('|').map((row, at) => {
    return drawRow(String.fromCharCode(65 + at), drawSeats(row.length, { y: at * 30 }))
  })
  const scene = readScene(drawChart({ rows: drawn }))
  const states = rows.replaceAll('|', '')
  return {
    scene,
    isOpen: ({ index }) => states[index] !== 'x',
    isChosen: ({ index }) => states[index] === 'c',
  }
}

/** How long the run of that seat is. */
const run = (row: string, at: number) => {
  const before = row.lastIndexOf('x', at)
  const end = row.indexOf('x', at)
  return (end < 0 ? row.length : end) - before - 1
}

const labels = (objects: readonly { readonly label: string }[]) => objects.map(({ label }) => label)

describe('seats side by side', () => {
  test('runs end where a seat is taken and where a row ends', () => {
    expect(allRuns(hall('..x...|.')).map(labels)).toEqual([
      ['A-1', 'A-2'],
      ['A-4', 'A-5', 'A-6'],
      ['B-1'],
    ])
  })

  test('around a table they go round once', () => {
    const scene = readScene(drawChart({ tables: [drawTable('T', 4)] }))
    const seats = { scene, isOpen: () => true, isChosen: () => false }
    expect(allRuns(seats).map(({ length }) => length)).toEqual([5 - 1])
  })

  test.each([
    ['......', 3, 3, ['A-4', 'A-5', 'A-6']],
    ['......', 0, 3, ['A-1', 'A-2', 'A-3']],
    ['.......', 3, 3, ['A-3', 'A-4', 'A-5']],
    ['..x...', 4, 2, ['A-4', 'A-5']],
    ['..x...', 0, 5, ['A-1', 'A-2']],
    ['...', 1, 2, ['A-1', 'A-2']],
  ])('in %s, seat %i and %i places', (row, at, places, expected) => {
    const seats = hall(row)
    const wanted = seats.scene.objects[at]
    const found = wanted ? labels(seatsAround(seats, wanted, places)) : []
    // Nobody is left alone where that can be helped.
    const lonely = seats.scene.objects.filter((seat) =>
      isOrphan({ ...seats, isChosen: ({ label }) => found.includes(label) }, seat),
    )
    const canBeHelped = run(row, at) !== places + 1
    expect(lonely).toHaveLength(canBeHelped ? 0 : 1)
    expect(found).toEqual(expected)
  })
})

describe('validators', () => {
  const broken = (
    row: string,
    ...validators: Parameters<typeof violationsOf>[0]
  ): readonly string[] =>
    violationsOf(validators, { ...hall(row), places: row.split('c').length - 1 })

  test.each([
    ['c.....', []],
    ['.c....', ['noOrphanSeats']],
    ['cc.ccc', []],
    ['cc.ccc|.....', ['noOrphanSeats']],
    ['x.c...', ['noOrphanSeats']],
    ['x.x..c', []],
    // Two of three can be had only with one left alone, here and anywhere.
    ['cc.', []],
    ['cc.|....', ['noOrphanSeats']],
    ['cc.|..', ['noOrphanSeats']],
    ['cc.|x.x', []],
  ])('noOrphanSeats in %s', (row, expected) => {
    expect(broken(row, { type: 'noOrphanSeats' })).toEqual(expected)
  })

  test('strict forgives no orphan', () => {
    expect(broken('cc.', { type: 'noOrphanSeats', mode: 'strict' })).toEqual(['noOrphanSeats'])
  })

  test.each([
    ['cc..', []],
    ['c.c.', ['consecutiveSeats']],
    ['cc|cc', ['consecutiveSeats']],
    ['....', []],
  ])('consecutiveSeats in %s', (row, expected) => {
    expect(broken(row, { type: 'consecutiveSeats' })).toEqual(expected)
  })

  test.each([
    ['c..', ['minimumSelectedPlaces']],
    ['cc.', []],
    ['ccc', []],
  ])('minimumSelectedPlaces of two in %s', (row, expected) => {
    expect(broken(row, { type: 'minimumSelectedPlaces', minimum: 2 })).toEqual(expected)
  })

  test('a seat for a companion is sold beside one for whoever is accompanied', () => {
    const seats = drawSeats(3).map((seat, at) => ({
      ...seat,
      ...(at === 0 ? { accessible: true } : at === 1 ? { companionSeat: true } : {}),
    }))
    const scene = readScene(drawChart({ rows: [drawRow('A', seats)] }))
    const of = (chosen: readonly number[], enabled?: boolean) =>
      violationsOf([{ type: 'companionSeats', ...(enabled === undefined ? {} : { enabled }) }], {
        ...{ scene, places: 1, isOpen: () => true },
        isChosen: ({ index }) => chosen.includes(index),
      })
    expect([of([1]), of([0, 1]), of([2]), of([1], false)]).toEqual([['companionSeats'], [], [], []])
  })

  test('what the vendor adds later breaks nothing', () => {
    expect(broken('c', { type: 'later' } as never)).toEqual([])
  })
})

describe('prices', () => {
  const simple = [{ category: 'Standard', price: 10 }]

  test('are read in both forms, with the formatter of either', () => {
    const priceFormatter = (price: number) => `${price} €`
    const list = readPrices({ pricing: simple, priceFormatter })
    const whole = readPrices({ pricing: { prices: simple, priceFormatter } })
    for (const prices of [list, whole]) {
      expect(pricingJson(prices, priceOf(prices, { label: 'A-1' }, categoryOf(standard)))).toEqual({
        price: 10,
        formattedPrice: '10 €',
      })
    }
    expect(readPrices({}).format(7)).toBe('7')
  })

  test('of an object count before those of its category', () => {
    const prices = readPrices({ pricing: [...simple, { objects: ['A-1'], price: 99 }] })
    const cost = (label: string) => priceOf(prices, { label }, categoryOf(standard))?.price
    expect([cost('A-1'), cost('A-2')]).toEqual([99, 10])
    expect(priceOf(prices, { label: 'B' }, categoryOf(lounge))).toBeUndefined()
  })

  test('of a channel hold where it is the only one that is open', () => {
    const pricing = [{ category: 1, price: 10, channels: [{ channel: 'club', price: 6 }] }]
    const cost = (...channels: string[]) =>
      priceOf(readPrices({ pricing, channels }), { label: 'A' }, categoryOf(standard))?.price
    expect([cost('club'), cost('club', 'NO_CHANNEL'), cost('other')]).toEqual([6, 10, 10])
  })

  test('types that cannot be had are not offered', () => {
    const ticketTypes = [
      { ticketType: 'a', price: 1 },
      { ticketType: 'b', price: 2, unavailable: true },
    ]
    expect(typesOf({ ticketTypes }).map(({ ticketType }) => ticketType)).toEqual(['a'])
  })

  test.each([[undefined], [null], ['x'], [[null, 7, {}]], [{ prices: 'x' }]])(
    'pricing that is none, %j, is none',
    (pricing) => {
      const prices = readPrices({ pricing } as never)
      expect(priceOf(prices, { label: 'A' }, categoryOf(standard))).toBeUndefined()
    },
  )
})

test('messages of the page stand in the place of ours', () => {
  const messages = { cancel: 'Nope', row: 'Rang', notOurs: 'x', accessible: 7 }
  expect(messagesOf(messages)).toEqual({ cancel: 'Nope', row: 'Rang {label}' })
  expect(messagesOf(undefined)).toBeUndefined()
})

function categoryOf(category: { key: string; label: string }) {
  return { ...category, color: 'red', isAccessible: false }
}
