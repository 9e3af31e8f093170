/** A source of chance that is the same for the same seed. */
export interface Random {
  /** From 0 up to but not including 1. */
  readonly next: () => number
  /** A whole number from 0 up to but not including the bound. */
  below(bound: number): number
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<Value>(values: readonly Value[]): Value
  /** Another source, independent of this one and of how much was drawn from it. */
  fork(name: string): Random
}

/** The source of a seed. */
export function randomOf(seed: string): Random {
  const next = generator(hash(seed))
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (values) => {
      if (values.length === 0) throw new Error('Nothing to pick from')
      return values[below(values.length)] as (typeof values)[number]
    },
    fork: (name) => randomOf(`${seed}/${name}`),
  }
}

/** FNV-1a: seeds that differ in one character are far apart after the first draws. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  }
  return value >>> 0
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
