import pLimit from 'p-limit'
import { WeighedCache } from './weighed-cache.ts'

/** Makes the bytes of something; undefined where there is no such thing. */
export type Make = () => Promise<Uint8Array | undefined>

/** How much is kept, and how much is made at a time. */
export interface MadeLimits {
  readonly bytesMax: number
  readonly atOnceMax: number
  /** What else may be asked for meanwhile. */
  readonly waitingMax: number
}

/** What comes of asking: the bytes, that there are none, or that too much is asked for at once. */
export type Made = Uint8Array | 'nothing' | 'busy'

/** What was made, each under its name. */
export type MadeOnce = (name: string, make: Make) => Promise<Made>

/**
 * Keeps what is made of things that never change: who asks for the same at once waits for one making, and few are made at a time.
 * Forgets the longest unused beyond a number of bytes.
 */
export function keepMade({ bytesMax, atOnceMax, waitingMax }: MadeLimits): MadeOnce {
  const kept = new WeighedCache<Uint8Array>(bytesMax)
  const underWay = new Map<string, Promise<Made>>()
  const inTurn = pLimit(atOnceMax)

  async function making(name: string, make: Make): Promise<Made> {
    try {
      const made = await inTurn(make)
      if (made === undefined) return 'nothing'
      return kept.add(name, () => ({ value: made, weight: made.length }))
    } finally {
      underWay.delete(name)
    }
  }

  return async (name, make) => {
    const found = kept.get(name)
    if (found !== undefined) return found
    const already = underWay.get(name)
    if (already !== undefined) return already
    if (inTurn.pendingCount >= waitingMax) return 'busy'
    const made = making(name, make)
    underWay.set(name, made)
    return made
  }
}
