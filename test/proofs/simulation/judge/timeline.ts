import { fromItem } from '../../../support/plain-marshal.ts'
import type { StreamRecord } from '@holdfast/dynamodb/types'
import type { CallSeen } from '../processes.ts'
import type { RunRecord } from '../run.ts'
import { landingsOf } from './landings.ts'
import { notesOf } from './notes.ts'
import { readPlaces, type PlacesChange, type PlacesReading } from './places.ts'
import { readTerms, termsLines, type TermsLine, type TermsReading } from './terms-lines.ts'
import { readToken, type TokenLine } from './token-lines.ts'

// What was really committed, read from the table's stream and from nothing else. This is not the product's code: it reads
// the stored attributes by itself, so that a mistake there does not hide a mistake here.

/** What an object is from one commit to the next. */
export interface State {
  readonly version: number
  /** Custom ones after `=`. */
  readonly status: 'free' | 'resale' | 'held' | 'booked' | `=${string}`
  readonly token: string | undefined
  readonly until: number | undefined
  readonly notes: Notes
  /** The decider's clock when it decided. */
  readonly at: number
  readonly operationId: string
}

/** What goes with an object besides its status. */
export interface Notes {
  readonly orderId?: string
  readonly ticketType?: string
  readonly extraData?: string
  readonly listing?: string
  /** Where it returns to, if not to being free. */
  readonly returnsTo?: string
  /** Of an event in a season: the seasons whose status does not count, with commas between. */
  readonly overridden?: string
}

/** One change of one object. */
export interface Change {
  readonly object: string
  readonly before: State | undefined
  readonly after: State
  /** Number of the stream record. */
  readonly place: number
  /** Number of the first stream record of its transaction, or of the decision of a large commit: the order of commits. */
  readonly order: number
  /** True time from which it counts: of the transaction, or of the decision of a large commit. */
  readonly time: number
  /** True time from which the row says so. */
  readonly appliedAt: number
  /** Whether it came by a transaction, and so together with its history. */
  readonly isOneTransaction: boolean
}

/** A time at which somebody was at an object: a change, a lock, or the end of one. */
export interface Touch {
  readonly time: number
  readonly isLocked: boolean
}

export interface ObjectLine {
  /** `<event id> <label>` */
  readonly name: string
  readonly changes: Change[]
  readonly touches: Touch[]
}

/** What a header said when it was decided. */
export interface Decision {
  readonly state: 'C' | 'A'
  readonly time: number
  readonly place: number
  /** When and by whom the write was sent that decided it. */
  readonly sentAt: number
  readonly life: string
}

export interface Timeline {
  readonly objects: ReadonlyMap<string, ObjectLine>
  /** By operation. */
  readonly decisions: ReadonlyMap<string, Decision>
  /** By operation: every change that it made. */
  readonly changes: ReadonlyMap<string, readonly Change[]>
  /** By key text: each item of history, with its place. */
  readonly history: ReadonlyMap<string, { readonly item: Fields; readonly place: number }>
  readonly holds: ReadonlyMap<string, { readonly item: Fields; readonly place: number }>
  /** Rows of areas, in the order in which they were written. */
  readonly places: readonly PlacesChange[]
  /** Hold tokens that the product issued, by their text. */
  readonly tokens: ReadonlyMap<string, TokenLine>
  /** What events said of selling, by event id. */
  readonly terms: ReadonlyMap<string, TermsLine>
  /** What no item may do. */
  readonly faults: readonly string[]
}

export type Fields = Readonly<Record<string, unknown>>

/** Reads the stream of a run. */
export function readTimeline(record: RunRecord): Timeline {
  const reading = newReading()
  const landings = landingsOf(record.calls)
  const { records } = record.venue.table
  for (let place = 0; place < records.length; place += 1) {
    const entry = records[place]
    if (entry === undefined) continue
    const read = place < record.firstRecord ? readBefore : readRecord
    read(reading, { entry, place, landing: landings.get(place) })
  }
  for (const line of reading.tokens.values()) {
    for (const change of line.changes) Object.assign(change, committedAt(reading, change))
  }
  const { terms, faults } = termsLines(reading.offers)
  const places = reading.placesRaw.map(({ lock, ...change }): PlacesChange => {
    const operationId = lock ?? String(change.after['op'])
    return { ...change, ...committedAt(reading, { ...change, operationId }) }
  })
  return { ...reading, ...resolve(reading), places, terms, faults: [...reading.faults, ...faults] }
}

interface Reading extends PlacesReading {
  /** With the large commit that a change came by, where its row was locked. */
  readonly raw: (Change & { readonly lock?: string })[]
  readonly objects: Map<string, ObjectLine>
  readonly decisions: Map<string, Decision>
  readonly history: Map<string, { item: Fields; place: number }>
  readonly holds: Map<string, { item: Fields; place: number }>
  readonly tokens: Map<string, TokenLine>
  readonly offers: TermsReading
  readonly faults: string[]
}

function newReading(): Reading {
  return {
    raw: [],
    placesRaw: [],
    objects: new Map(),
    decisions: new Map(),
    history: new Map(),
    holds: new Map(),
    tokens: new Map(),
    offers: { heads: [], texts: new Map() },
    faults: [],
  }
}

/** A stream record, and the call that made it. */
export interface Entry {
  readonly entry: StreamRecord
  readonly place: number
  readonly landing: CallSeen | undefined
}

/** Of what was there before the run, only what events say of selling. */
function readBefore(reading: Reading, entry: Entry): void {
  readTerms(reading.offers, entry, imagesOf(entry))
}

