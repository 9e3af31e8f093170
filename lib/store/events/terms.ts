import type { EventHead } from '../../records/records.ts'
import { labelsIn, termsOf, type Inventory, type Terms } from '../../venue/terms.ts'
import { detailsIn, detailsKeys } from './event-details.ts'
import type { Item } from '../table/items.ts'
import type { Key } from '../table/table.ts'
import { WeighedCache } from '../../weighed-cache.ts'

/** Labels that the terms of all events name which a process keeps: some 100 MB at worst. */
const LABELS_CACHED_MAX = 500_000

/** Terms by drawing and text, neither of which ever changes. */
export type TermsCache = WeighedCache<Terms>

/** An empty cache of terms. */
export function newTermsCache(): TermsCache {
  return new WeighedCache(LABELS_CACHED_MAX)
}

/** Keys to read along at the first sight of an event's terms; none where they are known, or follow from its head. */
export function termsKeys(
  cache: TermsCache,
  { event, drawingId }: { event: EventHead; drawingId: string | undefined },
): Key[] {
  const isKnown = drawingId !== undefined && cache.has(nameOf(event, drawingId))
  return isKnown ? [] : detailsKeys(event)
}

/** The terms of an event: as they are known, or from items that were read along. Undefined when they were replaced meanwhile. */
export function findTerms(
  cache: TermsCache,
  read: {
    event: EventHead
    inventory: Inventory
    drawingId: string
    items: ReadonlyMap<string, Item>
  },
): Terms | undefined {
  const { event, inventory, drawingId, items } = read
  const name = nameOf(event, drawingId)
  const known = cache.get(name)
  if (known !== undefined) return known
  const details = detailsIn(items, event)
  if (details === undefined) return undefined
  return cache.add(name, () => {
    const value = termsOf(inventory, event, details)
    return { value, weight: 1 + labelsIn(value) }
  })
}

function nameOf({ tableBooking, details }: EventHead, drawingId: string): string {
  return [drawingId, tableBooking ?? 'INHERIT', details?.textId ?? ''].join('\n')
}
