// A back office for one event: who holds what and for how long, what is booked and for whom, and what can be done about it.
//
// The key below may do everything. It is that of the demo, the same on every machine, and this page is served by the local product
// alone: one of your own belongs behind a login, and asks your server, which has the key.
//
// Whatever buyers and drawings call things goes into the page as text, never as HTML.

import {
  changeWords,
  counts,
  extraWords,
  found,
  refusalWords,
  releasesOf,
  rowsOf,
  saleEditOf,
  stateWords,
} from './desk.js'

/** @typedef {import('./desk.js').Row} Row */

const SECRET_KEY = 'sk_test_holdfast_demo_secret_key'
const eventKey = new URLSearchParams(location.search).get('event') || 'evt_demo'
const event = encodeURIComponent(eventKey)

/** Rows that are shown, until more are asked for. */
const PAGE = 100

/** @type {{ rows: Row[], tag: string, state: any, search: string, shown: number, chosen: Set<string>, ahead: number }} */
const desk = {
  rows: [],
  tag: '',
  state: 'taken',
  search: '',
  shown: PAGE,
  chosen: new Set(),
  // Milliseconds by which the server's clock is ahead of this one.
  ahead: 0,
}

showStates()
byId('search').addEventListener('input', (input) => {
  desk.search = /** @type {HTMLInputElement} */ (input.target).value
  desk.shown = PAGE
  show()
})
byId('more').addEventListener('click', () => {
  desk.shown += PAGE
  show()
})
byId('all').addEventListener('change', (change) => {
  const { checked } = /** @type {HTMLInputElement} */ (change.target)
  for (const { id } of visible()) choose(id, checked)
  show()
})
byId('release').addEventListener('click', () => void release())
byId('block').addEventListener('click', () => void setSale('notForSale'))
byId('unblock').addEventListener('click', () => void setSale('forSale'))
if (eventKey !== 'evt_demo') byId('to-shop').setAttribute('href', '/')
setInterval(showTimes, 1000)
void nameEvent()
void follow()

/** Reads the event whenever something has changed: asked for with the tag of what is known, nothing new costs nothing. */
async function follow() {
  try {
    if (document.visibilityState === 'visible') await read()
  } catch {
    live('The server is not reached: what you see is old.', false)
  }
  setTimeout(() => void follow(), 1000)
}

async function read() {
  const path = `/api/v1/events/${event}/snapshot?labels=true`
  const response = await call(
    'GET',
    path,
    undefined,
    desk.tag === '' ? {} : { 'If-None-Match': desk.tag },
  )
  if (response.status === 304) return live('Live', true)
  const snapshot = await response.json()
  if (!response.ok) {
    desk.rows = []
    show()
    return live(refusalWords(response.status, snapshot), false)
  }
  const status = await (await call('GET', `/api/v1/events/${event}/status`)).json()
  desk.tag = response.headers.get('ETag') ?? ''
  desk.ahead = Date.parse(snapshot.serverTime) - Date.now()
  desk.rows = rowsOf(snapshot, status.objects ?? [])
  const known = new Set(desk.rows.map(({ id }) => id))
  for (const id of desk.chosen) if (!known.has(id)) desk.chosen.delete(id)
  live('Live', true)
  show()
}

async function nameEvent() {
  const { name } = await (await call('GET', `/api/v1/events/${event}`)).json().catch(() => ({}))
  byId('name').textContent = name ?? eventKey
}

async function release() {
  const rows = chosen(['held', 'booked', 'other'])
  const held = rows.filter(({ state }) => state === 'held').length
  const lost =
    held > 0 ? ` ${held} of them ${held === 1 ? 'is' : 'are'} in a buyer’s basket now.` : ''
  if (!(await isSure(`Release ${number(rows)}? Whoever has them loses them.${lost}`))) return
  const answers = []
  for (const body of releasesOf(rows)) {
    answers.push(await change(`/api/v1/events/${event}/seats/release`, body))
  }
  const [refused] = answers.filter((answer) => answer !== '')
  done(refused ?? `Released ${number(rows)}.`)
}

