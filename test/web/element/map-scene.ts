import { Window } from 'happy-dom'
import type { Picture, PictureHandlers } from '../../../web/picture/picture.ts'
import type { Looks } from '../../../web/picture/picture.ts'
import { readScene } from '../../../web/scene/read-scene.ts'
import type { Scene } from '../../../web/scene/scene.ts'
import type { SeatMapElement } from '../../../web/element/element-type.ts'
import type { MapNeeds } from '../../../web/element/open-map.ts'
import type { SeatMapEvents } from '../../../web/element/public.ts'
import { seatMapClass } from '../../../web/element/seat-map-element.ts'
import { cleanUps } from '../../support/clean-ups.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openSaleScene, type SaleScene, type Tab } from '../sale/sale-scene.ts'

/** A picture that nobody sees: what it was asked, and hands to point at it. */
export interface ShownPicture {
  readonly asked: string[]
  readonly handlers: PictureHandlers
  scene: Scene
  looks: Looks
}

/** A page with a map on it, over the real sale of a real server. */
export interface MapScene extends Omit<SaleScene, 'told'> {
  readonly window: Window
  readonly element: SeatMapElement
  /** The tab whose sale it is, and the picture that it shows; of the last that were opened. */
  readonly tab: () => Tab
  readonly picture: () => ShownPicture
  /** What the page was told, by name. */
  readonly told: { readonly name: keyof SeatMapEvents; readonly detail: unknown }[]
  readonly heard: <Name extends keyof SeatMapEvents>(name: Name) => SeatMapEvents[Name][]
  readonly noted: unknown[][]
  /** Elements in the shadow of the map. */
  readonly all: (selector: string) => HTMLElement[]
  readonly one: (selector: string) => HTMLElement
  readonly button: (name: string) => HTMLElement
  /** What is under a label is clicked on the picture. */
  readonly click: (label: string) => Promise<void>
  readonly press: (...keys: string[]) => Promise<void>
  /** Lets what waits for a moment happen; answers what was said to people who do not see. */
  readonly hear: () => Promise<{ readonly polite: string; readonly urgent: string }>
  readonly opened: { readonly sales: number; readonly pictures: number; readonly closed: number }
}

const names: readonly (keyof SeatMapEvents)[] = [
  'holdfast-loaded',
  'holdfast-selected',
  'holdfast-deselected',
  'holdfast-held',
  'holdfast-refused',
  'holdfast-admission',
  'holdfast-released',
  'holdfast-expired',
  'holdfast-basket',
  'holdfast-checkout',
  'holdfast-status',
  'holdfast-error',
]

/** What a map was opened with. */
interface Opened {
  sales: number
  pictures: number
  closed: number
  tab: Tab | undefined
  picture: ShownPicture | undefined
  readonly timers: Set<() => void>
}

/** Opens a page with a map of a drawing, which is read once this answers. */
export async function openMapScene({
  drawing,
  attributes = {},
  prepare = () => undefined,
  isReached = true,
}: {
  readonly drawing?: object
  readonly attributes?: Readonly<Record<string, string>>
  readonly prepare?: (element: SeatMapElement) => void
  /** Whether the server answers at all; else the test lets it. */
  readonly isReached?: boolean
} = {}): Promise<MapScene> {
  const scene = await openSaleScene(drawing)
  const window = new Window({ url: 'http://shop.test/' })
  cleanUps.push(() => window.happyDOM.close())
  const noted: unknown[][] = []
  window.console.info = (...what: unknown[]) => void noted.push(what)
  window.console.warn = (...what: unknown[]) => void noted.push(what)
  const opened: Opened = {
    ...{ sales: 0, pictures: 0, closed: 0, timers: new Set() },
    ...{ tab: undefined, picture: undefined },
  }
  const Base = window.HTMLElement as unknown as typeof HTMLElement
  const Element = seatMapClass(Base, () => needsOf(scene, opened, isReached))
  window.customElements.define('holdfast-seat-map', Element as never)
  const element = window.document.createElement('holdfast-seat-map') as unknown as SeatMapElement
  const told = listenTo(element)
  const given = { key: testKeys.publishable, event: scene.eventKey, ...attributes }
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value)
  prepare(element)
  window.document.body.append(element as never)
  await scene.quiet()
  const page = { ...scene, window, element, opened }
  return { ...page, ...handsOn(page), told, noted, heard: (name) => heardOf(told, name) }
}

