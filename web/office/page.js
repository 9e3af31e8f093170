// Pieces of the office's page. Whatever buyers and drawings call things becomes text, never HTML.

import { extraWords, stateWords } from './desk.js'

/** @typedef {import('./desk.js').Row} Row */

/**
 * A line of the table.
 *
 * @param {Row} row
 * @param {{ isChosen: boolean, choose: (isChosen: boolean) => void, showHistory: () => void }} acts
 */
export function tableLine(row, { isChosen, choose, showHistory }) {
  const { id, label, state, quantity, category, holdToken, extraData, endsAt } = row
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.id = `row box ${id}`
  box.checked = isChosen
  box.setAttribute('aria-label', `Choose ${label}`)
  box.addEventListener('change', () => choose(box.checked))
  const history = document.createElement('button')
  history.type = 'button'
  history.id = `row history ${id}`
  history.textContent = 'History'
  history.setAttribute('aria-label', `History of ${label}`)
  history.addEventListener('click', showHistory)
  const name = document.createElement('th')
  name.scope = 'row'
  const what = quantity === undefined ? label : `${label}, ${quantity} places`
  name.append(what, element('small', category ?? ''))
  const badge = element('span', stateWords[state])
  badge.className = `state is-${state}`
  const left = element('td', '')
  if (endsAt !== undefined) left.dataset['endsAt'] = String(endsAt)
  const who = element('td', [holdToken, extraWords(extraData)].filter(Boolean).join(' · '))
  const line = document.createElement('tr')
  line.append(cell(box), name, cell(badge), left, who, cell(history))
  return line
}

/**
 * One change of a seat.
 *
 * @param {{ what: string, when: Date, details: string }} change
 */
export function historyLine({ what, when, details }) {
  const item = document.createElement('li')
  const time = element('time', when.toLocaleString())
  time.setAttribute('datetime', when.toISOString())
  item.append(element('b', what), ' ', time, element('small', details))
  return item
}

/**
 * A choice of what is shown, with the number of what there is.
 *
 * @param {string} words
 * @param {{ name: string, isChosen: boolean, choose: () => void }} acts
 */
export function stateChoice(words, { name, isChosen, choose }) {
  const label = document.createElement('label')
  const radio = document.createElement('input')
  radio.type = 'radio'
  radio.name = 'state'
  radio.checked = isChosen
  radio.addEventListener('change', choose)
  const count = element('b', '')
  count.id = `count-${name}`
  label.append(radio, ` ${words} `, count)
  return label
}

/**
 * Asks whether something is really meant.
 *
 * @param {string} words
 * @returns {Promise<boolean>}
 */
export function isSure(words) {
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

/**
 * Changes a text only where it is another: what listens to the page hears of it once.
 *
 * @param {string} id
 * @param {string} text
 */
export function say(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text
}

/**
 * @param {string} id
 * @param {boolean} isDisabled
 */
export function disable(id, isDisabled) {
  const button = /** @type {HTMLButtonElement} */ (byId(id))
  button.disabled = isDisabled
}

/** @param {string} id */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id))
}

/**
 * @param {string} name
 * @param {string} text
 */
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
