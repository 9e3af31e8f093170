import type { SeatMapElement } from '../element/element-type.ts'
import type { MapNeeds } from '../element/open-map.ts'
import { seatMapClass, type NeedsOf } from '../element/seat-map-element.ts'
import type { Sale } from '../sale/sale.ts'
import type { Scene } from '../scene/scene.ts'
import { TAKEN } from './config.ts'

// The vendor's interface tells more than the element does: whose status has changed, what is hovered, when holds are under way. So a
// chart looks at the sale, the scene and the picture that its own map works with.

type Picture = ReturnType<MapNeeds['openPicture']>
type Handlers = Parameters<MapNeeds['openPicture']>[1]
type Hit = Parameters<Handlers['onHover']>[0]

/** What a chart hears from its map besides the events of the element. */
export interface Watcher {
  changed(labels: readonly string[]): void
  hover(hit: Hit): void
  floor(index: number): void
  /** A request that holds or releases is under way, or no more. */
  busy(isBusy: boolean): void
  /** Whether the page lets this be selected whoever has it. */
  isOpenAnyway(label: string): boolean
}

/** A map, and what it works with by now. */
export interface WatchedMap {
  readonly element: SeatMapElement
  scene: Scene | undefined
  sale: Sale | undefined
  picture: Picture | undefined
}

/** The maps of one window: makes one for whoever watches it. */
export function watchedMaps(
  view: Window & typeof globalThis,
  needsOf: NeedsOf,
): (watcher: Watcher) => WatchedMap {
  const maps = new WeakMap<object, { readonly map: WatchedMap; readonly watcher: Watcher }>()
  const watched: NeedsOf = (window, element) => {
    const found = maps.get(element)
    return found ? watch(needsOf(window, element), found) : needsOf(window, element)
  }
  const name = freeName(view.customElements)
  view.customElements.define(name, seatMapClass(view.HTMLElement, watched))
  return (watcher) => {
    const element = view.document.createElement(name) as SeatMapElement
    const map: WatchedMap = { element, scene: undefined, sale: undefined, picture: undefined }
    maps.set(element, { map, watcher })
    return map
  }
}

/** Of a script that a page has twice, each has elements of its own. */
function freeName(registry: CustomElementRegistry): string {
  const first = 'holdfast-seating-chart'
  let name = first
  for (let next = 2; registry.get(name) !== undefined; next += 1) name = `${first}-${next}`
  return name
}

function watch(
  needs: MapNeeds,
  { map, watcher }: { readonly map: WatchedMap; readonly watcher: Watcher },
): MapNeeds {
  return {
    ...needs,
    readScene: (drawing, facts) => (map.scene = needs.readScene(drawing, facts)),
    openSale: (options) => {
      const sale = needs.openSale(options)
      sale.on('changed', (labels) => {
        watcher.changed(labels)
      })
      map.sale = sale
      return counted(sale, watcher)
    },
    openPicture: (host, handlers) =>
      (map.picture = needs.openPicture(host, heard(handlers, watcher))),
  }
}

function heard(handlers: Handlers, watcher: Watcher): Handlers {
  return {
    ...handlers,
    onHover: (hit, at) => {
      handlers.onHover(hit, at)
      watcher.hover(hit)
    },
    onView: (seen) => {
      handlers.onView(seen)
      watcher.floor(seen.floor)
    },
  }
}

/** The same sale, which says when requests are under way, and in which is free what the page lets be selected anyway. */
function counted(sale: Sale, watcher: Watcher): Sale {
  let underWay = 0
  const during = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    underWay += 1
    if (underWay === 1) watcher.busy(true)
    try {
      return await answer
    } finally {
      underWay -= 1
      if (underWay === 0) watcher.busy(false)
    }
  }
  const over: Pick<Sale, 'letterOf' | 'hold' | 'release' | 'bestAvailable'> = {
    letterOf: (label) => {
      const letter = sale.letterOf(label)
      return TAKEN.includes(letter) && watcher.isOpenAnyway(label) ? 'f' : letter
    },
    hold: (wanted) => during(sale.hold(wanted)),
    release: (what) => during(sale.release(what)),
    bestAvailable: (wish) => during(sale.bestAvailable(wish)),
  }
  // Its state is read through: a copy would keep what was true when it was made.
  return new Proxy(sale, {
    get: (target, name): unknown =>
      Object.hasOwn(over, name) ? over[name as keyof typeof over] : Reflect.get(target, name),
  })
}
