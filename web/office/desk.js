// What the back office shows, apart from the page: the rows of its table out of what the API answers. Nothing here touches the
// document or the network.

/**
 * One line: an object, or the places of an area that are held or booked together.
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string} label
 * @property {State} state
 * @property {number | undefined} quantity Places of an area.
 * @property {string | undefined} category
 * @property {string | undefined} holdToken
 * @property {number | undefined} endsAt Milliseconds since 1970 by the server's clock.
 * @property {unknown} extraData
 *
 * @typedef {'held' | 'booked' | 'off' | 'free' | 'other'} State
 */

/**
 * @typedef {object} Snapshot `GET /api/v1/events/{eventKey}/snapshot?labels=true`, as far as it is needed here.
 * @property {string} states
 * @property {readonly string[]} labels
 * @property {readonly { index: number, capacity: number, free: number, freeInChannels: number }[]} areas
 * @property {readonly { key: string | number, label: string }[]} [categories]
 *
 * @typedef {object} Taken One of `GET /api/v1/events/{eventKey}/status`.
 * @property {string} objectLabel
 * @property {'held' | 'booked'} status
 * @property {string | null} holdToken
 * @property {string | null} holdExpiresAt
 * @property {string | null} categoryKey
 * @property {unknown} [extraData]
 * @property {number} [quantity]
 */

/** @type {Record<State, string>} */
export const stateWords = {
  held: 'Held',
  booked: 'Booked',
  off: 'Not for sale',
  free: 'Free',
  other: 'Otherwise',
}

/** What each letter of a snapshot means for whoever looks after the sale; `-` is nothing that can be sold. */
const states = /** @type {Record<string, State>} */ ({
  f: 'free',
  c: 'free',
  n: 'off',
  h: 'held',
  b: 'booked',
  t: 'other',
  r: 'other',
})

/**
 * All lines, in the order of the drawing; what is taken and not drawn any more comes last.
 *
 * @param {Snapshot} snapshot
 * @param {readonly Taken[]} taken
 * @returns {Row[]}
 */
export function rowsOf({ states: letters, labels, areas, categories = [] }, taken) {
  const names = new Map(categories.map(({ key, label }) => [String(key), label]))
  const counted = new Map(areas.map((area) => [area.index, area]))
  /** @type {Map<string, Taken[]>} */
  const byLabel = new Map()
  for (const it of taken) {
    byLabel.set(it.objectLabel, [...(byLabel.get(it.objectLabel) ?? []), it])
  }
  const rows = labels.flatMap((label, index) => {
    const letter = letters[index] ?? '-'
    const state = states[letter]
    const here = (byLabel.get(label) ?? []).map((it, at) => rowOf(it, at, names))
    byLabel.delete(label)
    const area = counted.get(index)
    if (area !== undefined) return [...here, ...placesOf(label, area, here)]
    if (state === undefined || here.length > 0) return here
    return [{ ...empty, id: `${label} ${state}`, label, state, quantity: undefined }]
  })
  const lost = [...byLabel.values()].flatMap((all) => all.map((it, at) => rowOf(it, at, names)))
  return [...rows, ...lost]
}

const empty = { category: undefined, holdToken: undefined, endsAt: undefined, extraData: undefined }

/**
 * Of an area some places may be taken while others are free, or not for sale.
 *
 * @param {string} label
 * @param {Snapshot['areas'][number]} area
 * @param {readonly Row[]} taken
 * @returns {Row[]}
 */
function placesOf(label, { capacity, free, freeInChannels }, taken) {
  const left = free + freeInChannels
  const off = capacity - left - taken.reduce((sum, { quantity = 0 }) => sum + quantity, 0)
  const places = /** @type {const} */ ([
    ['free', left],
    ['off', off],
  ])
  return places.flatMap(([state, quantity]) => {
    return quantity > 0 ? [{ ...empty, id: `${label} ${state}`, label, state, quantity }] : []
  })
}

/**
 * @param {Taken} taken
 * @param {number} at
 * @param {ReadonlyMap<string, string>} categories
 * @returns {Row}
 */
function rowOf(taken, at, categories) {
  const { objectLabel: label, status, holdToken, holdExpiresAt, categoryKey, quantity } = taken
  return {
    id: `${label} ${status} ${at}`,
    label,
    state: status,
    quantity,
    category: categoryKey === null ? undefined : (categories.get(categoryKey) ?? categoryKey),
    holdToken: holdToken ?? undefined,
    endsAt: holdExpiresAt === null ? undefined : Date.parse(holdExpiresAt),
    extraData: taken.extraData ?? undefined,
  }
}

