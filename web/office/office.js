// A back office for one event: who holds what and for how long, what is booked and for whom, and what can be done about it.
//
// 1. Once a second the snapshot of the event is asked for, with the tag of the last one: while nothing happens, nothing is sent.
// 2. When something has happened, the event's status says who has what, and the table is drawn anew.
// 3. What is chosen can be released, taken off sale, or put on sale again.

import { call } from './api.js'
import {
  changeWords,
  clock,
  counts,
  found,
  refusalWords,
  releasesOf,
  rowsOf,
  saleEditOf,
  stateWords,
} from './desk.js'
import { byId, disable, historyLine, isSure, say, stateChoice, tableLine } from './page.js'

/** @typedef {import('./desk.js').Row} Row */

const eventKey = new URLSearchParams(location.search).get('event') || 'evt_demo'
const event = encodeURIComponent(eventKey)

/** Rows that are shown, until more are asked for. */
const PAGE = 100

const states = { taken: 'All but free', ...stateWords }

const desk = {
  rows: /** @type {Row[]} */ ([]),
  tag: '',
  state: /** @type {keyof typeof states} */ ('taken'),
  search: '',
  shown: PAGE,
  chosen: /** @type {Set<string>} */ (new Set()),
  /** Milliseconds by which the server's clock is ahead of this one. */
  ahead: 0,
}

for (const name of /** @type {(keyof typeof states)[]} */ (Object.keys(states))) {
  const choose = () => wish({ state: name })
  byId('states').append(stateChoice(states[name], { name, isChosen: name === desk.state, choose }))
}
byId('search').addEventListener('input', (input) => {
  wish({ search: /** @type {HTMLInputElement} */ (input.target).value })
})
byId('more').addEventListener('click', () => wish({ shown: desk.shown + PAGE }))
byId('all').addEventListener('change', (change) => {
  const { checked } = /** @type {HTMLInputElement} */ (change.target)
  for (const { id } of visible()) choose(id, checked)
  show()
})
byId('release').addEventListener('click', () => void act(release))
byId('block').addEventListener('click', () => void act(() => setSale('notForSale')))
byId('unblock').addEventListener('click', () => void act(() => setSale('forSale')))
setInterval(showTimes, 1000)
void follow()

async function follow() {
  try {
    if (document.visibilityState === 'visible') await read()
  } catch {
    live('The server is not reached: what you see is old.', false)
  }
  setTimeout(() => void follow(), 1000)
}

async function read() {
  const headers = desk.tag === '' ? {} : { 'If-None-Match': desk.tag }
  const path = `/api/v1/events/${event}`
  const {
    ok,
    status,
    tag,
    answer: snapshot,
  } = await call('GET', `${path}/snapshot?labels=true`, { headers })
  if (status === 304) return live('Live', true)
  if (!ok) {
    desk.tag = ''
    desk.rows = []
    show()
    return live(refusalWords(status, snapshot), false)
  }
  const [named, taken] = [await call('GET', path), await call('GET', `${path}/status`)]
  if (!taken.ok) return live(refusalWords(taken.status, taken.answer), false)
  say('name', named.answer.name ?? eventKey)
  desk.tag = tag
  desk.ahead = Date.parse(snapshot.serverTime) - Date.now()
  desk.rows = rowsOf(snapshot, taken.answer.objects)
  const known = new Set(desk.rows.map(({ id }) => id))
  for (const id of desk.chosen) if (!known.has(id)) desk.chosen.delete(id)
  live('Live', true)
  show()
}

/** @param {() => Promise<string | undefined>} change Answers what is to be said of it; nothing where it was not meant. */
async function act(change) {
  const words = await change().catch(() => 'The server was not reached: look before you try again.')
  if (words === undefined) return
  byId('said').textContent = words
  desk.chosen.clear()
  show()
}

async function release() {
  const rows = chosen(['held', 'booked', 'other'])
  const held = rows.filter(({ state }) => state === 'held').length
  const lost = held === 0 ? '' : ` In a buyer’s basket now: ${held}.`
  if (!(await isSure(`Release ${number(rows)}? Whoever has it loses it.${lost}`))) return undefined
  for (const body of releasesOf(rows)) {
    const { ok, status, answer } = await call('POST', `/api/v1/events/${event}/seats/release`, {
      body,
    })
    if (!ok) return refusalWords(status, answer)
  }
  return `Released: ${number(rows)}.`
}