function imagesOf({ entry }: Entry): Images {
  const { OldImage: before, NewImage: after } = entry.dynamodb
  return { before: fieldsOf(before), after: fieldsOf(after) }
}

function readRecord(reading: Reading, entry: Entry): void {
  const { Keys } = entry.entry.dynamodb
  const pk = Keys['pk']?.S ?? ''
  const images = imagesOf(entry)
  if (readTerms(reading.offers, entry, images)) return
  if (pk.startsWith('S#')) readRow(reading, entry, images)
  else if (pk.startsWith('O#')) readHeader(reading, entry, images)
  else if (pk.startsWith('L#')) readEntry(reading.history, { reading, entry, images })
  else if (Keys['sk']?.S === 'M') readToken(reading, entry, images)
  else if (pk.startsWith('T#')) readEntry(reading.holds, { reading, entry, images })
}

/** An item before and after. */
export interface Images {
  readonly before: Fields | undefined
  readonly after: Fields | undefined
}

function fieldsOf(image: StreamRecord['dynamodb']['NewImage']): Fields | undefined {
  return image && fromItem(image)
}

function readRow(reading: Reading, entry: Entry, { before, after }: Images): void {
  if (readPlaces(reading, entry, { before, after })) return
  const { place, landing } = entry
  const item = after ?? before ?? {}
  const name = `${String(item['pk']).split('#')[1] ?? ''} ${String(item['sk'])}`
  if (after === undefined) {
    reading.faults.push(`the row of ${name} was removed`)
    return
  }
  const line = reading.objects.get(name) ?? { name, changes: [], touches: [] }
  reading.objects.set(name, line)
  const time = landing?.landed?.at ?? 0
  line.touches.push({ time, isLocked: after['lk'] !== undefined })
  const [old, state] = [stateOf(before), stateOf(after)]
  if (state === undefined) {
    if (old !== undefined) reading.faults.push(`the state of ${name} was lost`)
  } else if (old?.version !== state.version) {
    const isOneTransaction = landing?.request.operation === 'TransactWriteItems'
    const order = landing?.landed?.from ?? place
    const times = { time, appliedAt: time, isOneTransaction, order }
    const lock = before?.['lk'] as string | undefined
    const change = { object: name, before: old, after: state, place, ...times }
    reading.raw.push(lock === undefined ? change : { ...change, lock })
  } else if (JSON.stringify(old) !== JSON.stringify(state)) {
    reading.faults.push(`${name} changed without a new version: ${JSON.stringify(state)}`)
  }
}

function stateOf(item: Fields | undefined): State | undefined {
  if (item?.['v'] === undefined) return undefined
  return {
    version: Number(item['v']),
    status: item['s'] as State['status'],
    token: item['t'] as string | undefined,
    until: item['x'] as number | undefined,
    notes: notesOf(item),
    at: Number(item['at']),
    operationId: String(item['op']),
  }
}

function readHeader(reading: Reading, { place, landing }: Entry, { before, after }: Images): void {
  const item = after ?? before ?? {}
  if (item['sk'] !== 'O') return
  const operationId = String(item['pk']).slice(2)
  if (after === undefined) {
    if (before?.['fin'] === undefined) {
      reading.faults.push(`the header of ${operationId} was removed before it was finished`)
    }
    return
  }
  const state = after['st']
  if (state === before?.['st']) return
  if (state !== 'C' && state !== 'A') return
  if (before?.['st'] !== 'P') {
    reading.faults.push(`operation ${operationId} went from ${String(before?.['st'])} to ${state}`)
  }
  reading.decisions.set(operationId, {
    state,
    time: landing?.landed?.at ?? 0,
    place,
    sentAt: landing?.sentAt ?? 0,
    life: landing?.life ?? '',
  })
}

function readEntry(
  entries: Map<string, { item: Fields; place: number }>,
  { reading, entry, images }: { reading: Reading; entry: Entry; images: Images },
): void {
  const { before, after } = images
  const item = after ?? before ?? {}
  const name = `${String(item['pk'])} ${String(item['sk'])}`
  const isHistory = name.startsWith('L#')
  if (before !== undefined && (isHistory || after !== undefined)) {
    reading.faults.push(`the entry ${name} was ${after === undefined ? 'removed' : 'changed'}`)
  }
  if (after !== undefined) entries.set(name, { item: after, place: entry.place })
  else if (Number(before?.['x']) > entry.entry.dynamodb.ApproximateCreationDateTime * 1000) {
    reading.faults.push(`the hold entry ${name} was removed before its time`)
  }
}

/** When it counts: for a large commit, the moment of its decision. */
function committedAt(
  { decisions }: Reading,
  { operationId = '', time, order }: { operationId?: string; time: number; order: number },
): { time: number; order: number } {
  const decision = decisions.get(operationId)
  if (decision?.state !== 'C') return { time, order }
  return { time: Math.min(decision.time, time), order: decision.place }
}

/** A large commit counts from its decision on, whenever its rows follow. */
function resolve(reading: Reading): Pick<Timeline, 'changes'> {
  const changes = new Map<string, Change[]>()
  for (const { lock, ...raw } of reading.raw) {
    const { operationId } = raw.after
    // A hold that it ends along the way has an operation of its own, and is there from the same decision on.
    const by = lock ?? operationId
    const change: Change = { ...raw, ...committedAt(reading, { ...raw, operationId: by }) }
    reading.objects.get(raw.object)?.changes.push(change)
    const ofOperation = changes.get(operationId)
    if (ofOperation === undefined) changes.set(operationId, [change])
    else ofOperation.push(change)
  }
  return { changes }
}
