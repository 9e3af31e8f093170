import { expect, test } from 'vitest'
import { demoDrawing } from '../../../local/demo/demo-chart.ts'
import {
  AGAIN,
  attemptFor,
  clock,
  money,
  placeOf,
  prices,
  refusalOf,
  shownBy,
  sumOf,
  ticketOf,
} from '../../../web/shop/order.js'

const seat = (label: string, more: object = {}) => ({
  label,
  quantity: 1,
  kind: 'seat' as const,
  isHeld: true,
  ...more,
})

test('every category of the demo has a price, and nothing else has one', () => {
  const { categories } = demoDrawing() as { categories: { list: { label: string }[] } }
  const named = prices.map(({ category }) => category)
  expect(named.sort()).toEqual(categories.list.map(({ label }) => label).sort())
  for (const { price, ticketTypes } of prices) {
    const all = [price, ...(ticketTypes ?? []).map((type: { price: number }) => type.price)]
    expect(all.filter((it) => it !== undefined && it > 0).length).toBeGreaterThan(0)
  }
})

test.each([
  [seat('S-A-10', { section: 'Stalls', row: 'A', seat: '10' }), 'Stalls, row A, seat 10'],
  [seat('A-10', { row: 'A', seat: '10' }), 'row A, seat 10'],
  [seat('10', { section: '', seat: '10' }), 'seat 10'],
  [
    seat('S-A-1', { section: 'S', sectionName: 'Stalls', row: 'A', seat: '1' }),
    'Stalls, row A, seat 1',
  ],
  [seat('T1-2', { table: 'T1', seat: '2' }), 'table T1, seat 2'],
  [seat('T1', { kind: 'table' }), 'T1'],
  [seat('Lawn', { kind: 'area' }), 'Lawn'],
  [seat('Lawn', { kind: 'area', quantity: 3 }), '3 × Lawn'],
])('a place is said in words: %j is %s', (line, words) => {
  expect(placeOf(line)).toBe(words)
})

test('a ticket is said by its category and its type', () => {
  expect(
    ticketOf(seat('A-1', { category: '2', categoryLabel: 'Stalls', ticketType: 'student' })),
  ).toBe('Stalls, Student')
  expect(ticketOf(seat('A-1', { category: '2', ticketType: 'unknown' }))).toBe('2, unknown')
  expect(ticketOf(seat('A-1'))).toBe('')
})

test('a sum counts places, and is none where a price is none', () => {
  expect(sumOf([seat('A-1', { price: 10 }), seat('Lawn', { price: 2.5, quantity: 4 })])).toBe(20)
  expect(sumOf([seat('A-1', { price: 10 }), seat('A-2')])).toBeUndefined()
  expect(sumOf([])).toBe(0)
  expect(money(20)).toBe('€20.00')
})

test.each([
  [600, '10:00'],
  [599.2, '10:00'],
  [60, '1:00'],
  [9.01, '0:10'],
  [0.2, '0:01'],
  [0, '0:00'],
  [-3, '0:00'],
])('%d seconds are shown as %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text)
})

test.each([
  ['', { event: '', key: '', isDemo: true }],
  ['?event=evt_demo', { event: 'evt_demo', key: '', isDemo: true }],
  ['?event=lawn', { event: 'lawn', key: '', isDemo: false }],
  ['?event=a%26b&key=pk_x', { event: 'a&b', key: 'pk_x', isDemo: false }],
  ['?key=pk_x', { event: '', key: 'pk_x', isDemo: false }],
])('the address %j names the event that is shown', (query, shown) => {
  expect(shownBy(query)).toEqual(shown)
})

test('an attempt that is made again is the same one, until the basket is another', () => {
  const lines = [
    seat('A-1'),
    seat('Lawn', { ticketType: 'adult' }),
    seat('Lawn', { ticketType: 'student' }),
  ]
  const first = attemptFor(lines, 'token-of-ada', undefined)
  expect(JSON.parse(first.body)).toEqual({
    objectLabels: ['A-1', 'Lawn'],
    holdToken: 'token-of-ada',
    extraData: { orderId: first.orderId },
  })
  expect(first.orderId).toMatch(/^HT-[2-9A-HJ-NP-Z]{6}$/)
  expect(first.idempotencyKey).toMatch(/^\w{20}$/)
  expect(attemptFor(lines, 'token-of-ada', first)).toBe(first)
  const other = attemptFor(lines.slice(1), 'token-of-ada', first)
  expect(other.idempotencyKey).not.toBe(first.idempotencyKey)
  expect(other.orderId).toBe(first.orderId)
  expect(attemptFor(lines, 'token-of-ben', first).idempotencyKey).not.toBe(first.idempotencyKey)
})

test.each([
  [
    409,
    {
      code: 'seats_refused',
      error: 'x',
      failed: [
        { objectLabel: 'A-1', reason: 'not_held_by_token' },
        { objectLabel: 'A-2', reason: 'new_reason' },
      ],
    },
    'Nothing was booked. A-1 was not yours any more: the time was up; A-2 could not be booked.',
    true,
  ],
  [403, { code: 'booking_not_allowed', message: 'x' }, /your server books/, true],
  [404, { code: 'event_not_found' }, 'This event is not sold any more.', true],
  [401, { code: 'key_invalid' }, /key of this shop/, true],
  [400, { message: 'Give a token' }, 'Nothing was booked: Give a token.', true],
  [418, null, 'Nothing was booked: 418.', true],
  [429, {}, AGAIN, false],
  [503, {}, AGAIN, false],
])('an answer of %d says what became of it', (status, answer, words, isOver) => {
  const said = refusalOf(status, answer)
  expect(said.words).toEqual(typeof words === 'string' ? words : expect.stringMatching(words))
  expect(said.isOver).toBe(isOver)
  const failed = (answer as { failed?: { objectLabel: string }[] } | null)?.failed
  expect(said.lost).toEqual(failed?.map(({ objectLabel }) => objectLabel))
})
