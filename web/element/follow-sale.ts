import { defined } from '../../lib/defined.ts'
import type { Paint } from '../picture/picture.ts'
import type { LoadedEvent } from '../sale/sale.ts'
import type { Desk } from './desk.ts'
import { openHall } from './hall.ts'
import type { Known } from './known.ts'
import type { MapNeeds, MapPlace } from './open-map.ts'
import { tellSale } from './tell-sale.ts'

interface Follows {
  readonly place: Pick<MapPlace, 'view' | 'tell' | 'note' | 'settings'>
  readonly needs: Pick<MapNeeds, 'readScene'>
  readonly known: Known
  readonly repaint: (labels?: readonly string[]) => void
  readonly paint: () => Paint
}

/** Shows what the sale tells: a drawing once, letters as they change, and the connection as it is. */
export function followSale(desk: Desk, follows: Follows): void {
  const { sale, choice, signal } = desk
  const { place, repaint } = follows
  let basket: readonly string[] = []
  let before = sale.connection
  const endings = [
    sale.on('loaded', (event) => {
      show(desk, follows, event)
    }),
    sale.on('changed', (labels) => {
      choice.settle(labels)
      repaint(labels)
    }),
    sale.on('basket', ({ items }) => {
      const labels = items.map(({ label }) => label)
      repaint([...basket, ...labels])
      basket = labels
    }),
    sale.on('connection', (status) => {
      if (status === 'live' && before === 'offline') desk.say(desk.words().say('saidLive'))
      before = status
      place.tell('holdfast-status', { status })
      desk.refresh()
    }),
  ]
  signal.addEventListener('abort', () => {
    for (const end of endings) end()
  })
  tellSale(desk, place.tell)
}

function show(desk: Desk, { place, needs, known, paint }: Follows, event: LoadedEvent): void {
  const { drawing, eventKey, name, categories, objectCategories } = event
  try {
    const scene = needs.readScene(drawing, defined({ categories, objectCategories }))
    known.hall = openHall({
      ...{ scene, paint },
      sale: desk.sale,
      settings: desk.settings,
      chosen: desk.choice,
      wanted: () => desk.wanted,
      words: desk.words,
      complain: complaints(place),
    })
    known.isBroken = false
    known.floor = 0
    desk.picture.show(scene, known.hall)
    if (scene.notes.length > 0)
      place.note('Holdfast: of this drawing not everything is shown', scene.notes)
    place.tell('holdfast-loaded', { eventKey, name, notes: scene.notes })
  } catch (fault) {
    known.isBroken = true
    place.note('Holdfast: the drawing cannot be shown', fault)
    place.tell('holdfast-error', { code: 'drawing_unreadable', message: String(fault) })
  }
  desk.refresh()
}

/** Tells of each fault of the page's callbacks once: they are asked for every seat. */
function complaints({ tell, note }: Pick<MapPlace, 'tell' | 'note'>): (fault: unknown) => void {
  const told = new Set<string>()
  return (fault) => {
    const message = String(fault)
    if (told.has(message)) return
    told.add(message)
    note('Holdfast: a callback of this page has failed', fault)
    tell('holdfast-error', { code: 'callback_failed', message })
  }
}
