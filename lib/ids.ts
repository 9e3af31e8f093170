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
