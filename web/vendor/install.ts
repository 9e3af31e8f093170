import type { Seatsio } from '@seatsio/seatsio-types'
import type { NeedsOf } from '../element/seat-map-element.ts'
import type { Config } from './config.ts'
import { openSeatingChart, type Chart, type Surroundings } from './seating-chart.ts'
import { watchedMaps } from './watched-map.ts'

type View = Window & typeof globalThis

/** The vendor's object as a page finds it, with the charts that there are. */
export interface Installed extends Seatsio {
  readonly charts: readonly Chart[]
}

/** Gives a window the vendor's object, whose charts are maps of ours; `server` is where their API is. */
export function installSeatsio(
  view: View,
  { server, needsOf }: { readonly server: string; readonly needsOf: NeedsOf },
): Installed {
  const charts: Chart[] = []
  const warned = new Set<string>()
  const around: Surroundings = {
    view,
    server,
    charts,
    makeMap: watchedMaps(view, needsOf),
    makeToken: () => view.crypto.randomUUID(),
    warn: (name) => {
      if (warned.size === warned.add(name).size) return
      view.console.warn(`Holdfast: ${name} of seatsio.SeatingChart is not served.`)
    },
  }
  const installed: Installed = {
    charts,
    // A function that answers with an object is a constructor too.
    SeatingChart: function (config: Config) {
      return openSeatingChart(config, around)
    } as unknown as Seatsio['SeatingChart'],
    SeatingChartDesigner: notServed('SeatingChartDesigner') as Seatsio['SeatingChartDesigner'],
    EventManager: notServed('EventManager') as Seatsio['EventManager'],
  }
  return ((view as unknown as { seatsio: Installed }).seatsio = installed)
}

/** Where a script came from, unless it stands in the page itself. */
export function serverOf(
  document: Document,
  currentScript: Element | null = document.currentScript,
): string {
  const source = currentScript?.getAttribute('src') ?? undefined
  return source === undefined ? '' : new URL(source, document.baseURI).origin
}

function notServed(name: string): unknown {
  return function () {
    throw new Error(`Holdfast does not serve seatsio.${name}: use the vendor's own.`)
  }
}