function listenTo(element: SeatMapElement): MapScene['told'] {
  const told: MapScene['told'] = []
  for (const name of names) {
    element.addEventListener(name, (event: Event) => {
      told.push({ name, detail: (event as CustomEvent).detail })
    })
  }
  return told
}

function heardOf<Name extends keyof SeatMapEvents>(
  told: MapScene['told'],
  name: Name,
): SeatMapEvents[Name][] {
  return told.filter((it) => it.name === name).map(({ detail }) => detail as SeatMapEvents[Name])
}

function needsOf(scene: SaleScene, opened: Opened, isReached: boolean): MapNeeds {
  return {
    readScene,
    openSale: (options) => {
      opened.sales += 1
      // The server of the scene, at an origin of its own, as pages of others have it.
      opened.tab = scene.open({ ...options, server: 'http://holdfast.test' })
      if (!isReached)
        opened.tab.wire.handle = () => Promise.reject(new TypeError('Failed to fetch'))
      return opened.tab.sale
    },
    openPicture: (_, handlers) => {
      opened.pictures += 1
      const nothing = undefined as never
      opened.picture = { asked: [], handlers, scene: nothing, looks: nothing }
      return pictureOver(opened.picture, opened)
    },
    later: (_, call) => {
      opened.timers.add(call)
      return () => void opened.timers.delete(call)
    },
  }
}

/** What people do with the map, and see of it. */
function handsOn({
  element,
  window,
  opened,
  quiet,
}: Pick<MapScene, 'element' | 'window' | 'quiet'> & { readonly opened: Opened }) {
  const all = (selector: string) => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ]
  const one = (selector: string) => found(all(selector)[0], selector)
  const picture = () => found(opened.picture, 'picture')
  const text = (selector: string) => one(selector).textContent
  return {
    ...{ all, one, picture },
    tab: () => found(opened.tab, 'sale'),
    button: (name: string) => {
      const isNamed = (it: Element) =>
        it.textContent.trim() === name || it.getAttribute('aria-label') === name
      return found(all('button').find(isNamed), name)
    },
    click: async (label: string) => {
      const { handlers, scene } = picture()
      handlers.onPick({ kind: 'object', index: scene.byLabel.get(label) ?? -1 }, { x: 0, y: 0 })
      await quiet()
    },
    press: async (...keys: string[]) => {
      for (const key of keys) {
        const event = new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        one('[role=listbox]').dispatchEvent(event as never)
        await quiet()
      }
    },
    hear: async () => {
      await quiet()
      for (const call of [...opened.timers]) {
        opened.timers.delete(call)
        call()
      }
      return { polite: text('[aria-live=polite]'), urgent: text('[role=alert]') }
    },
  }
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`There is no ${name}.`)
  return thing
}

function pictureOver(shown: ShownPicture, opened: { closed: number }): Picture {
  const ask = (name: string) => (what?: unknown) => {
    shown.asked.push(what === undefined ? name : `${name} ${JSON.stringify(what)}`)
  }
  return {
    show: (scene, looks) => {
      shown.scene = scene
      shown.looks = looks
      ask('show')()
    },
    repaint: ask('repaint'),
    setPaint: () => undefined,
    focus: ask('focus'),
    zoomTo: ask('zoomTo'),
    zoomBy: ask('zoomBy'),
    panBy: ask('panBy'),
    showFloor: (index) => {
      ask('showFloor')(index)
      shown.handlers.onView({ floor: index, scale: 1, isClose: true })
    },
    resize: () => undefined,
    settled: () => Promise.resolve(),
    destroy: () => {
      opened.closed += 1
    },
  }
}
