import type { EventHead } from '../../records/records.ts'
import { labelsIn, termsOf, type Inventory, type Terms } from '../../venue/terms.ts'
import type { TermsCache } from '../events/terms.ts'
import type { Item } from '../table/items.ts'
import type { SeasonHead } from './read-season.ts'

/** The terms of a season, a part of it or one of its events. */
export function findTermsInSeason(
  cache: TermsCache,
  { head, details }: SeasonHead,
  read: {
    readonly event: EventHead
    readonly inventory: Inventory
    readonly drawingId: string
    readonly items: ReadonlyMap<string, Item>
  },
): Terms | undefined {
  const { inventory, drawingId } = read
  const name = [drawingId, head.tableBooking ?? 'INHERIT', head.details?.textId ?? ''].join('\n')
  return cache.add(name, () => {
    const value = termsOf(inventory, head, details)
    return { value, weight: 1 + labelsIn(value) }
  })
}
