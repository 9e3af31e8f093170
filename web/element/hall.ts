import { defined } from '../../lib/defined.ts'
import type { Look, Looks, Paint, SectionLook } from '../picture/picture.ts'
import type { Sale } from '../sale/sale.ts'
import type { Scene, SceneCategory, SceneObject } from '../scene/scene.ts'
import type { MapObject, Settings } from './public.ts'
import { isFree, placesLeft, stateOf } from './rules.ts'
import { tablesOf } from './tables.ts'
import type { Words } from './words/words.ts'

/** What this buyer has chosen, as far as looks go. */
export interface Chosen {
  readonly quantityOf: (label: string) => number
  readonly isBusy: (label: string) => boolean
}

/** A drawing on sale: how everything on it is for this buyer, worked out once and again only where something has changed. */
export interface Hall extends Looks {
  readonly scene: Scene
  stateOf(index: number): Look['state']
  /** What is bought by pointing at it: a seat of a table that is sold whole stands for the table, and looks like it. */
  soldAs(index: number): number
  /** Places that may be chosen now. */
  leftOf(index: number): number
  leftAmong(indexes: readonly number[]): number
  object(label: string): SceneObject | undefined
  categoryOf(object: SceneObject): SceneCategory | undefined
  forPage(object: SceneObject): MapObject
  /** What the page adds to what is told of it; empty for nothing. */
  infoOf(object: SceneObject): string
  /** These look otherwise now, or everything; answers with their indexes. */
  forget(labels?: readonly string[]): readonly number[] | undefined
}

export interface HallNeeds {
  readonly scene: Scene
  readonly sale: Pick<Sale, 'letterOf' | 'leftOf'>
  readonly settings: () => Settings
  readonly chosen: Chosen
  /** Keys of the categories that the person looks for; all when empty. */
  readonly wanted: () => ReadonlySet<string>
  readonly paint: () => Paint
  readonly words: () => Words
  /** A callback of the page has thrown. */
  readonly complain: (fault: unknown) => void
}

/** Opens the hall of one drawing. */
export function openHall(needs: HallNeeds): Hall {
  const { scene } = needs
  const categories = new Map(scene.categories.map((category) => [category.key, category]))
  const categoryOf = ({ category }: SceneObject) =>
    category === undefined ? undefined : categories.get(category)
  const looks: (Look | undefined)[] = []
  const sections: (SectionLook | undefined)[] = []
  const tables = tablesOf(scene)
  const own = (index: number) => {
    const object = scene.objects[index]
    return (looks[index] ??= object ? lookOf(needs, object, categoryOf(object)) : absent)
  }
  const soldAs = (index: number) =>
    own(index).state === 'unsold' ? (tables.tableOf(index) ?? index) : index
  const placesOf = (index: number) => {
    const object = scene.objects[index]
    if (object === undefined) return 0
    return placesLeft(object, own(index).state, needs.sale.leftOf(object.label))
  }
  const leftOf = (index: number) => (own(index).state === 'free' ? placesOf(index) : 0)
  const hall: Hall = {
    scene,
    of: (index) => {
      const sold = soldAs(index)
      if (sold === index) return own(index)
      const { state, fill } = own(sold)
      return { state, fill }
    },
    soldAs,
    section: (index) => (sections[index] ??= sectionLook(hall, { index, placesOf, needs })),
    stateOf: (index) => own(index).state,
    leftOf,
    leftAmong: (indexes) => indexes.reduce((sum, index) => sum + leftOf(index), 0),
    object: (label) => scene.objects[scene.byLabel.get(label) ?? -1],
    categoryOf,
    forPage: (object) => forPage(needs, object, categoryOf(object)),
    infoOf: (object) => {
      const { objectInfo } = needs.settings()
      if (objectInfo === undefined) return ''
      const page = () => forPage(needs, object, categoryOf(object))
      return askPage(needs, objectInfo, { page, otherwise: '' })
    },
    forget: (labels) => {
      if (labels === undefined) {
        looks.length = 0
        sections.length = 0
        return undefined
      }
      const named = labels.flatMap((label) => scene.byLabel.get(label) ?? [])
      const changed = named.flatMap((index) => [index, ...tables.seatsOf(index)])
      for (const index of changed) {
        looks[index] = undefined
        const section = scene.objects[index]?.section
        if (section !== undefined) sections[section] = undefined
      }
      return changed
    },
  }
  return hall
}

const absent: Look = { state: 'hidden', fill: 'transparent' }
const grey = '#8a8f98'

function lookOf(needs: HallNeeds, object: SceneObject, category: SceneCategory | undefined): Look {
  const { settings, chosen, sale } = needs
  const { isObjectVisible, isObjectSelectable, objectColor, objectLabel } = settings()
  const ask = <Answer>(call: PageCall<Answer> | undefined, otherwise: Answer) =>
    call === undefined
      ? otherwise
      : askPage(needs, call, { page: () => forPage(needs, object, category), otherwise })
  const quantity = chosen.quantityOf(object.label)
  const state = stateOf(object.kind, {
    letter: sale.letterOf(object.label),
    left: sale.leftOf(object.label),
    isMine: quantity > 0,
    isBusy: chosen.isBusy(object.label),
    isVisible: ask(isObjectVisible, true),
    isOffered: ask(isObjectSelectable, isOffered(settings(), category)),
    isFiltered: !isWanted(needs, category),
  })
  const own = category?.color ?? grey
  const color = state === 'free' || state === 'dimmed' ? ask(objectColor, own) : own
  const name = ask(objectLabel, object.own)
  const isArea = object.isByPlaces && state === 'free'
  const text = isArea ? `${name}\n${leftText(needs, object)}` : name
  const look = { state, fill: fillOf(state, color, needs.paint()) }
  const count = object.isByPlaces && quantity > 0 ? quantity : undefined
  if (text === object.own && count === undefined) return look
  return { ...look, ...defined({ text: text === object.own ? undefined : text, count }) }
}

