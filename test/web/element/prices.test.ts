import { expect, test } from 'vitest'
import {
  lowestPrice,
  priceFor,
  priceOfTicket,
  priceWriter,
  readPrices,
  totalOf,
} from '../../../web/element/prices.ts'

const stalls = { key: '2', label: 'Stalls' }
const types = [
  { id: 'adult', price: 30 },
  { id: 'child', price: 12 },
]

test('a category is priced by its key, then by its label', () => {
  const prices = [
    { category: 'Stalls', price: 1 },
    { category: 2, price: 2 },
  ]
  expect(priceFor(prices, stalls).price).toBe(2)
  expect(priceFor(prices.slice(0, 1), stalls).price).toBe(1)
  expect(priceFor(prices, { key: '3', label: 'Balcony' }).price).toBeUndefined()
  expect(priceFor(prices, undefined)).toEqual({ price: undefined, ticketTypes: [] })
})

test('what is no price counts as none, whatever a page writes', () => {
  const prices = readPrices([
    { category: 2, price: NaN, ticketTypes: [{ id: 'a', price: Infinity }, ...types, null, 7] },
    { category: {}, objects: 'A-1', ticketTypes: 'none', price: '3' },
    { category: 'Boxes', objects: ['B-1', 4], ticketTypes: [{ id: 1, price: 2, label: 3 }] },
    ...[null, undefined, 'free', 7],
  ])
  expect(prices[0]).toEqual({ category: 2, ticketTypes: types })
  expect(prices[1]).toEqual({})
  expect(prices[2]).toEqual({
    ...{ category: 'Boxes', objects: ['B-1'], ticketTypes: [{ id: '1', price: 2 }] },
  })
  expect(prices.slice(3)).toEqual([{}, {}, {}, {}])
  expect(priceFor(prices, stalls)).toEqual({ price: undefined, ticketTypes: types })
  expect(priceFor(prices, stalls, 'B-1').ticketTypes).toEqual([{ id: '1', price: 2 }])
})

test('a ticket costs what its type says, without one what the first says', () => {
  const price = { price: 5, ticketTypes: types }
  expect([
    priceOfTicket(price, 'child'),
    priceOfTicket(price),
    priceOfTicket(price, 'gone'),
  ]).toEqual([12, 30, 30])
  expect(priceOfTicket({ price: 5, ticketTypes: [] }, 'child')).toBe(5)
})

test('the lowest price is told, and whether it is the only one', () => {
  expect(lowestPrice({ price: 5, ticketTypes: types })).toEqual({ lowest: 12, isOne: false })
  expect(lowestPrice({ price: 5, ticketTypes: [] })).toEqual({ lowest: 5, isOne: true })
  expect(lowestPrice({ price: undefined, ticketTypes: [] })).toBeUndefined()
  expect(lowestPrice({ price: 0, ticketTypes: [] })).toEqual({ lowest: 0, isOne: true })
})

test('a total is exact, and not told where a price is missing', () => {
  expect(totalOf([{ price: 0.1, quantity: 3 }])).toBe(0.3)
  expect(
    totalOf([
      { price: 19.99, quantity: 100 },
      { price: 0.01, quantity: 1 },
    ]),
  ).toBe(1_999.01)
  expect(totalOf([{ price: 1, quantity: 1 }, { quantity: 1 }])).toBeUndefined()
  expect(totalOf([])).toBeUndefined()
})

test('prices are written as the page wants, and where it fails as its language does', () => {
  const options = { language: 'de', currency: 'EUR', formatPrice: undefined }
  const plain = (text: string) => text.replace(/\s/g, ' ')
  expect([12, 12.5].map(priceWriter(options)).map(plain)).toEqual(['12 €', '12,50 €'])
  expect(priceWriter({ ...options, formatPrice: (price) => `${price} points` })(3)).toBe('3 points')
  const fails = () => {
    throw new Error('no')
  }
  expect(plain(priceWriter({ ...options, formatPrice: fails })(3))).toBe('3 €')
  expect(priceWriter({ ...options, currency: undefined })(3.25)).toBe('3,25')
})
