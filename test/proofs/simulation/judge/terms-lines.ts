import { gunzipSync } from 'node:zlib'
import type { AskedChannel, AskedSale, AskedTables } from '../requests.ts'
import { noTerms, type Epoch, type Terms } from './terms.ts'
import type { Entry, Fields, Images, Touch } from './timeline.ts'

// What events said of selling, and when, as their heads and the texts that these name tell it: read here by itself, as rows are.

/** One change of what an event says, or of its head alone. */
export interface TermsChange {
  readonly eventId: string
  readonly before: Terms
  readonly after: Terms
  /** Of the head, before and after. */
  readonly versions: readonly [number, number]
  /** True time from which it counts; number of the first stream record of its transaction. */
  readonly time: number
  readonly order: number
  /** Who wrote it, and when that was sent. */
  readonly life: string
  readonly sentAt: number
}

export interface TermsLine {
  readonly eventId: string
  readonly changes: readonly TermsChange[]
  readonly touches: readonly Touch[]
}

/** Heads and texts in the order in which they were written. */
export interface TermsReading {
  readonly heads: Head[]
  /** By the place of a text: what it says, and between which transactions it is there. */
  readonly texts: Map<string, { readonly data: Uint8Array; readonly from: number; to: number }>
}

interface Head {
  readonly item: Fields
  readonly before: Fields | undefined
  readonly order: number
  readonly entry: Entry
}

/** Reads one stream record of a head or a text; says whether it is one. */
export function readTerms(reading: TermsReading, entry: Entry, images: Images): boolean {
  const { before, after } = images
  const { pk, sk } = (after ?? before ?? {}) as Record<string, string>
  const order = entry.landing?.landed?.from ?? entry.place
  if (pk?.startsWith('X#') === true) {
    const name = `${pk} ${sk}`
    const former = reading.texts.get(name)
    if (after !== undefined) {
      reading.texts.set(name, { data: after['data'] as Uint8Array, from: order, to: Infinity })
    } else if (former !== undefined) former.to = order
    return true
  }
  const isHead = pk?.startsWith('E#') === true && sk === 'E'
  if (isHead && after !== undefined) reading.heads.push({ item: after, before, order, entry })
  return isHead
}

/** What came of them, by event, with what no head may do. */
export function termsLines({ heads, texts }: TermsReading): {
  terms: Map<string, TermsLine>
  faults: string[]
} {
  const lines = new Map<string, { changes: TermsChange[]; touches: Touch[] }>()
  const faults: string[] = []
  for (const head of heads) {
    const { item, before, order, entry } = head
    const eventId = String(item['id'])
    const after = termsIn(texts, head)
    if (after === undefined) {
      faults.push(`the head of ${eventId} names a text that is not there: ${String(item['x'])}`)
    }
    const line = lines.get(eventId) ?? { changes: [], touches: [] }
    lines.set(eventId, line)
    const { landing } = entry
    const [time, sentAt] = [landing?.landed?.at ?? -Infinity, landing?.sentAt ?? -Infinity]
    line.touches.push({ time, isLocked: false })
    const former = line.changes.at(-1)?.after ?? noTerms
    line.changes.push({
      eventId,
      before: former,
      after: after ?? former,
      versions: [Number(before?.['v'] ?? 0), Number(item['v'])],
      time,
      order,
      life: landing?.life ?? '',
      sentAt,
    })
  }
  const terms = [...lines].map(([eventId, line]) => [eventId, { eventId, ...line }] as const)
  return { terms: new Map(terms), faults }
}

interface Details {
  readonly tables?: Extract<AskedTables, { mode: 'CUSTOM' }>['named']
  readonly channels?: readonly AskedChannel[]
  readonly saleRules?: AskedSale
}

/** Undefined where the text is not there when the head names it. */
function termsIn(texts: TermsReading['texts'], { item, order }: Head): Terms | undefined {
  const mode = (item['tb'] ?? 'INHERIT') as AskedTables['mode']
  if (item['x'] === undefined) return { ...noTerms, tables: tablesIn(mode, {}) }
  const parts = Array.from({ length: Number(item['xp'] ?? 1) }, (_, part) =>
    texts.get(`X#${String(item['id'])} ${String(item['x'])}#${part}`),
  )
  const there = parts.filter((part) => part !== undefined && part.from <= order && part.to > order)
  if (there.length < parts.length) return undefined
  const bytes = Buffer.concat(there.flatMap((part) => part?.data ?? []))
  const details = JSON.parse(gunzipSync(bytes).toString()) as Details
  const { channels = [], saleRules, tables = {} } = details
  return {
    channels: channels.map(({ key, name, objects }) => ({ key, name, objects })),
    sale: saleRules && {
      isListForSale: saleRules.isListForSale,
      objects: saleRules.objects,
      categories: saleRules.categories,
    },
    tables: tablesIn(mode, tables),
  }
}

function tablesIn(mode: AskedTables['mode'], named: NonNullable<Details['tables']>): AskedTables {
  return mode === 'CUSTOM' ? { mode, named } : { mode }
}

/** All that was in force at some moment between two, one after the other. */
export function epochsOf(
  terms: ReadonlyMap<string, TermsLine>,
  { from, to }: { from: number; to: number },
): Epoch[] {
  const now = new Map<string, Terms>()
  const during: TermsChange[] = []
  for (const { changes } of terms.values()) {
    for (const change of changes) {
      if (change.time < from) now.set(change.eventId, change.after)
      else if (change.time <= to) during.push(change)
    }
  }
  during.sort((left, right) => left.order - right.order)
  const epochs: Epoch[] = [new Map(now)]
  for (const [at, change] of during.entries()) {
    now.set(change.eventId, change.after)
    // What one transaction changes in several events is there from one moment on.
    if (during[at + 1]?.order !== change.order) epochs.push(new Map(now))
  }
  return epochs
}