function leftText({ sale, words }: HallNeeds, { label }: SceneObject): string {
  return words().say('left', { n: sale.leftOf(label) })
}

type PageCall<Answer> = (object: MapObject, otherwise: Answer) => Answer | undefined

/** What a callback of the page says; what it does not say, says wrongly, or fails to say, is as it would be without. */
function askPage<Answer>(
  { complain }: HallNeeds,
  call: PageCall<Answer>,
  { page, otherwise }: { readonly page: () => MapObject; readonly otherwise: Answer },
): Answer {
  const ask = () => {
    const answer = call(page(), otherwise)
    return typeof answer === typeof otherwise ? (answer ?? otherwise) : otherwise
  }
  return safely(ask, { otherwise, complain })
}

function fillOf(state: Look['state'], color: string, paint: Paint): string {
  if (state === 'mine' || state === 'busy') return paint.selected
  if (state === 'taken' || state === 'off') return paint.taken
  return state === 'unsold' ? paint.decoration : color
}

function forPage(
  { sale, chosen, scene }: HallNeeds,
  object: SceneObject,
  category: SceneCategory | undefined,
): MapObject {
  const left = sale.leftOf(object.label)
  const isTaken = !isFree({ letter: sale.letterOf(object.label), left })
  return {
    label: object.label,
    kind: object.kind,
    category: object.category,
    categoryLabel: category?.label,
    section: object.section === undefined ? undefined : scene.sections[object.section]?.label,
    row: object.parent?.label,
    seat: object.kind === 'seat' ? object.own : undefined,
    entrance: object.entrance,
    zone: object.zone,
    floor: scene.floors.length > 1 ? scene.floors[object.floor]?.name : undefined,
    places: object.places,
    left: isTaken ? 0 : object.isByPlaces ? left : 1,
    isTaken,
    isSelected: chosen.quantityOf(object.label) > 0,
    traits: object.traits,
  }
}

/** Whether a list of the page names this category, by its key or its label. */
function names(list: readonly string[], category: SceneCategory | undefined): boolean {
  return category !== undefined && (list.includes(category.key) || list.includes(category.label))
}

function isOffered(settings: Settings, category: SceneCategory | undefined): boolean {
  const { availableCategories, unavailableCategories } = settings
  if (availableCategories !== undefined && !names(availableCategories, category)) return false
  return unavailableCategories === undefined || !names(unavailableCategories, category)
}

function isWanted({ settings, wanted }: HallNeeds, category: SceneCategory | undefined): boolean {
  const { filteredCategories } = settings()
  if (filteredCategories !== undefined && !names(filteredCategories, category)) return false
  return wanted().size === 0 || (category !== undefined && wanted().has(category.key))
}

function sectionLook(
  hall: Hall,
  {
    index,
    placesOf,
    needs,
  }: { index: number; placesOf: (index: number) => number; needs: HallNeeds },
): SectionLook {
  let places = 0
  let left = 0
  let free = 0
  const byFill = new Map<string, number>()
  for (const at of hall.scene.sections[index]?.objects ?? []) {
    const object = hall.scene.objects[at]
    const state = hall.stateOf(at)
    if (object === undefined || state === 'hidden' || state === 'unsold') continue
    const here = placesOf(at)
    places += object.places
    left += here
    if (state === 'free') free += here
    // What is taken counts a little, so that a section that is sold out keeps its colour.
    const own = hall.categoryOf(object)?.color ?? grey
    const fill = here > 0 ? hall.of(at).fill : own
    const weight = here > 0 ? here : 1e-6
    byFill.set(fill, (byFill.get(fill) ?? 0) + weight)
  }
  const [fill] = [...byFill].reduce((best, each) => (each[1] > best[1] ? each : best), [grey, 0])
  const { say } = needs.words()
  return {
    fill: sectionFill(needs, index, left === 0 ? needs.paint().taken : fill),
    share: places === 0 ? 0 : left / places,
    note: left === 0 ? say('soldOut') : say('left', { n: free > 0 ? free : left }),
    isDimmed: left > 0 && free === 0,
  }
}

function sectionFill(
  { scene, settings, complain }: HallNeeds,
  index: number,
  color: string,
): string {
  const { sectionColor } = settings()
  const section = scene.sections[index]
  if (sectionColor === undefined || section === undefined) return color
  const { label, display: name } = section
  const ask = () => sectionColor({ index, label, name }, color) ?? color
  return safely(ask, { otherwise: color, complain })
}

function safely<Answer>(
  ask: () => Answer,
  { otherwise, complain }: { otherwise: Answer; complain: (fault: unknown) => void },
): Answer {
  try {
    return ask()
  } catch (fault) {
    complain(fault)
    return otherwise
  }
}
