// What lets this tab into a sale, as the waiting room gave it: kept in the tab, by event.

/** @param {string} event */
const nameOf = (event) => `admission of ${event}`

/**
 * The token of this tab; undefined where it has none.
 *
 * @param {string} event
 * @returns {string | undefined}
 */
export function tokenFor(event) {
  return sessionStorage.getItem(nameOf(event)) ?? undefined
}

/** @param {string} event @param {string} token */
export function keepToken(event, token) {
  sessionStorage.setItem(nameOf(event), token)
}

/** @param {string} event */
export function forgetToken(event) {
  sessionStorage.removeItem(nameOf(event))
}

/**
 * Where the waiting room is, and where it leads in the end: the query of the shop goes along.
 *
 * @param {string} search
 * @param {string} event
 */
export function queueAt(search, event) {
  const query = new URLSearchParams(search)
  query.set('event', event)
  return `/shop/queue.html?${query}`
}
