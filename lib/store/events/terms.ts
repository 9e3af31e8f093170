import type { EventHead } from '../../records/records.ts'
import { heardBy, termsInSeason, type SeasonWords } from '../../venue/season-terms.ts'
import { labelsIn, termsOf, type Inventory, type Terms } from '../../venue/terms.ts'
import { detailsKeys, readEventDetails } from './event-details.ts'
import type { Item } from '../table/items.ts'
import type { Store } from '../table/store.ts'
import type { Key } from '../table/table.ts'
import { WeighedCache } from '../../weighed-cache.ts'

// The terms of events, and of seasons. Those of an event in a season follow from its own text, from that of its top-level season, and
// from those that the latter's roster names: who reads them has both heads, and reads the texts along at first sight.

/** Labels that the terms of all events name which a process keeps: some 100 MB at worst. */
const LABELS_CACHED_MAX = 500_000

/** Terms by drawing and text, neither of which ever changes. */
export type TermsCache = WeighedCache<Terms>

/** An empty cache of terms. */
export function newTermsCache(): TermsCache {
  return new WeighedCache(LABELS_CACHED_MAX)
}

/** Whose terms they are. */
export interface TermsOwner {
  readonly event: EventHead
  /** Of an event in a season, and of a partial season: the head of the top-level season. */
  readonly season?: EventHead | undefined
}

/** Keys of an event's own text, to read along at the first sight of its terms; none where they are known, or follow from its head. */
export function termsKeys(
  cache: TermsCache,
  { event, season, drawingId }: TermsOwner & { drawingId: string | undefined },
): Key[] {
  const isKnown = drawingId !== undefined && cache.has(nameOf({ event, season }, drawingId))
  return isKnown ? [] : detailsKeys(event)
}

/**
 * The terms of an event, or of a season: as they are known, or from items that were read along; what a roster names beside those is
 * read at first sight. Undefined when something of it was replaced meanwhile.
 */
export async function findTerms(
  store: Store,
  cache: TermsCache,
  read: TermsOwner & {
    inventory: Inventory
    drawingId: string
    items: ReadonlyMap<string, Item>
  },
): Promise<Terms | undefined> {
  const { event, inventory, drawingId, items } = read
  const name = nameOf(read, drawingId)
  const known = cache.get(name)
  if (known !== undefined) return known
  if (event.season !== undefined) return findInSeason(store, cache, { ...read, name })
  const details = (await readEventDetails(store, [event], items)).get(event.eventId)
  return details && keep(cache, name, { value: termsOf(inventory, event, details) })
}

async function findInSeason(
  store: Store,
  cache: TermsCache,
  { name, event, season = event, inventory, drawingId, items }: SeasonRead,
): Promise<Terms | undefined> {
  const words = await readSeasonWords(store, { event, season }, items)
  if (words === undefined) return undefined
  const plainName = `${nameOf({ event: season }, drawingId)}\nplain`
  const plain =
    cache.get(plainName) ??
    keep(cache, plainName, { value: termsOf(inventory, season, words.season) })
  return keep(cache, name, { value: termsInSeason({ ...words, plain }), shared: plain })
}

type SeasonRead = Parameters<typeof findTerms>[2] & { readonly name: string }

/** What the terms of a season, or of an event in one, follow from; undefined when something of it was replaced meanwhile. */
export async function readSeasonWords(
  store: Store,
  { event, season: top = event }: TermsOwner,
  along?: ReadonlyMap<string, Item>,
): Promise<Omit<SeasonWords, 'plain'> | undefined> {
  const { eventId, season: place } = event
  if (top === event && place?.role !== 'whole') {
    throw new Error(`Bug: the terms of ${eventId} were asked for without the head of its season`)
  }
  const said = await readEventDetails(store, [event, top], along)
  const [own, season] = [said.get(eventId), said.get(top.eventId)]
  if (place === undefined || own === undefined || season === undefined) return undefined
  const member = { eventId, season: place }
  const heard = heardBy(member, season).map(({ eventId: of, terms }) => {
    return { eventId: of, details: terms }
  })
  const texts = await readEventDetails(store, heard)
  const known = [...texts].flatMap(([of, text]) =>
    text === undefined ? [] : [[of, text] as const],
  )
  if (known.length < heard.length) return undefined
  return { member, season, own, texts: new Map(known) }
}

function keep(cache: TermsCache, name: string, { value, shared }: Kept): Terms {
  return cache.add(name, () => ({ value, weight: 1 + labelsIn(value, shared) }))
}

interface Kept {
  readonly value: Terms
  /** Terms that it shares something with, which are kept beside it. */
  readonly shared?: Terms
}

/** Which partial seasons an event is in follows from the text of its season, and from which event it is. */
function nameOf({ event, season }: TermsOwner, drawingId: string): string {
  const words = [event, season ?? []].flat().flatMap(({ tableBooking, details }) => {
    return [tableBooking ?? 'INHERIT', details?.textId ?? '']
  })
  return [drawingId, ...words, ...(event.season === undefined ? [] : [event.eventId])].join('\n')
}