/**
 * Many objects are put on or off sale at once: an event's sale may be changed ten times a day.
 *
 * @param {'forSale' | 'notForSale'} list
 */
async function setSale(list) {
  const rows = chosen([list === 'forSale' ? 'off' : 'free'])
  const path = `/events/${event}/actions/edit-for-sale-config`
  const { ok, status, answer } = await call('POST', path, { body: saleEditOf(list, rows) })
  if (!ok) return refusalWords(status, answer)
  const now = list === 'forSale' ? 'On sale again' : 'Off sale'
  const left = answer.rateLimitInfo.rateLimitRemainingCalls
  return `${now}: ${number(rows)}. What is for sale may be changed ${left} more times today.`
}

/** @param {string} label */
async function showHistory(label) {
  say('history-heading', `History of ${label}`)
  const path = `/events/${event}/objects/${encodeURIComponent(label)}/status-changes`
  const { ok, status, answer } = await call('GET', path)
  const changes = ok ? answer.items.map(changeWords) : []
  byId('history').replaceChildren(...changes.map(historyLine))
  const hint = ok ? 'Nothing has happened to it yet.' : refusalWords(status, answer)
  say('history-hint', changes.length > 0 ? '' : hint)
  byId('history-heading').focus()
  return undefined
}

/** @param {Partial<typeof desk>} wanted */
function wish(wanted) {
  Object.assign(desk, { shown: PAGE }, wanted)
  show()
}

function show() {
  for (const [state, count] of Object.entries(counts(desk.rows))) {
    say(`count-${state}`, count.toLocaleString('en'))
  }
  const rows = found(desk.rows, desk)
  const focused = document.activeElement?.id ?? ''
  byId('rows').replaceChildren(...rows.slice(0, desk.shown).map(lineOf))
  // A table that is drawn anew must not lose the place of whoever goes through it by keys.
  if (focused.startsWith('row ')) document.getElementById(focused)?.focus()
  byId('none').hidden = rows.length > 0
  byId('more').hidden = rows.length <= desk.shown
  say('more', `Show more of ${rows.length.toLocaleString('en')}`)
  showChosen()
  showTimes()
}

/** @param {Row} row */
function lineOf(row) {
  return tableLine(row, {
    isChosen: desk.chosen.has(row.id),
    choose: (isChosen) => {
      choose(row.id, isChosen)
      showChosen()
    },
    showHistory: () => void act(() => showHistory(row.label)),
  })
}

function showChosen() {
  disable('release', chosen(['held', 'booked', 'other']).length === 0)
  disable('block', chosen(['free']).length === 0)
  disable('unblock', chosen(['off']).length === 0)
  say('chosen', desk.chosen.size === 0 ? '' : `Chosen: ${desk.chosen.size}`)
  const rows = visible()
  const box = /** @type {HTMLInputElement} */ (byId('all'))
  box.checked = rows.length > 0 && rows.every(({ id }) => desk.chosen.has(id))
}

/** Deadlines are the server's, and so is the time. */
function showTimes() {
  const places = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll('[data-ends-at]')
  )
  for (const place of places) {
    const left = Number(place.dataset['endsAt']) - Date.now() - desk.ahead
    place.textContent = clock(left / 1000)
  }
}

function visible() {
  return found(desk.rows, desk).slice(0, desk.shown)
}

/** @param {Row['state'][]} states */
function chosen(states) {
  return desk.rows.filter(({ id, state }) => desk.chosen.has(id) && states.includes(state))
}

/**
 * @param {string} id
 * @param {boolean} isChosen
 */
function choose(id, isChosen) {
  if (isChosen) desk.chosen.add(id)
  else desk.chosen.delete(id)
}

/** @param {readonly Row[]} rows */
function number(rows) {
  const [first] = rows
  return rows.length === 1 && first !== undefined ? first.label : `${rows.length} objects`
}

/**
 * @param {string} words
 * @param {boolean} isGood
 */
function live(words, isGood) {
  say('live', words)
  byId('live').className = isGood ? 'is-live' : 'is-bad'
}