/**
 * What is for sale is changed for many objects at once: the API takes ten such changes a day for an event.
 *
 * @param {'forSale' | 'notForSale'} list
 */
async function setSale(list) {
  const rows = chosen([list === 'forSale' ? 'off' : 'free'])
  const path = `/events/${event}/actions/edit-for-sale-config`
  const response = await call('POST', path, saleEditOf(list, rows))
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) return done(refusalWords(response.status, answer))
  const now = list === 'forSale' ? 'on sale again' : 'off sale'
  const left = answer.rateLimitInfo?.rateLimitRemainingCalls
  done(`${number(rows)}: ${now}. What is for sale may be changed ${left} more times today.`)
}

/** @param {string} path @param {object} body */
async function change(path, body) {
  const response = await call('POST', path, body)
  return response.ok ? '' : refusalWords(response.status, await response.json().catch(() => ({})))
}

/** @param {string} words */
function done(words) {
  byId('said').textContent = words
  desk.chosen.clear()
  show()
}

/** Every change of an object, the latest first; both of Holdfast's languages take the key. @param {string} label */
async function showHistory(label) {
  byId('history-heading').textContent = `History of ${label}`
  const path = `/events/${event}/objects/${encodeURIComponent(label)}/status-changes`
  const response = await call('GET', path)
  const answer = await response.json().catch(() => ({}))
  /** @type {any[]} */
  const items = answer.items ?? []
  byId('history').replaceChildren(...items.map((item) => historyItem(changeWords(item))))
  const hint = response.ok
    ? 'It has not changed since the event was created.'
    : refusalWords(response.status, answer)
  byId('history-hint').textContent = items.length > 0 ? '' : hint
  byId('history-heading').focus()
}

/** @param {ReturnType<typeof changeWords>} change */
function historyItem({ what, when, details }) {
  const item = document.createElement('li')
  const [head, time, rest] = [
    element('b', what),
    element('time', when.toLocaleString()),
    element('small', details),
  ]
  time.setAttribute('datetime', when.toISOString())
  item.append(head, ' ', time, rest)
  return item
}

function show() {
  const all = counts(desk.rows)
  for (const [state, count] of Object.entries({
    ...all,
    taken: all.held + all.booked + all.off + all.other,
  })) {
    const place = document.getElementById(`count-${state}`)
    if (place !== null) place.textContent = count.toLocaleString('en')
  }
  const rows = found(desk.rows, desk)
  const focused = document.activeElement?.id ?? ''
  byId('rows').replaceChildren(...rows.slice(0, desk.shown).map(rowElement))
  // A table that is drawn anew must not lose the place of whoever goes through it by keys.
  if (focused.startsWith('row ')) document.getElementById(focused)?.focus()
  byId('none').hidden = rows.length > 0
  byId('more').hidden = rows.length <= desk.shown
  byId('more').textContent = `Show more of ${rows.length.toLocaleString('en')}`
  showChosen()
  showTimes()
}

function showChosen() {
  const of = (/** @type {Row['state'][]} */ ...states) => chosen(states).length
  disable('release', of('held', 'booked', 'other') === 0)
  disable('block', of('free') === 0)
  disable('unblock', of('off') === 0)
  byId('chosen').textContent = desk.chosen.size === 0 ? '' : `${desk.chosen.size} chosen`
  const rows = visible()
  const box = /** @type {HTMLInputElement} */ (byId('all'))
  box.checked = rows.length > 0 && rows.every(({ id }) => desk.chosen.has(id))
}

