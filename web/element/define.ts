import { openPicture } from '../picture/open-picture.ts'
import { browserSurroundings } from '../sale/browser-surroundings.ts'
import { openSale } from '../sale/open-sale.ts'
import { readScene } from '../scene/read-scene.ts'
import type { SeatMapElement } from './element-type.ts'
import type { MapNeeds } from './open-map.ts'
import { seatMapClass } from './seat-map-element.ts'

declare global {
  interface HTMLElementTagNameMap {
    'holdfast-seat-map': SeatMapElement
  }
}

/** A map in a browser as it is. */
export function browserNeeds(): MapNeeds {
  const around = browserSurroundings()
  return {
    openPicture,
    readScene,
    later: around.later,
    openSale: (options) => openSale(options, around),
  }
}

/** Defines the element, once for a page, however often this is loaded. */
export function defineSeatMap(): void {
  const name = 'holdfast-seat-map'
  if (customElements.get(name) === undefined) {
    customElements.define(name, seatMapClass(HTMLElement, browserNeeds))
  }
}
