import { expect, test } from 'vitest'
import { priceFor } from '../../../web/element/prices.ts'

const stalls = { key: '1', label: 'Stalls' }

test('what is said of an object counts before what is said of its category', () => {
  const prices = [
    { category: 1, price: 20 },
    { objects: ['A-1', 'A-2'], price: 35 },
  ]
  expect(priceFor(prices, stalls, 'A-1').price).toBe(35)
  expect(priceFor(prices, stalls, 'B-1').price).toBe(20)
  expect(priceFor(prices, stalls).price).toBe(20)
  expect(priceFor(prices, undefined, 'A-2').price).toBe(35)
  expect(priceFor(prices, undefined, 'B-1').price).toBeUndefined()
})

test('a category is named by its key or by its label', () => {
  expect(priceFor([{ category: 'Stalls', price: 7 }], stalls).price).toBe(7)
  expect(priceFor([{ objects: ['A-1'], price: 7 }], { key: 'undefined', label: '' }).price).toBe(
    undefined,
  )
})