/** @param {Row} row */
function rowElement(row) {
  const { id, label, state, quantity, category, holdToken, extraData } = row
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.id = `row box ${id}`
  box.checked = desk.chosen.has(id)
  box.setAttribute('aria-label', `Choose ${label}`)
  box.addEventListener('change', () => {
    choose(id, box.checked)
    showChosen()
  })
  const history = document.createElement('button')
  history.type = 'button'
  history.id = `row history ${id}`
  history.textContent = 'History'
  history.setAttribute('aria-label', `History of ${label}`)
  history.addEventListener('click', () => void showHistory(label))
  const name = document.createElement('th')
  name.scope = 'row'
  name.append(
    quantity === undefined ? label : `${label}, ${quantity} places`,
    element('small', category ?? ''),
  )
  const badge = element('span', stateWords[state])
  badge.className = `state is-${state}`
  const time = element('td', '')
  time.className = 'left'
  time.dataset['endsAt'] = row.endsAt === undefined ? '' : String(row.endsAt)
  const line = document.createElement('tr')
  const who = element('td', [holdToken, extraWords(extraData)].filter(Boolean).join(' · '))
  line.append(cell(box), name, cell(badge), time, who, cell(history))
  return line
}

/** @param {string} id @param {boolean} isChosen */
function choose(id, isChosen) {
  if (isChosen) desk.chosen.add(id)
  else desk.chosen.delete(id)
}

/** Deadlines are the server's, and so is the time. */
function showTimes() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll('td.left')
  )) {
    const endsAt = Number(place.dataset['endsAt'])
    if (place.dataset['endsAt'] === '') continue
    const seconds = Math.max(0, Math.ceil((endsAt - Date.now() - desk.ahead) / 1000))
    const minutes = Math.floor(seconds / 60)
    place.textContent = `${minutes}:${String(seconds % 60).padStart(2, '0')}`
  }
}

function showStates() {
  const choices = {
    taken: 'All but free',
    held: stateWords.held,
    booked: stateWords.booked,
    off: stateWords.off,
    free: stateWords.free,
  }
  for (const [state, words] of Object.entries(choices)) {
    const label = document.createElement('label')
    const radio = document.createElement('input')
    radio.type = 'radio'
    radio.name = 'state'
    radio.checked = state === desk.state
    radio.addEventListener('change', () => {
      desk.state = state
      desk.shown = PAGE
      show()
    })
    const count = element('b', '')
    count.id = `count-${state}`
    label.append(radio, ` ${words} `, count)
    byId('states').append(label)
  }
}

function visible() {
  return found(desk.rows, desk).slice(0, desk.shown)
}

/** @param {Row['state'][]} states */
function chosen(states) {
  return desk.rows.filter(({ id, state }) => desk.chosen.has(id) && states.includes(state))
}

/** @param {readonly Row[]} rows */
function number(rows) {
  const [first] = rows
  return rows.length === 1 && first !== undefined ? first.label : `${rows.length} objects`
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {Record<string, string>} [headers]
 */
function call(method, path, body, headers = {}) {
  const isSeatBuilder = path.startsWith('/api/')
  const key = isSeatBuilder
    ? { 'X-Api-Key': SECRET_KEY }
    : { Authorization: `Basic ${btoa(`${SECRET_KEY}:`)}` }
  const sent = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return fetch(path, {
    method,
    headers: { ...key, ...sent, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** @param {string} words @returns {Promise<boolean>} */
function isSure(words) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('sure'))
  byId('sure-words').textContent = words
  return new Promise((resolve) => {
    let answer = false
    byId('sure-yes').onclick = () => {
      answer = true
      dialog.close()
    }
    byId('sure-no').onclick = () => dialog.close()
    dialog.onclose = () => resolve(answer)
    dialog.showModal()
  })
}

/** @param {string} words @param {boolean} isGood */
function live(words, isGood) {
  if (byId('live').textContent !== words) byId('live').textContent = words
  byId('live').className = isGood ? 'is-live' : 'is-bad'
}

/** @param {string} id @param {boolean} isDisabled */
function disable(id, isDisabled) {
  const button = /** @type {HTMLButtonElement} */ (byId(id))
  button.disabled = isDisabled
}

/** @param {string} name @param {string} text */
function element(name, text) {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** @param {Node} content */
function cell(content) {
  const made = document.createElement('td')
  made.append(content)
  return made
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}
