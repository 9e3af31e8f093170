import type { ShownCategory } from '../records/records.ts'
import { refuse, succeed, type Outcome } from '../refusals.ts'
import { CATEGORIES_MAX } from '../limits/limits.ts'

// The categories of a drawing, and what can be done to them. Two keys are the same category when they read the same.

/** The colour of a category that comes without one. */
export const COLOR_DEFAULT = '#868e96'

/** A category as it is given: what is left out stays, or begins as the default. */
export interface CategoryInput {
  readonly key: string | number
  readonly label: string
  readonly color?: string | undefined
  readonly accessible?: boolean | undefined
}

/** What to change of a category; what is left out stays. */
export type CategoryChanges = Partial<Omit<CategoryInput, 'key' | 'label'>> & {
  readonly label?: string | undefined
}

type Categories = readonly ShownCategory[]

/** Those that are given, in their order; of one that was there, what is left out stays. */
export function replaceCategories(former: Categories, given: readonly CategoryInput[]): Categories {
  const known = new Map(former.map((category) => [String(category.key), category]))
  return given.map((category) => complete(category, known.get(String(category.key))))
}

/** One more, behind the others; refuses a key that is taken. */
export function addCategory(former: Categories, given: CategoryInput): Outcome<Categories> {
  const categoryKey = String(given.key)
  if (former.some(({ key }) => String(key) === categoryKey)) {
    return refuse({ code: 'category-key-taken', categoryKey })
  }
  if (former.length >= CATEGORIES_MAX) {
    return refuse({ code: 'too-many-categories', categoriesMax: CATEGORIES_MAX })
  }
  return succeed([...former, complete(given)])
}

/** One changed in its place; refuses one that there is not. */
export function changeCategory(
  former: Categories,
  categoryKey: string,
  changes: CategoryChanges,
): Outcome<Categories> {
  const place = former.findIndex(({ key }) => String(key) === categoryKey)
  const category = former[place]
  if (category === undefined) return refuse({ code: 'category-not-found', categoryKey })
  const { key, label: formerLabel } = category
  const { label = formerLabel, ...others } = changes
  const changed = complete({ ...others, key, label }, category)
  return succeed(former.with(place, changed))
}

/** All but one; refuses one that there is not. */
export function removeCategory(former: Categories, categoryKey: string): Outcome<Categories> {
  const left = former.filter(({ key }) => String(key) !== categoryKey)
  if (left.length === former.length) return refuse({ code: 'category-not-found', categoryKey })
  return succeed(left)
}

/** What an event sells under: the chart's categories, and then its own, which stand for those of the chart that read the same. */
export function offeredCategories(ofChart: Categories, own: Categories): Categories {
  const byKey = new Map(own.map((category) => [String(category.key), category]))
  return [...ofChart.filter(({ key }) => !byKey.has(String(key))), ...byKey.values()]
}

type ByLabel = Readonly<Record<string, CategoryInput['key']>>

/** Splits categories of objects into those that are offered, and the labels that name others. */
export function splitByOffer(
  objectCategories: ByLabel,
  offered: Categories,
): { readonly known: ByLabel; readonly unknown: readonly string[] } {
  const keys = new Set(offered.map(({ key }) => String(key)))
  const all = Object.entries(objectCategories)
  const known = all.filter(([, key]) => keys.has(String(key)))
  const unknown = all.filter(([, key]) => !keys.has(String(key)))
  return { known: Object.fromEntries(known), unknown: unknown.map(([label]) => label) }
}

/** The key stays as it was first given, be that a number or a text. */
function complete(given: CategoryInput, former?: ShownCategory): ShownCategory {
  const { key, color, accessible } = former ?? {}
  return {
    key: key ?? given.key,
    label: given.label,
    color: given.color ?? color ?? COLOR_DEFAULT,
    accessible: given.accessible ?? accessible ?? false,
  }
}
