import { fromItem } from '../../support/plain-marshal.ts'
import type { StreamRecord } from '../../../local/dynamo/types.ts'
import type { CallSeen } from '../processes.ts'
import type { RunRecord } from '../run.ts'

// What was really committed, read from the table's stream and from nothing else. This is not the product's code: it reads
// the stored attributes by itself, so that a mistake there does not hide a mistake here.

/** What an object is from one commit to the next. */
export interface State {
  readonly version: number
  readonly status: 'free' | 'held' | 'booked'
  readonly token: string | undefined
  readonly until: number | undefined
  /** The decider's clock when it decided. */
  readonly at: number
  readonly operationId: string
}

/** One change of one object. */
export interface Change {
  readonly object: string
  readonly before: State | undefined
  readonly after: State
  /** Number of the stream record. */
  readonly place: number
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
  /** What no item may do. */
  readonly faults: readonly string[]
}

export type Fields = Readonly<Record<string, unknown>>

/** Reads the stream of a run. */
export function readTimeline(record: RunRecord): Timeline {
  const reading = newReading()
  const landings = landingsOf(record.calls)
  const { records } = record.venue.table
  for (let place = record.firstRecord; place < records.length; place += 1) {
    const entry = records[place]
    if (entry !== undefined) readRecord(reading, { entry, place, landing: landings.get(place) })
  }
  return { ...reading, ...resolve(reading) }
}

interface Reading {
  readonly raw: Change[]
  readonly objects: Map<string, ObjectLine>
  readonly decisions: Map<string, Decision>
  readonly history: Map<string, { item: Fields; place: number }>
  readonly holds: Map<string, { item: Fields; place: number }>
  readonly faults: string[]
}

function newReading(): Reading {
  return {
    raw: [],
    objects: new Map(),
    decisions: new Map(),
    history: new Map(),
    holds: new Map(),
    faults: [],
  }
}

interface Entry {
  readonly entry: StreamRecord
  readonly place: number
  readonly landing: CallSeen | undefined
}

/** Which call made which record; TTL made the others. */
function landingsOf(calls: readonly CallSeen[]): Map<number, CallSeen> {
  const landings = new Map<number, CallSeen>()
  for (const call of calls) {
    const { from = 0, to = 0 } = call.landed ?? {}
    for (let place = from; place < to; place += 1) landings.set(place, call)
  }
  return landings
}

function readRecord(reading: Reading, entry: Entry): void {
  const { OldImage: before, NewImage: after, Keys } = entry.entry.dynamodb
  const pk = Keys['pk']?.S ?? ''
  const images = { before: fieldsOf(before), after: fieldsOf(after) }
  if (pk.startsWith('S#')) readRow(reading, entry, images)
  else if (pk.startsWith('O#')) readHeader(reading, entry, images)
  else if (pk.startsWith('L#')) readEntry(reading.history, { reading, entry, images })
  else if (pk.startsWith('T#')) readEntry(reading.holds, { reading, entry, images })
}

interface Images {
  readonly before: Fields | undefined
  readonly after: Fields | undefined
}

function fieldsOf(image: StreamRecord['dynamodb']['NewImage']): Fields | undefined {
  return image && fromItem(image)
}

function readRow(reading: Reading, { place, landing }: Entry, { before, after }: Images): void {
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
    const times = { time, appliedAt: time, isOneTransaction }
    reading.raw.push({ object: name, before: old, after: state, place, ...times })
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

/** A large commit counts from its decision on, whenever its rows follow. */
function resolve(reading: Reading): Pick<Timeline, 'changes'> {
  const changes = new Map<string, Change[]>()
  for (const raw of reading.raw) {
    const { operationId } = raw.after
    const decision = reading.decisions.get(operationId)
    const time = decision?.state === 'C' ? Math.min(decision.time, raw.time) : raw.time
    const change: Change = { ...raw, time }
    reading.objects.get(raw.object)?.changes.push(change)
    const ofOperation = changes.get(operationId)
    if (ofOperation === undefined) changes.set(operationId, [change])
    else ofOperation.push(change)
  }
  return { changes }
}
