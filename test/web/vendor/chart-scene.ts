import type { SelectableObject, TicketTypeJson } from '@seatsio/seatsio-types'
import { Window } from 'happy-dom'
import type { MapNeeds } from '../../../web/element/open-map.ts'
import { readScene } from '../../../web/scene/read-scene.ts'
import type { Config } from '../../../web/vendor/config.ts'
import { installSeatsio, type Installed } from '../../../web/vendor/install.ts'
import type { Chart } from '../../../web/vendor/seating-chart.ts'
import { cleanUps } from '../../support/clean-ups.ts'
import { testKeys } from '../../support/holdfast.ts'
import { memoryStorage } from '../memory-storage.ts'
import { openSaleScene, type SaleScene, type Tab } from '../sale/sale-scene.ts'

type Picture = ReturnType<MapNeeds['openPicture']>
type Handlers = Parameters<MapNeeds['openPicture']>[1]

/** A page of somebody who uses the vendor's interface, over the real sale of a real server. */
export interface ChartScene extends Omit<SaleScene, 'open'> {
  readonly window: Window
  readonly seatsio: Installed
  readonly warnings: string[]
  readonly faults: unknown[][]
  /** What was asked of the picture. */
  readonly asked: string[]
  /** What the page was called back with, in order: `name label…`. */
  readonly called: string[]
  readonly tab: () => Tab
  /** Renders a chart in `#chart` and waits until it is there. */
  readonly render: (config?: Config, from?: Installed) => Promise<Chart>
  /** Loads the script once more. */
  readonly install: () => Installed
  readonly click: (label: string) => Promise<void>
  readonly hover: (label?: string) => void
  readonly showFloor: (index: number) => void
  readonly lookOf: (label: string) => { readonly state: string; readonly fill: string } | undefined
  readonly sectionFill: (index: number) => string | undefined
}

/** Opens the page, without a chart yet. */
export async function openChartScene(drawing?: object): Promise<ChartScene> {
  const scene = await openSaleScene(drawing)
  const window = new Window({ url: 'http://shop.test/' })
  cleanUps.push(() => window.happyDOM.close())
  window.document.body.innerHTML = '<form><div id="chart"></div></form>'
  const warnings: string[] = []
  const faults: unknown[][] = []
  const console: Partial<Console> = {
    warn: (text: string) => void warnings.push(text),
    error: (...what: unknown[]) => void faults.push(what),
    info: () => undefined,
  }
  Object.assign(window.console, console)
  const picture = shownPicture()
  const storage = memoryStorage()
  let tab: Tab | undefined
  const needs: MapNeeds = {
    readScene,
    openSale: (options) => (tab = scene.open({ ...options, storage })).sale,
    openPicture: picture.open,
    later: () => () => undefined,
  }
  const view = window as unknown as globalThis.Window & typeof globalThis
  const install = () =>
    installSeatsio(view, { server: 'http://holdfast.test', needsOf: () => needs })
  const seatsio = install()
  const called: string[] = []
  return {
    ...scene,
    ...{ window, seatsio, install, warnings, faults, called },
    ...picture,
    tab: () => {
      if (tab === undefined) throw new Error('No sale was opened.')
      return tab
    },
    render: async (config = {}, from = seatsio) => {
      const whole = { ...callbacks(called), ...plain(scene), ...config }
      const chart = new from.SeatingChart(whole as never).render() as Chart
      await scene.quiet()
      return chart
    },
    click: async (label) => {
      picture.pick(label)
      await scene.quiet()
    },
  }
}

/** A picture that nobody sees, with a hand to point at it. */
function shownPicture() {
  const asked: string[] = []
  const ask = (name: string) => (what?: unknown) => {
    asked.push(what === undefined ? name : `${name} ${JSON.stringify(what)}`)
  }
  let handlers: Handlers | undefined
  let looks: Parameters<Picture['show']>[1] | undefined
  let labels: ReadonlyMap<string, number> = new Map()
  const hitOf = (label: string) => ({ kind: 'object', index: labels.get(label) ?? -1 }) as const
  const open: MapNeeds['openPicture'] = (_, given) => {
    handlers = given
    return {
      show: (shown, how) => {
        labels = shown.byLabel
        looks = how
      },
      ...{ repaint: () => undefined, setPaint: () => undefined, focus: ask('focus') },
      ...{ zoomTo: ask('zoomTo'), zoomBy: ask('zoomBy'), panBy: ask('panBy') },
      ...{ showFloor: ask('showFloor'), resize: () => undefined },
      ...{ settled: () => Promise.resolve(), destroy: ask('destroy') },
    }
  }
  return {
    ...{ asked, open },
    pick: (label: string) => handlers?.onPick(hitOf(label), { x: 0, y: 0 }),
    hover: (label?: string) =>
      handlers?.onHover(label === undefined ? undefined : hitOf(label), { x: 0, y: 0 }),
    showFloor: (floor: number) => handlers?.onView({ floor, scale: 1, isClose: true }),
    lookOf: (label: string) => looks?.of(hitOf(label).index),
    sectionFill: (index: number) => looks?.section(index).fill,
  }
}

function plain({ eventKey }: SaleScene): Config {
  return { divId: 'chart', workspaceKey: testKeys.publishable, event: eventKey }
}

/** Notes every callback with the labels that it was given. */
function callbacks(called: string[]): Config {
  const one = (name: string) => (object: SelectableObject, type?: TicketTypeJson) => {
    called.push([name, object.label, ...(type ? [type.ticketType] : [])].join(' '))
  }
  const many = (name: string) => (objects: SelectableObject[], types: TicketTypeJson[]) => {
    const words = [...objects.map(({ label }) => label), ...types.map((type) => type.ticketType)]
    called.push([name, ...words].join(' '))
  }
  const none = (name: string) => () => void called.push(name)
  return {
    onChartRendered: none('rendered'),
    onChartRenderingFailed: none('failed'),
    onChartRerenderingStarted: none('rerendering'),
    onObjectSelected: one('selected'),
    onObjectDeselected: one('deselected'),
    onObjectClicked: one('clicked'),
    onObjectMouseOver: one('over'),
    onObjectMouseOut: one('out'),
    onHoldSucceeded: many('held'),
    onHoldFailed: many('refused'),
    onReleaseHoldSucceeded: many('released'),
    onHoldTokenExpired: none('expired'),
    onSelectedObjectUnavailable: one('lost'),
    onFloorChanged: (floor) => void called.push(`floor ${floor?.name ?? ''}`),
  }
}
