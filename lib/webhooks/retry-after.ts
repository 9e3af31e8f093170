import type { Instant } from '../clock.ts'
import { HOUR_SECONDS } from '../limits/durations.ts'

/**
 * The longest wait that a receiver can ask for. The schedule goes on growing by itself; what asks for more is tried again
 * after that, and can ask again.
 */
export const RETRY_AFTER_SECONDS_MAX = HOUR_SECONDS

/** Reads a `Retry-After` header, seconds or a date, as seconds from now up to a cap; undefined where it says nothing. */
export function readRetryAfter(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const seconds = /^\d+$/.test(text) ? Number(text) : secondsUntil(text, now)
  if (seconds === undefined || seconds <= 0) return undefined
  return Math.min(seconds, RETRY_AFTER_SECONDS_MAX)
}

/** Only the dates of HTTP, which begin with a day of the week: the parser takes much else for one. */
function secondsUntil(text: string, now: Instant): number | undefined {
  const time = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : Math.ceil((time - now) / 1000)
}
