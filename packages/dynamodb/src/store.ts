import dynalite from 'dynalite/db/index.js'
import type { Clock } from '@holdfast/embedded/clock'
import { notFound } from './errors.ts'
import { keyOf, under } from './items/keys.ts'
import { MemoryDatabase } from './memory-database.ts'
import type { Stream, Table } from './types.ts'
import { createWriteGate } from './write-gate.ts'

/** One step of an atomic batch. */
export type Step = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string }

export interface Range {
  gt?: string
  gte?: string
  lt?: string
  lte?: string
  reverse?: boolean
  limit?: number
}

export interface Origin {
  region: string
  accountId: string
}

/** Keys and values, in the order of the keys. */
export type Rows = AsyncIterable<[string, unknown]> | Iterable<[string, unknown]>

/** What holds them: LevelDB, or memory alone. */
export interface Database {
  getSync(key: string): unknown
  iterator(range: Range): Rows
  batch(steps: readonly Step[]): Promise<void>
  clear(range: Range): Promise<void>
  close(): Promise<void>
}

/** The database with its tables and streams in memory. Reads are synchronous; a batch is atomic. */
export interface Store {
  readonly clock: Clock
  readonly origin: Origin
  readonly tables: Map<string, Table>
  readonly streams: Map<string, Stream>
  /** The number of the newest stream record; a batch with records writes the new one. */
  sequence: bigint
  get(key: string): unknown
  range(range: Range): Rows
  batch(steps: readonly Step[]): Promise<void>
  clear(range: Range): Promise<void>
  /** Runs one writer at a time, in the order of asking. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface Location {
  /** The folder; data lives in memory when absent. */
  path: string | undefined
  /** Told once, of the write that failed and was the last. */
  onWriteFailure: (error: unknown) => void
}

/** Opens the database of a folder, or one in memory. */
export async function openStore(
  clock: Clock,
  origin: Origin,
  { path, onWriteFailure }: Location,
): Promise<Store> {
  const db = path === undefined ? new MemoryDatabase() : await openLevel(path)
  const gate = createWriteGate(onWriteFailure)
  const sequence = db.getSync(keyOf.sequence)
  let tail: Promise<unknown> = Promise.resolve()
  return {
    clock,
    origin,
    tables: await load<Table>(db, 'table/'),
    streams: await load<Stream>(db, 'stream/'),
    sequence: typeof sequence === 'string' ? BigInt(sequence) : 0n,
    get: (key) => db.getSync(key),
    range: (range) => db.iterator(range),
    batch: (steps) => gate.pass(() => db.batch(steps)),
    clear: (range) => gate.pass(() => db.clear(range)),
    exclusively(work) {
      // A writer that failed must not keep the next one from its turn.
      const turn = tail.then(work, work)
      tail = turn.catch(() => undefined)
      return turn
    },
    close: () => db.close(),
  }
}

async function openLevel(path: string): Promise<Database> {
  const { db } = dynalite.create({ path })
  await db.open()
  return db
}

/** The table, or the refusal that every data call gives when it does not exist. */
export function requireTable(store: Store, name: string): Table {
  const table = store.tables.get(tableNameOf(name))
  if (table === undefined) throw notFound()
  return table
}

/** A table may be named by its ARN wherever it is named. */
export function tableNameOf(nameOrArn: string): string {
  const match = /^arn:aws[\w-]*:dynamodb:[^:]*:\d*:table\/([^/]+)$/.exec(nameOrArn)
  return match?.[1] ?? nameOrArn
}

/** Stores a table's record and, once it is durable, shows it to everyone. */
export async function saveTable(store: Store, table: Table, steps: Step[] = []): Promise<void> {
  const name = table.description.TableName
  await store.batch([...steps, { type: 'put', key: keyOf.table(name), value: table }])
  store.tables.set(name, table)
}

async function load<Value>(db: Database, prefix: string): Promise<Map<string, Value>> {
  const found = new Map<string, Value>()
  for await (const [key, value] of db.iterator(under(prefix))) {
    found.set(key.slice(prefix.length), value as Value)
  }
  return found
}