/**
 * The lines in these states that have all the words of a search somewhere, in any case.
 *
 * @param {readonly Row[]} rows
 * @param {{ state: State | 'taken' | 'all', search: string }} wanted
 */
export function found(rows, { state, search }) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (state === 'taken' ? row.state === 'free' : state !== 'all' && row.state !== state)
      return false
    const text = textOf(row).toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** @param {Row} row */
function textOf({ label, state, category = '', holdToken = '', extraData }) {
  return [label, stateWords[state], category, holdToken, extraWords(extraData)].join(' ')
}

/**
 * How many objects, or places, are in each state, and how many are not free.
 *
 * @param {readonly Row[]} rows
 * @returns {Record<State | 'taken', number>}
 */
export function counts(rows) {
  const sums = { taken: 0, held: 0, booked: 0, off: 0, free: 0, other: 0 }
  for (const { state, quantity = 1 } of rows) {
    sums[state] += quantity
    if (state !== 'free') sums.taken += quantity
  }
  return sums
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
 * Data of an order as people read them.
 *
 * @param {unknown} extra
 * @returns {string}
 */
export function extraWords(extra) {
  if (extra === undefined || extra === null) return ''
  if (typeof extra !== 'object') return String(extra)
  return Object.entries(extra)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    )
    .join(', ')
}

/**
 * The calls that release these: all objects together, and the places of each holder of an area by themselves.
 *
 * @param {readonly Row[]} rows
 * @returns {object[]}
 */
export function releasesOf(rows) {
  const whole = rows.filter(({ quantity }) => quantity === undefined).map(({ label }) => label)
  const parts = rows.flatMap(({ label, quantity, holdToken }) => {
    if (quantity === undefined) return []
    return [{ objectLabels: [label], quantity, ...(holdToken !== undefined && { holdToken }) }]
  })
  const batches = Array.from({ length: Math.ceil(whole.length / BATCH_MAX) }, (_, at) => {
    return { objectLabels: whole.slice(at * BATCH_MAX, (at + 1) * BATCH_MAX) }
  })
  return [...batches, ...parts]
}

/**
 * The edit that puts these on sale, or takes them off; whatever is not named stays as it is.
 *
 * @param {'forSale' | 'notForSale'} list
 * @param {readonly Row[]} rows
 */
export function saleEditOf(list, rows) {
  const objects = rows.map(({ label, quantity }) => {
    return quantity === undefined ? { object: label } : { object: label, quantity }
  })
  return { [list]: objects }
}

/** Objects that one call takes. */
const BATCH_MAX = 200

/** What a change of a seat is called, by the status that it was given. */
const changes = /** @type {Record<string, string>} */ ({
  reservedByToken: 'Held',
  booked: 'Booked',
  free: 'Free again',
  resale: 'Put up for resale',
})

/**
 * One change of an object, in words.
 *
 * @param {{ status: string, date: string, quantity?: number, orderId?: string, holdToken?: string, extraData?: unknown, origin?: { ip?: string } }} change
 */
export function changeWords({ status, date, quantity = 1, orderId, holdToken, extraData, origin }) {
  const details = [
    quantity > 1 && `${quantity} places`,
    orderId && `order ${orderId}`,
    extraWords(extraData),
    holdToken && `token ${holdToken}`,
    origin?.ip && `from ${origin.ip}`,
  ]
  const what = changes[status] ?? status
  return { what, when: new Date(date), details: details.filter(Boolean).join(' · ') }
}

/**
 * What the API says of a request that it refused.
 *
 * @param {number} status
 * @param {unknown} answer
 */
export function refusalWords(status, answer) {
  const told = /** @type {Record<string, unknown>} */ (answer ?? {})
  if (Array.isArray(told['failed'])) {
    const reasons = told['failed'].map(({ objectLabel, reason }) => `${objectLabel}: ${reason}`)
    return `${told['error']}. ${reasons.join(', ')}`
  }
  const { message, messages } = told
  if (typeof message === 'string') return message
  if (Array.isArray(messages)) return messages.join(', ')
  return `The API answered ${status}.`
}
