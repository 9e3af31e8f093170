import type { Range, Step } from './store.ts'

// What stands in for LevelDB where nothing is to be kept. Values stay the objects that they are: nobody changes what was written or
// read. Keys have LevelDB's order, which is that of their bytes in UTF-8. Entries lie in short sorted runs; who reads a range sees it
// as it was when it was asked for, so what a reader has seen is copied before it changes.

/** Entries of a run, at most. */
const RUN_MAX = 64

/** Entries that are taken as soon as they are asked for. */
const TAKEN_MAX = 1_000

interface Entry {
  readonly key: string
  readonly value: unknown
}

interface Run {
  /** The readers that there were when it was made: those who came since may look at it. */
  readonly readers: number
  readonly entries: Entry[]
}

/** An ordered store in memory. */
export class MemoryDatabase {
  readonly #values = new Map<string, unknown>()
  #runs: Run[] = [{ readers: 0, entries: [] }]
  /** How many have read a range so far, and how many of them the list of runs has been copied for. */
  #readers = 0
  #copiedFor = 0

  getSync(key: string): unknown {
    return this.#values.get(ordered(key))
  }

  batch(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      const key = ordered(step.key)
      if (step.type === 'put') this.#put({ key, value: step.value })
      else this.#remove(key)
    }
    return Promise.resolve()
  }

  /** Deletes a range. */
  clear(range: Range): Promise<void> {
    const keys = [...this.#found(range)].map(({ key }) => key)
    for (const key of keys) this.#remove(key)
    return Promise.resolve()
  }

  /** The entries of a range as it is now, whenever they are taken. */
  iterator(range: Range): Iterable<[string, unknown]> {
    const entries = this.#entries(range)
    return (function* () {
      for (const { key, value } of entries) yield [written(key), value]
    })()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #put(entry: Entry): void {
    const run = this.#runOf(entry.key)
    const { entries } = this.#own(run)
    const at = firstFrom(entries, entry.key)
    entries.splice(at, entries[at]?.key === entry.key ? 1 : 0, entry)
    this.#values.set(entry.key, entry.value)
    if (entries.length <= RUN_MAX) return
    // What only ever grows at its end leaves full runs behind.
    const isLast = at === entries.length - 1
    const more = entries.splice(isLast ? at : RUN_MAX / 2)
    this.#runs.splice(run + 1, 0, { readers: this.#readers, entries: more })
  }

  #remove(key: string): void {
    if (!this.#values.delete(key)) return
    const run = this.#runOf(key)
    const { entries } = this.#own(run)
    entries.splice(firstFrom(entries, key), 1)
    if (entries.length === 0 && this.#runs.length > 1) this.#runs.splice(run, 1)
  }

  /** The run that has a key, or would have it. */
  #runOf(key: string): number {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const first = this.#runs[middle]?.entries[0]
      if (first !== undefined && first.key <= key) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  /** A run that no reader has seen, in a list that none has. */
  #own(at: number): Run {
    if (this.#copiedFor < this.#readers) {
      this.#runs = [...this.#runs]
      this.#copiedFor = this.#readers
    }
    const run = this.#runs[at] ?? { readers: this.#readers, entries: [] }
    if (run.readers === this.#readers) return run
    const own = { readers: this.#readers, entries: [...run.entries] }
    this.#runs[at] = own
    return own
  }

  #entries(range: Range): Iterable<Entry> {
    // A few are taken at once: then nothing must be copied for their reader.
    if (range.limit !== undefined && range.limit <= TAKEN_MAX) return [...this.#found(range)]
    this.#readers += 1
    return this.#found(range)
  }

  #found(range: Range): Iterable<Entry> {
    if (range.reverse === true) return backwards(this.#runs, range)
    const from = ordered(range.gte ?? range.gt ?? '')
    return forwards(this.#runs, range, { first: this.#runOf(from), from })
  }
}

function* forwards(
  runs: readonly Run[],
  range: Range,
  { first, from }: { first: number; from: string },
): Iterable<Entry> {
  const isBelow = below(range)
  let left = range.limit ?? Infinity
  for (let run = first; run < runs.length; run += 1) {
    const { entries } = runs[run] ?? { entries: [] }
    for (let at = run === first ? firstFrom(entries, from) : 0; at < entries.length; at += 1) {
      const entry = entries[at]
      if (entry === undefined || left === 0 || !isBelow(entry.key)) return
      if (range.gte === undefined && entry.key === from) continue
      left -= 1
      yield entry
    }
  }
}

function* backwards(runs: readonly Run[], range: Range): Iterable<Entry> {
  const isBelow = below(range)
  const isAbove = above(range)
  let left = range.limit ?? Infinity
  // The last run that begins below the end.
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const first = runs[middle]?.entries[0]
    if (first !== undefined && isBelow(first.key)) low = middle + 1
    else high = middle
  }
  for (let run = low - 1; run >= 0; run -= 1) {
    const { entries } = runs[run] ?? { entries: [] }
    for (const entry of entries.toReversed()) {
      if (!isBelow(entry.key)) continue
      if (left === 0 || !isAbove(entry.key)) return
      left -= 1
      yield entry
    }
  }
}

function below({ lt, lte }: Range): (key: string) => boolean {
  const [end, last] = [lt && ordered(lt), lte && ordered(lte)]
  return (key) => (end === undefined || key < end) && (last === undefined || key <= last)
}

function above({ gt, gte }: Range): (key: string) => boolean {
  const [before, first] = [gt && ordered(gt), gte && ordered(gte)]
  return (key) => (before === undefined || key > before) && (first === undefined || key >= first)
}

/** Where the first entry is that has a key or one behind it. */
function firstFrom(entries: readonly Entry[], key: string): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle]?.key ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

/** A text that sorts as the bytes of another do; one in ASCII does by itself. */
function ordered(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString('latin1')
}

/** What such a text was made of. */
function written(key: string): string {
  return ASCII.test(key) ? key : Buffer.from(key, 'latin1').toString()
}

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/
