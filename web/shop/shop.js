// A small storefront. The map chooses and holds seats by itself; the shop adds prices, a basket, and the booking.
//
// Labels of seats are whatever somebody drew: they go into the page as text, never as HTML.

import { forgetToken, queueAt, tokenFor } from './admission.js'
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
} from './order.js'

/**
 * @typedef {import('./order.js').Selected} Selected
 * @typedef {import('./order.js').Attempt} Attempt
 */

const map = /** @type {import('../seat-map.ts').SeatMapElement} */ (
  document.querySelector('holdfast-seat-map')
)
const shown = shownBy(location.search)

/** @type {Attempt | undefined} */
let attempt

if (customElements.get('holdfast-seat-map') === undefined) {
  tell('broken', 'The seat map did not load. Reload the page, or look at the log of npm start.')
} else start()

function start() {
  if (shown.event !== '') map.event = shown.event
  if (shown.key !== '') map.key = shown.key
  if (shown.isDemo) map.prices = prices
  map.showBasket = false
  // Where a waiting room is in front, who has no token of it goes there; what is held stays held meanwhile.
  map.admissionToken = () => tokenFor(map.event)
  map.addEventListener('holdfast-admission', (event) => {
    event.preventDefault()
    forgetToken(map.event)
    location.assign(queueAt(location.search, map.event))
  })
  for (const name of ['basket', 'selected', 'deselected', 'held', 'released', 'expired']) {
    map.addEventListener(`holdfast-${name}`, showBasket)
  }
  map.addEventListener('holdfast-loaded', (event) => showEvent(event.detail.name))
  map.addEventListener('holdfast-expired', (event) => {
    tell('seen', `No longer yours: ${event.detail.objects.map(placeOf).join('; ')}.`)
  })
  map.addEventListener('holdfast-refused', (event) => {
    const labels = event.detail.refused.map(({ label }) => label).filter((label) => label !== '')
    tell('seen', labels.length === 0 ? '' : `Somebody else was faster: ${labels.join(', ')}.`)
  })
  map.addEventListener('holdfast-held', () => tell('seen', ''))
  map.addEventListener('holdfast-status', () => showBasket())
  byId('pay').addEventListener('click', () => void pay())
  byId('clear').addEventListener('click', () => void startOver())
  byId('again').addEventListener('click', () => void startOver())
  setInterval(showTime, 250)
  showBasket()
}

/** @param {string | undefined} name */
function showEvent(name) {
  byId('name').textContent = name ?? map.event
  document.title = `${name ?? map.event}: tickets`
  byId('facts').hidden = !shown.isDemo
  tell('other', shown.isDemo ? '' : `Event ${map.event} of this machine`)
  const query = location.search
  for (const link of document.querySelectorAll('a[href^="/office"]')) {
    const event = new URLSearchParams(query).get('event')
    if (event !== null) link.setAttribute('href', `/office?event=${encodeURIComponent(event)}`)
  }
}

function showBasket() {
  const lines = map.selection
  byId('lines').replaceChildren(...lines.map((line) => lineOf(line, true)))
  byId('empty').hidden = lines.length > 0
  byId('clear').hidden = lines.length === 0
  const sum = sumOf(lines)
  byId('sum').hidden = lines.length === 0 || sum === undefined
  byId('total').textContent = sum === undefined ? '' : money(sum)
  const pay = button('pay')
  pay.textContent = sum === undefined ? 'Book' : lines.length === 0 ? 'Pay' : `Pay ${money(sum)}`
  pay.disabled = lines.length === 0 || map.status !== 'live' || pay.ariaBusy === 'true'
  showTime()
}

function showTime() {
  const seconds = map.secondsLeft
  byId('time').hidden = seconds === undefined
  if (seconds === undefined) return
  const text = clock(seconds)
  if (byId('left').textContent === text) return
  byId('left').textContent = text
  byId('time').classList.toggle('is-short', seconds <= 60)
  if (Math.ceil(seconds) === 60) tell('said', 'One minute is left to pay.')
}

/**
 * @param {Selected} line
 * @param {boolean} canGo
 */
function lineOf(line, canGo) {
  const item = document.createElement('li')
  const what = document.createElement('span')
  const kind = document.createElement('small')
  kind.textContent = ticketOf(line)
  what.append(placeOf(line), kind)
  const price = document.createElement('span')
  price.className = 'price'
  price.textContent = line.price === undefined ? '' : money(line.price * line.quantity)
  item.append(what, price)
  if (canGo) {
    const remove = document.createElement('button')
    remove.type = 'button'
    remove.className = 'remove'
    remove.textContent = '×'
    remove.setAttribute('aria-label', `Give back ${placeOf(line)}`)
    remove.addEventListener('click', () => void giveBack(line.label))
    item.append(remove)
  }
  return item
}

/** @param {string} label */
async function giveBack(label) {
  await map.deselect(label)
  // The button that had the focus is gone.
  const next = byId('lines').querySelector('button') ?? byId('seats')
  next.focus()
}

/** Books what is held. A real shop takes the money first, and books from its server, with its secret key. */
async function pay() {
  const pay = button('pay')
  pay.ariaBusy = 'true'
  pay.disabled = true
  tell('seen', '')
  tell('said', 'Booking …')
  attempt = attemptFor(map.selection, map.holdToken ?? '', attempt)
  try {
    await book(attempt)
  } catch {
    tell('said', AGAIN)
  } finally {
    pay.ariaBusy = 'false'
    showBasket()
  }
}

/** @param {Attempt} made */
async function book(made) {
  const event = encodeURIComponent(map.event)
  const response = await fetch(`${map.server}/api/v1/events/${event}/seats/book`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Api-Key': map.key,
      'Idempotency-Key': made.idempotencyKey,
    },
    body: made.body,
  })
  const answer = await response.json()
  if (response.ok) {
    attempt = undefined
    // Sold, by whom the map does not know: it lets go of them, and shows them as everybody else's.
    map.forgetBasket()
    showBooked(made)
    return
  }
  const { words, isOver, lost = [] } = refusalOf(response.status, answer)
  if (isOver) attempt = undefined
  tell('said', words)
  // Sooner or later the map would find out by itself.
  await map.deselect(lost)
}

/** @param {Attempt} made */
function showBooked({ orderId, lines }) {
  tell('said', '')
  byId('number').textContent = orderId
  byId('tickets').replaceChildren(...lines.map((line) => lineOf(line, false)))
  byId('basket').hidden = true
  byId('booked').hidden = false
  byId('booked-heading').focus()
}

async function startOver() {
  attempt = undefined
  tell('seen', '')
  tell('said', '')
  byId('basket').hidden = false
  byId('booked').hidden = true
  await map.startNewSession()
  byId('seats').focus()
}

/** @param {string} id @param {string} text */
function tell(id, text) {
  byId(id).textContent = text
  // What is listened to must be there before it says something.
  if (id !== 'said') byId(id).hidden = text === ''
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/** @param {string} id */
function button(id) {
  return /** @type {HTMLButtonElement} */ (document.getElementById(id))
}
