import type { Clock } from '../../lib/clock.ts'
import { under } from '@holdfast/dynamodb/keys'
import type { Range, Step, Store } from '@holdfast/dynamodb/store'
import type { Stream, StreamRecord, Table } from '@holdfast/dynamodb/types'

/** The engine's store in plain memory: nothing is ever serialised, so a copy of it costs a copy of one map. */
export interface MemoryStore extends Store {
  /** Every stream record since the store was opened, in the order of commits. */
  readonly records: readonly StreamRecord[]
  /** The values whose keys start like this, in the order of keys. */
  list(prefix: string): unknown[]
  snapshot(): MemorySnapshot
  /** Puts everything back as it was when the snapshot was taken; a snapshot can be restored many times. */
  restore(snapshot: MemorySnapshot): void
}

/** A moment of a store. Values are shared with it: the engine replaces values and never changes them. */
export interface MemorySnapshot {
  readonly values: ReadonlyMap<string, unknown>
  readonly names: readonly string[]
  readonly tables: ReadonlyMap<string, Table>
  readonly streams: ReadonlyMap<string, Stream>
  readonly sequence: bigint
  readonly records: readonly StreamRecord[]
}

/** Stream records are kept apart, in their order: no key of theirs is ever looked up here. */
const RECORD_PREFIX = 'record/'

/** Client tokens by age are for the sweep, which a simulated day does not need. */
const TOKEN_AGE_PREFIX = 'token-age/'

/** Client tokens are looked up and never listed, so they need no place in the order. */
const TOKEN_PREFIX = 'token/'

/** Opens an empty store; all time comes from the clock. */
export function openMemoryStore(clock: Clock): MemoryStore {
  let contents = orderedMap()
  let records: StreamRecord[] = []
  let tail: Promise<unknown> = Promise.resolve()

  function apply(step: Step): void {
    const { type, key } = step
    if (type === 'del') contents.delete(key)
    else if (key.startsWith(RECORD_PREFIX)) records.push(step.value as StreamRecord)
    else if (key.startsWith(TOKEN_PREFIX)) contents.values.set(key, step.value)
    else if (!key.startsWith(TOKEN_AGE_PREFIX)) contents.set(key, step.value)
  }

  return {
    clock,
    origin: { region: 'us-east-1', accountId: '000000000000' },
    tables: new Map(),
    streams: new Map(),
    sequence: 0n,
    get records() {
      return records
    },
    get: (key) => contents.values.get(key),
    list: (prefix) => contents.within(under(prefix)).map((key) => contents.values.get(key)),
    // eslint-disable-next-line @typescript-eslint/require-await
    async *range(range) {
      for (const key of contents.within(range)) yield [key, contents.values.get(key)]
    },
    batch(steps) {
      for (const step of steps) apply(step)
      return Promise.resolve()
    },
    clear(range) {
      for (const key of contents.within(range)) contents.delete(key)
      return Promise.resolve()
    },
    exclusively(work) {
      const turn = tail.then(work, work)
      tail = turn.catch(() => undefined)
      return turn
    },
    close: () => Promise.resolve(),
    snapshot() {
      const { values, names } = orderedMap(contents)
      const [tables, streams] = [new Map(this.tables), new Map(this.streams)]
      return { values, names, tables, streams, sequence: this.sequence, records: [...records] }
    },
    restore(snapshot) {
      contents = orderedMap(snapshot)
      records = [...snapshot.records]
      this.sequence = snapshot.sequence
      refill(this.tables, snapshot.tables)
      refill(this.streams, snapshot.streams)
    },
  }
}

/** Values by key, and the keys in order. */
interface OrderedMap {
  readonly values: Map<string, unknown>
  readonly names: readonly string[]
  set(key: string, value: unknown): void
  delete(key: string): void
  /** The keys in a range, as they are at this moment. */
  within(range: Range): readonly string[]
}

function orderedMap(from?: Pick<MemorySnapshot, 'values' | 'names'>): OrderedMap {
  const values = new Map(from?.values)
  const names = [...(from?.names ?? [])]
  return {
    values,
    names,
    set(key, value) {
      if (!values.has(key)) names.splice(placeOf(names, key), 0, key)
      values.set(key, value)
    },
    delete(key) {
      if (values.delete(key)) names.splice(placeOf(names, key), 1)
    },
    within: (range) => namesWithin(names, range),
  }
}

function refill<Value>(target: Map<string, Value>, source: ReadonlyMap<string, Value>): void {
  target.clear()
  for (const [name, value] of source) target.set(name, value)
}

/** The first position whose name is not before this one. */
function placeOf(names: readonly string[], name: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((names[middle] ?? '') < name) low = middle + 1
    else high = middle
  }
  return low
}

function namesWithin(
  names: readonly string[],
  { gt, gte, lt, lte, ...how }: Range,
): readonly string[] {
  const lower = gte ?? gt
  let start = lower === undefined ? 0 : placeOf(names, lower)
  if (gte === undefined && gt !== undefined && names[start] === gt) start += 1
  const upper = lt ?? lte
  let end = upper === undefined ? names.length : placeOf(names, upper)
  if (lt === undefined && lte !== undefined && names[end] === lte) end += 1
  const found = names.slice(start, Math.max(start, end))
  if (how.reverse === true) found.reverse()
  return how.limit === undefined ? found : found.slice(0, how.limit)
}
