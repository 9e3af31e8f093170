import type { ConfigChange, SeatingChart } from '@seatsio/seatsio-types'
import { call } from './callbacks.ts'
import { eventOf, keyOf, sessionOf, type Config } from './config.ts'
import type { Core } from './core.ts'
import { followMap, watcherOf } from './follow-map.ts'
import { formInputs, type FormInputs } from './form-inputs.ts'
import { hasFineLimits } from './limits.ts'
import { methodsOf, selectSome, wantedOf } from './methods.ts'
import { readPrices, type Prices } from './prices.ts'
import { settingsOf } from './settings.ts'
import { dress } from './styles.ts'
import { tellValidity } from './tell-selection.ts'
import { unserved } from './unserved.ts'
import type { WatchedMap, Watcher } from './watched-map.ts'

/** A chart as pages and their wrappers have it. */
export interface Chart extends SeatingChart {
  /** Wrappers write it with each rendering, for callbacks that are new functions then. */
  config: Config
  readonly state: 'INITIALIZED' | 'RENDERING' | 'RENDERED' | 'DESTROYED'
}

/** What charts have of the page that they are on. */
export interface Surroundings {
  readonly view: Window & typeof globalThis
  /** Where the script came from, and the API is. */
  readonly server: string
  readonly makeMap: (watcher: Watcher) => WatchedMap
  readonly makeToken: () => string
  /** All that are not destroyed. */
  readonly charts: SeatingChart[]
  readonly warn: (name: string) => void
}

/** What of a chart changes with time. */
interface Life {
  config: Config
  prices: Prices
  state: Chart['state']
  inputs?: FormInputs
  loading?: HTMLElement
}

/** Opens a chart, which is nowhere until it is rendered. */
export function openSeatingChart(config: Config, around: Surroundings): Chart {
  const life: Life = { config, prices: readPrices(config), state: 'INITIALIZED' }
  const token = sessionOf(config) === 'start' ? around.makeToken() : undefined
  const map = around.makeMap(watcherOf(() => core))
  const core: Core = {
    ...{ view: around.view, map, warn: around.warn },
    config: () => life.config,
    prices: () => life.prices,
    selection: [],
  }
  const apply = () => {
    life.prices = readPrices(life.config)
    Object.assign(map.element, settingsOf(core, { server: around.server, token }))
    dress(map.element, life.config)
  }
  const chart = Object.defineProperties(
    { ...methodsOf(core), ...changes(core, { life, apply }) },
    properties(core, life),
  ) as Chart
  const fail = () => {
    life.loading?.remove()
    if (life.state === 'RENDERING') call(core, 'onChartRenderingFailed', chart)
  }
  chart.render = () => {
    // Rendered already.
    if (map.element.isConnected) return chart
    for (const name of unserved(life.config)) around.warn(name)
    life.state = 'RENDERING'
    if (show(core, life, apply)) around.charts.push(chart)
    else fail()
    return chart
  }
  chart.rerender = () => {
    call(core, 'onChartRerenderingStarted', chart)
    void map.element.clear()
    life.state = 'RENDERING'
    map.element.reload()
  }
  chart.destroy = () => {
    life.state = 'DESTROYED'
    map.element.remove()
    life.inputs?.remove()
    life.loading?.remove()
    around.charts.splice(0, Infinity, ...around.charts.filter((each) => each !== chart))
  }
  followMap(core, {
    onReady: () => void ready(core, life, chart),
    onFailed: fail,
    onBasket: () => {
      life.inputs?.show({ labels: chart.selectedObjects, holdToken: chart.holdToken })
      // What may be chosen depends on what is.
      if (hasFineLimits(life.config.maxSelectedObjects)) apply()
    },
  })
  return chart
}

/** Puts the map on the page; false where there is no place for it. */
function show({ view, map }: Core, life: Life, apply: () => void): boolean {
  const { divId = '', container = view.document.getElementById(divId) } = life.config
  const faults = [
    ...(container ? [] : ['neither container nor divId names an element for the chart']),
    ...(keyOf(life.config) === '' ? ['there is no workspaceKey'] : []),
    ...(eventOf(life.config) === '' ? ['there is no event'] : []),
    ...(isWithoutToken(life.config) ? ['the session is manual, and there is no holdToken'] : []),
  ]
  for (const fault of faults) view.console.error(`Holdfast: ${fault}.`)
  if (!container || faults.length > 0) return false
  life.inputs = formInputs(container, () => life.config)
  if (life.config.loading !== undefined) life.loading = showLoading(container, life.config.loading)
  apply()
  container.append(map.element)
  return true
}

function isWithoutToken(config: Config): boolean {
  return sessionOf(config) === 'manual' && !config.holdToken
}

async function ready(core: Core, life: Life, chart: Chart): Promise<void> {
  const { scene, picture } = core.map
  if (life.state !== 'RENDERING' || scene === undefined) return
  life.state = 'RENDERED'
  life.loading?.remove()
  const { activeFloor, selectedObjects } = life.config
  const floor = scene.floors.find(({ name }) => name === activeFloor)
  if (floor && activeFloor !== undefined) picture?.showFloor(floor.index)
  await selectSome(core, wantedOf(selectedObjects))
  call(core, 'onChartRendered', chart)
  tellValidity(core)
}

function changes(core: Core, { life, apply }: { readonly life: Life; readonly apply: () => void }) {
  return {
    changeConfig: (change: ConfigChange) => {
      life.config = { ...life.config, ...change }
      apply()
      tellValidity(core)
      return Promise.resolve()
    },
  }
}

/** What pages read of a chart, as it is when they do. */
function properties(core: Core, life: Life): PropertyDescriptorMap {
  const read = (get: () => unknown) => ({ enumerable: true, configurable: true, get })
  return {
    state: read(() => life.state),
    holdToken: read(() =>
      sessionOf(life.config) === 'none' ? '' : (core.map.sale?.basket.holdToken ?? ''),
    ),
    selectedObjects: read(() => [...new Set(core.selection.map(({ label }) => label))]),
    config: {
      ...read(() => life.config),
      set: (config: Config) => {
        life.config = config
      },
    },
  }
}

/** What the page shows until its map is there, in its own markup; as a text where its policy lets no text become markup. */
function showLoading(container: Element, markup: string): HTMLElement {
  const element = container.ownerDocument.createElement('div')
  try {
    element.innerHTML = markup
  } catch {
    element.textContent = markup.replaceAll(/<[^>]*>/g, ' ')
  }
  container.append(element)
  return element
}
