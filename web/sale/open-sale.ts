import { openChanges } from './changes.ts'
import { openEvents } from './events.ts'
import { openFollow } from './follow.ts'
import { openHall, passTime, nextInHall, placesLeft, shownLetter, toldLetter } from './hall.ts'
import { openPurse } from './purse.ts'
import { openRequests } from './requests.ts'
import type { Sale, SaleOptions, Surroundings } from './sale.ts'
import { openServerClock } from './server-clock.ts'
import { openTill } from './till.ts'
import { TIMER_MS_MAX } from './times.ts'

/** Opens the sale of an event; nothing is asked before `start`. It throws nothing, whatever the server says. */
export function openSale(options: SaleOptions, around: Surroundings): Sale {
  const { eventKey } = options
  const clock = openServerClock(around)
  const events = openEvents(around)
  const hall = openHall()
  const ask = openRequests(options, around, clock)
  const changes = openChanges(ask, around)
  const purse = openPurse({ options, around, hall, clock, events })
  let callOff = () => {}
  const tell = () => {
    const labels = [...hall.changed]
    hall.changed.clear()
    if (labels.length > 0) events.emit('changed', labels)
  }
  /** Lets happen what the clock brings, and waits for the next of it. */
  const pass = () => {
    callOff()
    passTime(hall, clock.now())
    purse.pass()
    tell()
    const next = Math.min(nextInHall(hall), purse.nextEnd())
    if (next === Infinity) return
    const delay = Math.max(1, Math.ceil(next - clock.now()))
    callOff = around.later(Math.min(delay, TIMER_MS_MAX), pass)
  }
  const follow = openFollow({
    ...{ around, eventKey, ask, clock, hall },
    onLoaded: (event) => {
      events.emit('loaded', event)
    },
    onTold: (toldAt) => {
      purse.check(toldAt)
      pass()
      void changes.inTurn(() => changes.settle())
    },
    onConnection: (connection) => {
      if (connection === 'gone') purse.empty()
      events.emit('connection', connection)
    },
  })
  const till = openTill({ ...{ options, changes, hall, clock, purse, events, follow }, tell, pass })
  return {
    ...till,
    start() {
      purse.open()
      follow.start()
    },
    stop() {
      follow.stop()
      callOff()
      purse.close()
    },
    reload: () => {
      follow.reload()
    },
    on: (name, call) => events.on(name, call),
    letterOf: (label) =>
      purse.has(label) && toldLetter(hall, label) !== 'a' ? 'h' : shownLetter(hall, label),
    leftOf: (label) => placesLeft(hall, label, (options.channels ?? []).length > 0),
    get connection() {
      return follow.connection
    },
    get basket() {
      return purse.tell()
    },
    serverNow: () => clock.now(),
  }
}
