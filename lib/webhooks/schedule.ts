import { instant, type Instant } from '../clock.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../limits/durations.ts'
import { MESSAGE_DELAY_SECONDS_MAX } from '../limits/aws-limits.ts'

// When a delivery is tried again, and when an endpoint that fails is.

/** Milliseconds from each failed attempt to the next one, before jitter. */
export const RETRY_DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  15 * HOUR_MS,
] as const

/** Attempts of one delivery, the first included. */
export const ATTEMPTS_MAX = RETRY_DELAYS_MS.length + 1

/** Delays come out between that much less and that much more, so that what failed together is not repeated together. */
export const JITTER = 0.1

/**
 * For how long a delivery may wait behind its endpoint's probe: longer than all delays together, jitter included. What has
 * waited so long is given up, as it would have been if it had been tried again and again.
 */
export const WAIT_MS_MAX = 27 * HOUR_MS

/** Milliseconds from the first failure to the probe, and from each failed probe to the next one; the last goes on. */
export const PROBE_DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  15 * MINUTE_MS,
] as const

/** Attempts in a row that are answered with a failure before an endpoint counts as failing; no answer counts at once. */
export const ANSWERED_FAILURES_MAX = 3

/** Milliseconds from the earliest to the latest moment at which what found no room, or waits, looks again. */
const ROOM_MS = { min: SECOND_MS, max: 5 * SECOND_MS }

/** The same at an endpoint that may let everybody wait: what looks often takes from the others as well. */
const UNPROVEN_ROOM_MS = { min: 2 * SECOND_MS, max: 8 * SECOND_MS }

/** When a delivery is tried again after so many failed attempts; undefined where it is given up. */
export function nextAttemptAt(
  failedAttempts: number,
  {
    now,
    random,
    retryAfterSeconds = 0,
  }: { now: Instant; random: number; retryAfterSeconds?: number },
): Instant | undefined {
  const delay = RETRY_DELAYS_MS[failedAttempts - 1]
  if (delay === undefined) return undefined
  const jittered = delay * (1 - JITTER + 2 * JITTER * random)
  return instant(now + Math.max(jittered, retryAfterSeconds * SECOND_MS))
}

/** Whether a delivery that was sent then has waited too long. */
export function isOverdue(since: Instant, now: Instant): boolean {
  return now - since > WAIT_MS_MAX
}

/** When a failing endpoint is probed after so many failed probes. */
export function nextProbeAt(
  failedProbes: number,
  { now, retryAfterSeconds = 0 }: { now: Instant; retryAfterSeconds?: number },
): Instant {
  const delay = PROBE_DELAYS_MS[Math.min(failedProbes, PROBE_DELAYS_MS.length - 1)] ?? 0
  return instant(now + Math.max(delay, retryAfterSeconds * SECOND_MS))
}

/** When to look again for room at an endpoint that has as many deliveries under way as it may. */
export function nextLookAt(
  now: Instant,
  { random, isProven }: { readonly random: number; readonly isProven: boolean },
): Instant {
  const { min, max } = isProven ? ROOM_MS : UNPROVEN_ROOM_MS
  return instant(now + min + (max - min) * random)
}

/** Seconds that a message waits in its queue: until it is due, or for one hop, the longest that the queue keeps it back. */
export function hopSeconds(dueAt: Instant, now: Instant): number {
  return Math.min(MESSAGE_DELAY_SECONDS_MAX, Math.max(0, Math.ceil((dueAt - now) / SECOND_MS)))
}
