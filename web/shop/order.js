// What the shop decides, apart from the page: prices, sums, words. Nothing here touches the document or the network.

/**
 * @typedef {import('../seat-map.ts').Selected} Selected
 * @typedef {import('../seat-map.ts').Pricing} Pricing
 */

/**
 * Prices are the shop's own: the API knows seats, and no money. Categories are those of the demo's drawing.
 *
 * @type {readonly Pricing[]}
 */
export const prices = [
  { category: 'Premium', price: 84 },
  {
    category: 'Stalls',
    ticketTypes: [
      { id: 'adult', label: 'Adult', price: 58 },
      { id: 'student', label: 'Student', price: 29 },
    ],
  },
  {
    category: 'Balcony',
    ticketTypes: [
      { id: 'adult', label: 'Adult', price: 36 },
      { id: 'student', label: 'Student', price: 18 },
    ],
  },
  { category: 'Cabaret', price: 72 },
]

/**
 * Where a seat is, in words.
 *
 * @param {Selected} line
 */
export function placeOf({ label, section, sectionName, row, table, seat, kind, quantity }) {
  if (kind === 'area') return quantity === 1 ? label : `${quantity} × ${label}`
  if (seat === undefined) return label
  const parts = [sectionName ?? section, row && `row ${row}`, table && `table ${table}`]
  return [...parts, `seat ${seat}`].filter((part) => part !== undefined && part !== '').join(', ')
}

/**
 * What kind of ticket it is, in words.
 *
 * @param {Selected} line
 */
export function ticketOf({ category, categoryLabel, ticketType }) {
  const types = prices.flatMap((it) => it.ticketTypes ?? [])
  const type = types.find(({ id }) => id === ticketType)?.label ?? ticketType
  return [categoryLabel ?? category, type].filter((part) => part !== undefined).join(', ')
}

/**
 * The price of all; undefined where one of them has none.
 *
 * @param {readonly Selected[]} lines
 * @returns {number | undefined}
 */
export function sumOf(lines) {
  let sum = 0
  for (const { price, quantity } of lines) {
    if (price === undefined) return undefined
    sum += price * quantity
  }
  return sum
}

/**
 * @param {number} price
 * @param {string} [currency]
 */
export function money(price, currency = 'EUR') {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(price)
}

/**
 * A time that is left, as on a clock.
 *
 * @param {number} seconds
 */
export function clock(seconds) {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}

/**
 * Which event is shown: the demo's, or another one of this machine that the address names, as `?event=KEY&key=pk_…`.
 *
 * @param {string} query
 */
export function shownBy(query) {
  const asked = new URLSearchParams(query)
  const event = asked.get('event') ?? ''
  const key = asked.get('key') ?? ''
  return { event, key, isDemo: (event === '' || event === 'evt_demo') && key === '' }
}

/**
 * Letters and digits of which none looks like another, so that people can read them out.
 *
 * @param {number} length
 */
function anyLetters(length) {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  const random = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(random, (byte) => letters[byte % letters.length]).join('')
}

/**
 * One attempt to book: a request that is sent again says that it is the same one, by its key, and takes effect once.
 *
 * @typedef {{ idempotencyKey: string, orderId: string, body: string, lines: readonly Selected[] }} Attempt
 */

/**
 * The attempt to make for this basket: the one before, where that was for the same.
 *
 * @param {readonly Selected[]} lines
 * @param {string} holdToken
 * @param {Attempt | undefined} before
 * @returns {Attempt}
 */
export function attemptFor(lines, holdToken, before) {
  const orderId = before?.orderId ?? `HT-${anyLetters(6)}`
  // Places of one area may be several lines, for tickets of several types.
  const objectLabels = [...new Set(lines.map(({ label }) => label))]
  const body = JSON.stringify({ objectLabels, holdToken, extraData: { orderId } })
  if (before?.body === body) return before
  return { idempotencyKey: anyLetters(20), orderId, body, lines }
}

/** Why a seat could not be booked, by the API's reason. */
const reasons = /** @type {Record<string, string>} */ ({
  not_held_by_token: 'was not yours any more: the time was up',
  already_booked: 'is sold',
  held_by_another: 'is being bought by somebody else',
  not_found: 'is not sold any more',
})

/**
 * What the shop says of an answer to a booking that is no success. `isOver` tells that another attempt is another booking; `lost`
 * are the labels that this buyer does not hold any more.
 *
 * @param {number} status
 * @param {unknown} answer
 * @returns {{ words: string, isOver: boolean, lost?: readonly string[] }}
 */
export function refusalOf(status, answer) {
  const { code, message, failed } = /** @type {Record<string, unknown>} */ (answer ?? {})
  if (code === 'seats_refused' && Array.isArray(failed)) {
    const seats = failed.map(({ objectLabel, reason }) => {
      return `${objectLabel} ${reasons[reason] ?? 'could not be booked'}`
    })
    const lost = failed.map(({ objectLabel }) => String(objectLabel))
    return { words: `Nothing was booked. ${seats.join('; ')}.`, isOver: true, lost }
  }
  if (code === 'booking_not_allowed') {
    const words =
      'With this key a page may hold seats and not book them: your server books, with its secret key.'
    return { words, isOver: true }
  }
  if (status === 404) return { words: 'This event is not sold any more.', isOver: true }
  if (status === 401) return { words: 'The key of this shop does not work any more.', isOver: true }
  if (status === 429 || status >= 500) return { words: AGAIN, isOver: false }
  return {
    words: `Nothing was booked: ${typeof message === 'string' ? message : status}.`,
    isOver: true,
  }
}

/** Whatever became of it: the next attempt has the same key, and so books nothing twice. */
export const AGAIN = 'The box office was not reached. Press Pay again: nothing is booked twice.'
