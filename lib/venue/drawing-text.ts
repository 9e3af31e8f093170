import { readCategories } from './chart-lists.ts'
import { drawn, text as readText } from './drawing.ts'
import { replaceSpans, visitObjects, type FoundObject, type Span } from './json-members.ts'
import type { ShownCategory } from '../records/records.ts'

// Changes of a drawing as the text that it is kept as: name and categories, and nothing else of it.

/** What to change; whatever is left out stays. */
export interface DrawingEdit {
  readonly name?: string
  readonly categories?: readonly ShownCategory[]
  /** Key of a category, as text, that objects of the drawing are to have no more. */
  readonly unassign?: string
}

type Replacement = readonly [place: Span, by: string]

const TOP_FIELDS = ['name', 'categories'] as const
const OBJECT_FIELDS = ['categoryKey', 'categoryLabel', 'categoryAccessible'] as const

/** A drawing with another name, or other categories; all else stays to the letter. */
export function editDrawing(text: string, { name, categories, unassign }: DrawingEdit): string {
  const unassigned: Replacement[] = []
  let top: FoundObject | undefined
  const wanted = new Set<string>([...TOP_FIELDS, ...(unassign === undefined ? [] : OBJECT_FIELDS)])
  visitObjects(text, wanted, (found) => {
    if (unassign !== undefined) unassigned.push(...unassignments(text, found, unassign))
    if (found.depth === 0) top = found
  })
  if (top === undefined) return text
  const place = top.members.get('categories')
  const values = new Map<string, string>()
  if (name !== undefined) values.set('name', JSON.stringify(name))
  if (categories !== undefined) {
    const former: unknown = place && JSON.parse(text.slice(place.start, place.end))
    values.set('categories', JSON.stringify(withCategories(former, categories)))
  }
  // What is drawn is elsewhere, whatever else the categories may have in them.
  const outside = unassigned.filter(([{ start }]) => !isWithin(start, place))
  return replaceSpans(text, [...outside, ...memberWrites(top, values)])
}

/** The categories of a drawing as answers show them. */
export function categoriesOf(drawing: unknown): ShownCategory[] {
  const categories = readCategories(drawn(drawing) ?? {})
  return [...categories.values()].map(({ originalKey: key, label, color, accessible }) => ({
    key,
    label,
    color,
    accessible,
  }))
}

/** What is there beside the list stays; the highest number that was ever a key rises only. */
function withCategories(former: unknown, list: readonly ShownCategory[]): object {
  const { maxCategoryKey, ...others } = (drawn(former) ?? {}) as Record<string, unknown>
  const numbers = [maxCategoryKey, ...list.map(({ key }) => key)].filter(
    (key) => typeof key === 'number',
  )
  return { ...others, list, maxCategoryKey: Math.max(0, ...numbers) }
}

/** An object of that category gets none; where its category is not told, nothing is. */
function unassignments(text: string, { members }: FoundObject, key: string): Replacement[] {
  const place = members.get('categoryKey')
  if (place === undefined) return []
  const value: unknown = JSON.parse(text.slice(place.start, place.end))
  if (readText(value) !== key) return []
  return OBJECT_FIELDS.flatMap((field): Replacement[] => {
    const span = members.get(field)
    return span === undefined ? [] : [[span, 'null']]
  })
}

/** Replaces the values of members; those that there are not come in front of all others. */
function memberWrites(
  { members, start, isEmpty }: FoundObject,
  values: ReadonlyMap<string, string>,
): Replacement[] {
  const replaced: Replacement[] = []
  const added: string[] = []
  for (const [name, value] of values) {
    const place = members.get(name)
    if (place === undefined) added.push(`${JSON.stringify(name)}:${value}`)
    else replaced.push([place, value])
  }
  if (added.length === 0) return replaced
  return [...replaced, [{ start, end: start }, `${added.join(',')}${isEmpty ? '' : ','}`]]
}

function isWithin(at: number, place: Span | undefined): boolean {
  return place !== undefined && at >= place.start && at < place.end
}
