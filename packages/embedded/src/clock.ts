import { setTimeout as delay } from 'node:timers/promises'

// The services' own clock, so that they stand alone. Any clock of this shape may be handed to them.

/** Milliseconds since the Unix epoch. */
export type Instant = number & { readonly brand: 'Instant' }

/** Makes an instant of whole milliseconds since the epoch. */
export function instant(milliseconds: number): Instant {
  return Math.trunc(milliseconds) as Instant
}

/** Adds seconds (whole or fractional) to an instant. */
export function addSeconds(start: Instant, seconds: number): Instant {
  return instant(start + seconds * 1000)
}

/** Writes an instant as ISO 8601 UTC with milliseconds. */
export function toIso(time: Instant): string {
  return new Date(time).toISOString()
}

/** Where a service's time comes from. */
export interface Clock {
  now(): Instant
  /** Resolves after that many milliseconds on this clock. */
  sleep(milliseconds: number): Promise<void>
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  sleep: (milliseconds) => delay(milliseconds),
}
