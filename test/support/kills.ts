import { isDeepStrictEqual } from 'node:util'
import type { MemorySnapshot } from './memory-store.ts'
import type { MemoryTable } from './memory-table.ts'
import type { PlainHoldfast, PlainProcess } from './plain-holdfast.ts'
import { recoverAll } from './workers.ts'

// A process that is killed leaves the table as it was after one of its writes. So a run that nothing disturbs shows every
// state that a kill can leave: the table before the first write, and after each.

/** One state, by the number of writes before it. */
export interface KilledState {
  readonly writes: number
  readonly table: MemorySnapshot
}

/** A run that nothing disturbed, and the states on its way. */
export interface Walk<Result> {
  readonly result: Result
  readonly writes: number
  readonly states: readonly KilledState[]
  /** What the table holds before, and after the run. */
  readonly before: Holdings
  readonly after: Holdings
}

/** Runs something, and keeps the states that are asked for by the number of writes before them. */
export async function walk<Result>(
  { table, wire }: PlainHoldfast,
  run: () => Promise<Result>,
  isWanted: (writes: number) => boolean = () => true,
): Promise<Walk<Result>> {
  const before = holdingsOf(table)
  const states: KilledState[] = []
  let writes = 0
  const keep = () => {
    if (isWanted(writes)) states.push({ writes, table: table.snapshot() })
  }
  keep()
  wire.applied = () => {
    writes += 1
    keep()
  }
  const result = await run()
  wire.applied = undefined
  return { result, writes, states, before, after: holdingsOf(table) }
}

type Item = Record<string, unknown>

/** What a table says of seats and requests, however it came about. */
export interface Holdings {
  /** Rows that have a state, history and hold entries, by key. */
  readonly sold: ReadonlyMap<string, Item>
  /** What is kept of requests, by key. */
  readonly kept: ReadonlyMap<string, Item>
  /** Locks, operations without an end, and entries in the list of what is to be recovered. */
  readonly loose: Item[]
}

/** Reads the table. */
export function holdingsOf(table: MemoryTable): Holdings {
  const sold = new Map<string, Item>()
  const kept = new Map<string, Item>()
  const loose: Item[] = []
  for (const item of table.items()) {
    const [kind] = String(item['pk'])
    const name = `${String(item['pk'])}\n${String(item['sk'])}`
    const isOpen = kind === 'O' && item['sk'] === 'O' && (item['fin'] === undefined || !item['ttl'])
    if (item['lk'] !== undefined || item['ln'] !== undefined || isOpen || kind === 'R') {
      loose.push(item)
    }
    const hasState = kind === 'S' && item['v'] !== undefined
    if (hasState || kind === 'L' || kind === 'T') sold.set(name, item)
    if (kind === 'I') kept.set(name, item)
  }
  return { sold, kept, loose }
}

/** Which of the two it is, if it is one of them as a whole. */
export function wholeOf(
  now: Holdings,
  { before, after }: Pick<Walk<unknown>, 'before' | 'after'>,
): 'nothing' | 'everything' | 'neither' {
  if (isDeepStrictEqual(now.sold, after.sold)) {
    return isDeepStrictEqual(now.kept, after.kept) ? 'everything' : 'neither'
  }
  return isDeepStrictEqual(now.sold, before.sold) ? 'nothing' : 'neither'
}

/** What came of one state once stream and timer had done their work. */
export interface Rescue {
  readonly state: KilledState
  readonly whole: ReturnType<typeof wholeOf>
  readonly loose: number
}

/**
 * Puts each state back, lets workers of another process recover it, and hands over what came of it while the table is
 * still so. The clock goes back each time.
 */
export async function rescueAll(
  { table, clock }: PlainHoldfast,
  { rescuer, walked }: { rescuer: PlainProcess; walked: Walk<unknown> },
  look: (rescue: Rescue) => Promise<void>,
): Promise<void> {
  const start = clock.now()
  const from = walked.states[0]?.table.records.length ?? 0
  for (const state of walked.states) {
    table.restore(state.table)
    clock.advance(start - clock.now())
    await recoverAll({ table, clock, runtime: rescuer.runtime }, from)
    const now = holdingsOf(table)
    await look({ state, whole: wholeOf(now, walked), loose: now.loose.length })
  }
  clock.advance(start - clock.now())
}
