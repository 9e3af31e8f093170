import { createHash } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Clock } from '../../lib/clock.ts'
import type { Ids } from '../../lib/ids.ts'

/** Identifiers and randomness that are the same in every run with the same seed. */
export function seededIds(clock: Clock, seed = 'test'): Ids {
  let counter = 0
  const nextHex = () => {
    counter += 1
    return createHash('sha256').update(`${seed}/${counter}`).digest('hex')
  }
  const random = () => parseInt(nextHex().slice(0, 8), 16) / 2 ** 32
  const nextUlid = monotonicFactory(random)
  return {
    ulid: () => nextUlid(clock.now()),
    hex: (length) => nextHex().slice(0, length),
    uuid: () => nextHex().slice(0, 36),
    random,
  }
}
