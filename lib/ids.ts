import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Clock } from './clock.ts'

/** Where identifiers and randomness come from. */
export interface Ids {
  /** A new ULID, rising within this process: sorts by the clock's time. */
  ulid(): string
  /** That many random lowercase hexadecimal characters. */
  hex(length: number): string
  /** A random UUID. */
  uuid(): string
  /** A random number from 0 up to but not including 1. */
  random(): number
}

/** Identifiers from the machine's secure random source, dated by the clock. */
export function secureIds(clock: Clock): Ids {
  const nextUlid = monotonicFactory(secureRandom)
  return {
    ulid: () => nextUlid(clock.now()),
    hex: (length) =>
      randomBytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length),
    uuid: () => randomUUID(),
    random: secureRandom,
  }
}

const RANDOM_STEPS = 2 ** 32

function secureRandom(): number {
  return randomInt(RANDOM_STEPS) / RANDOM_STEPS
}

/** Start of the time that serial numbers count: 2025-01-01. */
const SERIAL_EPOCH_MS = 1_735_689_600_000

/** Serial numbers of one millisecond; with more, the next ones run ahead of the clock. */
const SERIALS_PER_MS = 8_192

/** The lowest serial number of that moment. */
export function serialAt(time: number): number {
  return Math.max(0, time - SERIAL_EPOCH_MS) * SERIALS_PER_MS
}

/** Where a millisecond starts to count: low enough to leave room above, random since other processes count too. */
const SERIAL_START_MAX = SERIALS_PER_MS / 2

/**
 * Makes a source of numbers that sort by time: below 2^53 until 2059, strictly rising within a process, and hardly ever
 * equal between two. Whoever keeps things by them must notice when they are.
 */
export function serialSource({ clock, ids }: { clock: Clock; ids: Ids }): () => number {
  let last = 0
  return () => {
    const base = serialAt(clock.now())
    const start = base + Math.floor(ids.random() * SERIAL_START_MAX)
    last = Math.max(last + 1, start)
    return last
  }
}
