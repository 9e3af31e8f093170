import { openAlarm } from './alarm.ts'
import { openChanges } from './changes.ts'
import { openEvents, type Events } from './events.ts'
import { openFollow } from './follow.ts'
import {
  openHall,
  passTime,
  nextInHall,
  placesLeft,
  shownLetter,
  toldLetter,
  type Hall,
} from './hall.ts'
import { openPurse } from './purse.ts'
import { openRequests } from './requests.ts'
import type { Sale, SaleOptions, Surroundings } from './sale.ts'
import { openServerClock } from './server-clock.ts'
import { openTill } from './till.ts'

/** Opens the sale of an event; nothing is asked before `start`. It throws nothing, whatever the server says. */
export function openSale(options: SaleOptions, around: Surroundings): Sale {
  const clock = openServerClock(around)
  const events = openEvents(around)
  const hall = openHall(options.channels)
  const ask = openRequests(options, around, clock)
  const changes = openChanges(ask, around, () => follow.connection === 'live')
  const purse = openPurse({ options, around, hall, clock, events })
  const isMine = (label: string) => purse.has(label) && toldLetter(hall, label) !== 'a'
  const alarm = openAlarm(around, clock)
  const tell = tellerOf(hall, events)
  const pass = () => {
    passTime(hall, clock.now())
    purse.pass()
    tell()
    alarm.set(Math.min(nextInHall(hall), purse.nextEnd()), pass)
  }
  const follow = openFollow({
    ...{ around, eventKey: options.eventKey, ask, clock, hall },
    isDoubtful: () => purse.items().some(({ isSeen }) => !isSeen),
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
      pass()
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
      alarm.set(Infinity, pass)
      purse.close()
    },
    reload: () => {
      follow.reload()
    },
    on: (name, call) => events.on(name, call),
    letterOf: (label) => (isMine(label) ? 'h' : shownLetter(hall, label)),
    leftOf: (label) => placesLeft(hall, label),
    get connection() {
      return follow.connection
    },
    get basket() {
      return purse.tell()
    },
    serverNow: () => clock.now(),
  }
}

/** Tells what looks different since it told last. */
function tellerOf(hall: Hall, events: Events): () => void {
  return () => {
    const labels = [...hall.changed]
    hall.changed.clear()
    if (labels.length > 0) events.emit('changed', labels)
  }
}
