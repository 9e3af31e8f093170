// A waiting room: takes a place, looks now and then whose turn it is, and leads to the shop with the token. Any queue can stand behind
// it that answers these two calls; that of the local product is `local/demo/waiting-room.ts`.

import { keepToken } from './admission.js'

/**
 * Where somebody stands; `turn` names it the first time, and the token comes when it is theirs.
 *
 * @typedef {{ readonly place: number, readonly turn?: string, readonly admissionToken?: string }} Place
 */

/** Milliseconds between two looks. */
const LOOK_MS = 1_000

const event = new URLSearchParams(location.search).get('event') ?? 'evt_demo'
const turns = '/queue/turns'
const turnName = `turn of ${event}`

void wait()

async function wait() {
  for (;;) {
    try {
      if (await look()) return
      tell('said', '')
    } catch {
      tell('said', 'The waiting room is not reached. Your place is kept: this page tries again.')
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Whether this tab was let in. */
async function look() {
  const turn = sessionStorage.getItem(turnName)
  const answer = await (turn === null
    ? ask(turns, 'POST')
    : ask(`${turns}/${turn}?event=${encodeURIComponent(event)}`, 'GET'))
  if (answer === undefined) {
    sessionStorage.removeItem(turnName)
    return false
  }
  const { place, turn: taken, admissionToken } = answer
  if (taken !== undefined) sessionStorage.setItem(turnName, taken)
  if (admissionToken === undefined) {
    tell('place', place > 1 ? `${place - 1} before you in the line.` : 'You are next.')
    return false
  }
  // A turn is good once: whoever comes back queues again.
  sessionStorage.removeItem(turnName)
  keepToken(event, admissionToken)
  tell('place', 'It is your turn.')
  location.replace(`/${location.search}`)
  return true
}

/**
 * What the queue answers; undefined where it does not know the turn.
 *
 * @param {string} path
 * @param {string} method
 * @returns {Promise<Place | undefined>}
 */
async function ask(path, method) {
  const response = await fetch(path, { method, cache: 'no-store' })
  if (response.status === 404 && method === 'GET') return undefined
  if (!response.ok) throw new Error(`The queue answered ${response.status}`)
  return response.json()
}

/** @param {string} id @param {string} text */
function tell(id, text) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id))
  element.textContent = text
  element.hidden = text === ''
}
