import type { Desk } from '../desk.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** Minutes at which the time that is left is said aloud. */
const saidAt = [5, 2, 1]

/** The time for which the basket is held, each second for the eye and three times for the ear. */
export function makeCountdown(desk: Desk): HTMLElement {
  const { make } = desk
  const time = make('span', { class: 'time' })
  const name = make('span', { class: 'muted' })
  const element = make('p', { class: 'countdown', role: 'timer', 'aria-live': 'off' }, [name, time])
  let callOff: () => void = () => undefined
  let before = Infinity
  const tick = () => {
    callOff()
    const { expiresAt } = desk.sale.basket
    element.hidden = expiresAt === undefined
    if (expiresAt === undefined) {
      before = Infinity
      return
    }
    const left = Math.max(0, expiresAt - desk.sale.serverNow())
    time.textContent = clockOf(left)
    element.classList.toggle('soon', left <= MINUTE)
    const minutes = saidNow(before, left)
    if (minutes !== undefined) desk.say(desk.words().say('saidMinutes', { n: minutes }))
    before = left
    callOff = desk.later(left === 0 ? SECOND : (left % SECOND) + 1, tick)
  }
  desk.keep(() => {
    name.textContent = desk.words().say('timeLeft')
    tick()
  })
  return element
}

/** The minutes to say, when the time that is left has just come below them. */
export function saidNow(before: number, left: number): number | undefined {
  return saidAt.find(
    (minutes) => before > minutes * MINUTE && left <= minutes * MINUTE && before < Infinity,
  )
}

/** Minutes and seconds, which all our languages write alike. */
export function clockOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / SECOND)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}
