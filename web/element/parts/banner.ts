import type { Desk, Status } from '../desk.ts'
import type { Word } from '../words/messages.ts'

const words: Readonly<Partial<Record<Status, Word>>> = {
  loading: 'loading',
  offline: 'offline',
  refused: 'refused',
  gone: 'gone',
  broken: 'broken',
}

/** What is told above the map while it is not the truth, with a way out where there is one. */
export function makeBanner(desk: Desk, retry: () => void): HTMLElement {
  const { make } = desk
  const text = make('span')
  const button = make('button', { type: 'button' })
  button.addEventListener('click', retry)
  const element = make('div', { class: 'banner', role: 'status' }, [text, button])
  desk.keep(() => {
    const { say } = desk.words()
    const status = desk.status()
    const hall = desk.hall()
    const isEmpty = status === 'live' && hall !== undefined && hall.scene.objects.length === 0
    // What was never shown is not out of date.
    const isUnreached = status === 'offline' && hall === undefined
    const word = isEmpty ? 'nothingToSell' : isUnreached ? 'unreached' : words[status]
    element.dataset['status'] = status
    element.classList.toggle('quiet', word === undefined)
    text.textContent = word === undefined ? '' : say(word)
    button.textContent = say('retry')
    button.hidden = word === undefined || status === 'loading'
  })
  return element
}
