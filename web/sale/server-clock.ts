import { SECOND_MS } from '../../lib/limits/durations.ts'
import type { Surroundings } from './sale.ts'

// What the server's clock says, whatever the device's does. An answer that was written at `serverTime` was written between sending and
// receiving: so the difference of the clocks lies in an interval as wide as the round trip. The narrowest of the last ones is believed
// at its middle. One that has nothing in common with it tells that the device's clock has jumped, or stood still while it slept: then the
// new one alone is believed.

interface Sample {
  readonly from: number
  readonly to: number
}

/** The server's clock as it is known here. */
export interface ServerClock {
  /** Milliseconds since 1970; by the device's clock until the server has been heard. */
  now(): number
  readonly isKnown: boolean
  /** Hears what time an answer said, exact to `precision` milliseconds; answers whether the clock was moved. */
  hear(answer: {
    readonly sentAt: number
    readonly receivedAt: number
    readonly serverTime: number
    readonly precision?: number
  }): boolean
}

/** Samples that are compared: clocks drift, so old ones go. */
const SAMPLES_MAX = 16

/** Servers' clocks differ from each other too. */
const SLACK_MS = SECOND_MS

/** Opens a clock that has heard nothing yet. */
export function openServerClock({ now }: Pick<Surroundings, 'now'>): ServerClock {
  let samples: readonly Sample[] = []
  const best = () =>
    samples.reduce<Sample | undefined>(
      (one, other) => (one === undefined || widthOf(other) < widthOf(one) ? other : one),
      undefined,
    )
  const difference = () => {
    const sample = best()
    return sample === undefined ? 0 : (sample.from + sample.to) / 2
  }
  return {
    now: () => Math.floor(now() + difference()),
    get isKnown() {
      return samples.length > 0
    },
    hear({ sentAt, receivedAt, serverTime, precision = 0 }) {
      if (!Number.isFinite(serverTime)) return false
      const before = difference()
      const sample = { from: serverTime - receivedAt, to: serverTime + precision - sentAt }
      const believed = best()
      const isJump = believed !== undefined && !hasCommon(sample, believed)
      samples = [...(isJump ? [] : samples), sample].slice(-SAMPLES_MAX)
      return before !== difference()
    },
  }
}

function widthOf({ from, to }: Sample): number {
  return to - from
}

function hasCommon(one: Sample, other: Sample): boolean {
  return one.from <= other.to + SLACK_MS && other.from <= one.to + SLACK_MS
}
