import { DAY_MS } from '../limits/durations.ts'
import { SALE_CALLS_MAX } from '../limits/limits.ts'
import type { Instant } from '../clock.ts'
import type { SaleCalls, SaleRules } from '../records/records.ts'
import { addPlaces } from './channels.ts'

// Changes of what an event sells, and how often they may be made.

/** An object, or so many places of an area. */
export interface SaleItem {
  readonly label: string
  readonly quantity?: number
}

/** What is put on sale, then what is taken off; nothing else is touched. */
export interface SaleEdit {
  readonly forSale: readonly SaleItem[]
  readonly notForSale: readonly SaleItem[]
}

/** Rules that take nothing off sale. */
export const everythingForSale: SaleRules = {
  isListForSale: false,
  objects: [],
  areaPlaces: {},
  categories: [],
}

/** The rules after an edit: lists stay, also when they are empty. */
export function editSaleRules(
  rules: SaleRules = everythingForSale,
  { forSale, notForSale }: SaleEdit,
): SaleRules {
  const { isListForSale } = rules
  const opened = isListForSale ? list(rules, forSale) : unlist(rules, forSale)
  return isListForSale ? unlist(opened, notForSale) : list(opened, notForSale)
}

function list(rules: SaleRules, items: readonly SaleItem[]): SaleRules {
  const labels = wholes(items)
  const listed = new Set(rules.objects)
  const added = [...new Set(labels)].filter((label) => !listed.has(label))
  return {
    ...rules,
    objects: [...rules.objects, ...added],
    areaPlaces: movePlaces(rules, items, 1),
  }
}

function unlist(rules: SaleRules, items: readonly SaleItem[]): SaleRules {
  const gone = new Set(wholes(items))
  return {
    ...rules,
    objects: rules.objects.filter((label) => !gone.has(label)),
    areaPlaces: movePlaces(rules, items, -1),
  }
}

function wholes(items: readonly SaleItem[]): string[] {
  return items.flatMap(({ label, quantity }) => (quantity === undefined ? [label] : []))
}

function movePlaces({ areaPlaces }: SaleRules, items: readonly SaleItem[], sign: 1 | -1) {
  const counts = new Map<string, number>()
  for (const { label, quantity = 0 } of items) {
    if (quantity > 0) counts.set(label, (counts.get(label) ?? 0) + quantity)
  }
  return addPlaces(areaPlaces, Object.fromEntries(counts), sign)
}

/**
 * Whether a change puts something on sale and takes nothing off, as far as the rules alone tell: where a chart would have to be
 * asked, it is taken for one that may take something off.
 */
export function onlyOpens(before: SaleRules | undefined, after: SaleRules | undefined): boolean {
  return isWithin(after, before) && !isWithin(before, after)
}

/** Whether all that the first rules withhold is withheld by the second. */
function isWithin(
  first: SaleRules = everythingForSale,
  second: SaleRules = everythingForSale,
): boolean {
  if (!first.isListForSale && isEmpty(first)) return true
  if (first.isListForSale !== second.isListForSale) return second.isListForSale && isEmpty(second)
  return first.isListForSale ? isListed(second, first) : isListed(first, second)
}

function isEmpty({ objects, areaPlaces, categories }: SaleRules): boolean {
  return objects.length + categories.length + Object.keys(areaPlaces).length === 0
}

/** Whether all that the first lists is in the lists of the second. */
function isListed(first: SaleRules, second: SaleRules): boolean {
  const [objects, categories] = [new Set(second.objects), new Set(second.categories)]
  const places = new Map(Object.entries(second.areaPlaces))
  return (
    first.objects.every((label) => objects.has(label)) &&
    first.categories.every((category) => categories.has(category)) &&
    Object.entries(first.areaPlaces).every(([label, count]) => count <= (places.get(label) ?? 0))
  )
}

/** How many changes are left in a window, and when it ends. */
export interface SaleQuota {
  readonly remaining: number
  readonly resetsAt: number
}

/**
 * Counts a change of what is for sale, or tells until when the window is full. Those that only put things on sale are told as if
 * they counted, and never refused.
 */
export function countSaleCall(
  calls: SaleCalls | undefined,
  { now, opens }: { now: Instant; opens: boolean },
): SaleCalls | { readonly fullUntil: number } {
  const isOver = calls === undefined || quotaOf(calls).resetsAt <= now
  const { since, counted, opening } = isOver ? { since: now, counted: 0, opening: 0 } : calls
  if (opens) return { since, counted, opening: opening + 1 }
  if (counted >= SALE_CALLS_MAX) return { fullUntil: since + DAY_MS }
  return { since, counted: counted + 1, opening }
}

/** What is left of a window. */
export function quotaOf({ since, counted, opening }: SaleCalls): SaleQuota {
  const remaining = Math.max(0, SALE_CALLS_MAX - counted - opening)
  return { remaining, resetsAt: since + DAY_MS }
}
