import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import { DAY_MS } from '../../../lib/limits/durations.ts'
import { SALE_CALLS_MAX } from '../../../lib/limits/limits.ts'
import type { SaleCalls, SaleRules } from '../../../lib/records/records.ts'
import { countSaleCall, editSaleRules, onlyOpens, quotaOf } from '../../../lib/venue/sale-rules.ts'
import { inventoryOf, offerOf, termsOf } from '../../../lib/venue/terms.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'

const rules = (isListForSale: boolean, more: Partial<SaleRules> = {}): SaleRules => ({
  isListForSale,
  objects: [],
  areaPlaces: {},
  categories: [],
  ...more,
})
const items = (...labels: string[]) => labels.map((label) => ({ label }))
const places = (label: string, quantity: number) => [{ label, quantity }]

describe('an edit touches what it names', () => {
  test('without rules it makes some that withhold what is named', () => {
    expect(editSaleRules(undefined, { forSale: items('B'), notForSale: items('A', 'A') })).toEqual(
      rules(false, { objects: ['A'] }),
    )
  })

  test('of a list of what is withheld, and of one of what is sold', () => {
    const edit = { forSale: items('A', 'Z'), notForSale: items('B', 'C') }
    const lists = { objects: ['C', 'A', 'A'], categories: ['7'] }
    const withheld = editSaleRules(rules(false, lists), edit)
    expect(withheld).toEqual(rules(false, { objects: ['C', 'B'], categories: ['7'] }))
    const sold = editSaleRules(rules(true, lists), edit)
    expect(sold).toEqual(rules(true, { objects: ['A', 'A', 'Z'], categories: ['7'] }))
  })

  test('what is put on sale comes before what is taken off, and empty lists stay', () => {
    const both = { forSale: items('A'), notForSale: items('A') }
    expect(editSaleRules(rules(false), both).objects).toEqual(['A'])
    expect(editSaleRules(rules(true), both).objects).toEqual([])
    const opened = editSaleRules(rules(false, { objects: ['A'] }), { ...both, notForSale: [] })
    expect(opened).toEqual(rules(false))
  })

  test('a quantity is places of an area', () => {
    const lists = { areaPlaces: { Lawn: 5, constructor: 2 }, objects: ['Lawn'] }
    const edited = (isListForSale: boolean, count: number) =>
      editSaleRules(rules(isListForSale, lists), {
        forSale: places('Lawn', count),
        notForSale: [...places('Beach', 2), ...places('Beach', 1)],
      })
    expect(edited(false, 2)).toEqual(
      rules(false, { ...lists, areaPlaces: { Lawn: 3, constructor: 2, Beach: 3 } }),
    )
    expect(edited(false, 9).areaPlaces).toEqual({ constructor: 2, Beach: 3 })
    expect(edited(true, 2).areaPlaces).toEqual({ Lawn: 7, constructor: 2 })
  })
})

const label = fc.constantFrom('A-1', 'A-2', 'A-3', 'B-1', 'Lawn')
const someRules = fc.option(
  fc.record({
    isListForSale: fc.boolean(),
    objects: fc.array(label, { maxLength: 3 }),
    areaPlaces: fc.constantFrom({}, { Lawn: 3 }, { Lawn: 7 }, { Lawn: 12 }),
    categories: fc.array(fc.constantFrom('1', 'nowhere'), { maxLength: 1 }),
  }),
  { nil: undefined },
)
const inventory = inventoryOf(
  readChart(rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 10)] } })),
)
const soldBy = (saleRules: SaleRules | undefined) => {
  const terms = termsOf(inventory, {}, saleRules === undefined ? {} : { saleRules })
  const labels = [...inventory.named.keys()].filter((it) => offerOf(terms, it)?.isForSale)
  // Each place of the lawn that is for sale, by its number.
  const out = offerOf(terms, 'Lawn')?.notForSale ?? 0
  return [...labels, ...Array.from({ length: 10 - out }, (_, place) => `Lawn ${place}`)]
}

test('a change that only opens takes nothing off sale, on any chart', () => {
  const property = fc.property(someRules, someRules, (before, after) => {
    if (!onlyOpens(before, after)) return
    const sold = new Set(soldBy(after))
    expect(soldBy(before).filter((it) => !sold.has(it))).toEqual([])
  })
  fc.assert(property, { seed: 20_270_304, numRuns: 2_000 })
})

test('an edit that only puts things on sale takes nothing off', () => {
  const property = fc.property(someRules, fc.array(label, { maxLength: 3 }), (before, labels) => {
    const after = editSaleRules(before, { forSale: items(...labels), notForSale: [] })
    const sold = new Set(soldBy(after))
    expect(soldBy(before).filter((it) => !sold.has(it))).toEqual([])
  })
  fc.assert(property, { seed: 20_270_304, numRuns: 500 })
})

test.each<[SaleRules | undefined, SaleRules | undefined, boolean]>([
  [rules(false, { objects: ['A'] }), undefined, true],
  [rules(true), undefined, true],
  [rules(true), rules(true, { categories: ['1'] }), true],
  [rules(true), rules(false, { objects: ['A'] }), true],
  [rules(false, { areaPlaces: { Lawn: 5 } }), rules(false, { areaPlaces: { Lawn: 4 } }), true],
  [rules(true, { areaPlaces: { Lawn: 5 } }), rules(true, { areaPlaces: { Lawn: 4 } }), false],
  // The same again opens nothing.
  [rules(false, { objects: ['A'] }), rules(false, { objects: ['A'] }), false],
  [undefined, undefined, false],
  [undefined, rules(true), false],
  [rules(false, { objects: ['A'] }), rules(false, { objects: ['B'] }), false],
])('from %j to %j opens only: %s', (before, after, expected) => {
  expect(onlyOpens(before, after)).toBe(expected)
})

describe('ten changes in a day', () => {
  const start = instant(1_800_000_000_000)
  const count = (calls: SaleCalls | undefined, opens: boolean, after = 0) => {
    const counted = countSaleCall(calls, { now: instant(start + after), opens })
    return 'fullUntil' in counted ? undefined : counted
  }

  test('count down, and the eleventh is refused until the window of the first is over', () => {
    let calls: SaleCalls | undefined
    for (let left = SALE_CALLS_MAX - 1; left >= 0; left -= 1) {
      calls = count(calls, false, SALE_CALLS_MAX - left)
      const resetsAt = start + 1 + DAY_MS
      expect(calls && quotaOf(calls)).toEqual({ remaining: left, resetsAt })
    }
    expect(count(calls, false, DAY_MS)).toBeUndefined()
    const next = count(calls, false, DAY_MS + 1)
    expect(next && quotaOf(next).remaining).toBe(SALE_CALLS_MAX - 1)
  })

  test('what only opens is told as if it counted, and neither refused nor counted', () => {
    let calls: SaleCalls | undefined
    for (let index = 0; index < 2 * SALE_CALLS_MAX; index += 1) calls = count(calls, true)
    expect(calls && quotaOf(calls).remaining).toBe(0)
    for (let index = 0; index < SALE_CALLS_MAX; index += 1) calls = count(calls, false)
    expect(calls).toBeDefined()
    expect(count(calls, false)).toBeUndefined()
    expect(count(calls, true)).toBeDefined()
  })
})
