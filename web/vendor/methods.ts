import type { Category, SeatingChart, SelectedAmount } from '@seatsio/seatsio-types'
import { defined } from '../../lib/defined.ts'
import type { Wanted } from '../element/public.ts'
import type { SceneObject } from '../scene/scene.ts'
import { namesCategory } from './config.ts'
import { categoryOf, isFree, isOffered, linesOf, objectOf, type Core } from './core.ts'
import { bookableOf, keyAsDrawn, sectionOf } from './objects.ts'
import { priceOfCategory, pricingJson } from './prices.ts'
import { reportByZone, reportOf } from './report.ts'

/** What a page calls of a chart, besides its life. */
export type Methods = Omit<
  SeatingChart,
  'render' | 'rerender' | 'destroy' | 'changeConfig' | 'holdToken' | 'selectedObjects'
>

/** The methods of a chart over its map. */
export function methodsOf(core: Core): Methods {
  const { element } = core.map
  const all = () => core.map.scene?.objects ?? []
  return {
    ...selecting(core),
    ...zooming(core),
    ...notServed(core),
    findObject: (label) => {
      const object = objectOf(core, label)
      return object
        ? Promise.resolve(bookableOf(core, object))
        : Promise.reject(new Error(`There is no object ${label}.`))
    },
    listSelectedObjects: () =>
      Promise.resolve(selectedOf(core).map((each) => bookableOf(core, each))),
    listCategories: () => Promise.resolve(categoriesOf(core)),
    listZones: () => {
      const keys = new Set(all().flatMap(({ zone }) => zone ?? []))
      return Promise.resolve([...keys].map((key) => ({ key, label: null })))
    },
    getReportBySelectability: () => Promise.resolve(reportOf(core, all())),
    getReportBySelectabilityGroupedBy: () => Promise.resolve(reportByZone(core)),
    holdBestAvailable: async ({ number = 1, categories, sections, accessibleSeats }) => {
      const named = categories?.flatMap((each) => {
        const found = core.map.scene?.categories.find((one) => namesCategory([each], one))
        return found ? [found.key] : [String(each)]
      })
      const wish = { number, ...defined({ categories: named, sections, accessibleSeats }) }
      const { held, refused } = await element.bestAvailable(wish)
      if (refused[0]) throw new Error(`No best available: ${refused[0].reason}`)
      const objects = held.flatMap(({ label }) => objectOf(core, label) ?? [])
      return { objects: objects.map((object) => bookableOf(core, object)) }
    },
    startNewSession: () => element.startNewSession(),
  }
}

/** Selects what can be had of these, and leaves out what cannot. */
export async function selectSome(core: Core, wanted: readonly Wanted[]): Promise<void> {
  let left = wanted.filter(({ label }) => linesOf(core, label).length === 0)
  while (left.length > 0) {
    const { refused } = await core.map.element.select(left)
    const gone = new Set(refused.map(({ label }) => label))
    const rest = left.filter(({ label }) => !gone.has(label))
    if (refused.length === 0 || rest.length === left.length) return
    left = rest
  }
}

/** Objects as pages name them: by label, or with a number of places and a ticket type. */
export function wantedOf(objects: readonly (string | SelectedAmount)[] = []): Wanted[] {
  return objects.map((each) => {
    if (typeof each === 'string') return { label: each }
    return { label: each.label, ...defined({ quantity: each.amount, ticketType: each.ticketType }) }
  })
}

function selecting(core: Core) {
  const { element } = core.map
  const inCategories = (keys: readonly (string | number)[]) => (object: SceneObject) =>
    namesCategory(keys, categoryOf(core, object))
  return {
    clearSelection: () => element.clear(),
    trySelectObjects: (objects) => selectSome(core, wantedOf(objects)),
    doSelectObjects: async (objects) => {
      const { refused } = await element.select(wantedOf(objects))
      if (refused[0])
        throw new Error(`${refused[0].label} cannot be selected: ${refused[0].reason}`)
    },
    deselectObjects: (objects) => element.deselect(wantedOf(objects).map(({ label }) => label)),
    selectCategories: async (keys) => {
      const objects = (core.map.scene?.objects ?? []).filter(inCategories(keys))
      const free = objects.filter((object) => isFree(core, object) && isOffered(core, object))
      const selected = core.selection.reduce((sum, { quantity }) => sum + quantity, 0)
      const some = free.slice(0, Math.max(0, element.maxSeats - selected))
      await selectSome(core, wantedOf(some.map(({ label }) => label)))
    },
    deselectCategories: (keys) => {
      const objects = selectedOf(core).filter(inCategories(keys))
      return element.deselect(objects.map(({ label }) => label))
    },
  } satisfies Partial<Methods>
}

function zooming(core: Core) {
  const zoomTo = (objects: readonly SceneObject[]) => {
    const { picture } = core.map
    const [first] = objects
    if (first === undefined) return Promise.resolve()
    const isOneSection = objects.every(({ section }) => section === first.section)
    if (objects.length === 1) picture?.zoomTo({ to: 'object', index: first.index })
    else if (isOneSection && first.section !== undefined) {
      picture?.zoomTo({ to: 'section', index: first.section })
    } else picture?.zoomTo({ to: 'floor', index: first.floor })
    return Promise.resolve()
  }
  return {
    resetView: () => {
      core.map.element.zoomToAll()
      return Promise.resolve()
    },
    zoomToSection: (label) => {
      core.map.element.zoomToSection(label)
      const sections = core.map.scene?.sections ?? []
      return sections.filter((each) => each.label === label).map((each) => sectionOf(core, each))
    },
    zoomToObjects: (labels) => zoomTo(labels.flatMap((label) => objectOf(core, label) ?? [])),
    zoomToSelectedObjects: () => zoomTo(selectedOf(core)),
    zoomToFilteredCategories: () => {
      const { filteredCategories } = core.config()
      const objects = core.map.scene?.objects ?? []
      return zoomTo(
        objects.filter((each) => namesCategory(filteredCategories, categoryOf(core, each))),
      )
    },
  } satisfies Partial<Methods>
}

function notServed({ warn }: Core) {
  const nothing = (name: string) => () => {
    warn(name)
    return Promise.resolve()
  }
  return {
    pulse: nothing('pulse'),
    unpulse: nothing('unpulse'),
    setSpotlightObjects: nothing('setSpotlightObjects'),
    setSpotlightOnSelection: nothing('setSpotlightOnSelection'),
    clearSpotlightObjects: nothing('clearSpotlightObjects'),
  } satisfies Partial<Methods>
}

function selectedOf(core: Core): SceneObject[] {
  const labels = new Set(core.selection.map(({ label }) => label))
  return [...labels].flatMap((label) => objectOf(core, label) ?? [])
}

function categoriesOf(core: Core): Category[] {
  const { scene } = core.map
  const free = new Set(
    (scene?.objects ?? []).flatMap((object) =>
      isFree(core, object) && isOffered(core, object) ? (object.category ?? []) : [],
    ),
  )
  return (scene?.categories ?? []).map((category) => ({
    accessible: category.isAccessible,
    color: category.color,
    key: keyAsDrawn(category.key),
    label: category.label,
    // With ticket types there is no one price, which the vendor's types do not say.
    pricing: pricingJson(
      core.prices(),
      priceOfCategory(core.prices(), category),
    ) as Category['pricing'],
    hasSelectableObjects: free.has(category.key),
  }))
}
