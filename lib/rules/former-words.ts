import type { Instant } from '../clock.ts'
import { STREAM_MS_KEPT } from '../limits/aws-limits.ts'
import { HOUR_MS } from '../limits/durations.ts'

/** What was said of something, until a moment. */
export interface Former<Words> {
  readonly words: Words
  /** The last moment of which it is said still. */
  readonly until: Instant
}

/** Milliseconds for which former words are kept: a record of the stream may be told as late as the stream has it. */
const FORMER_MS_KEPT = STREAM_MS_KEPT + 2 * HOUR_MS

/** Former words of one thing; older ones go first. */
const FORMER_MAX = 20

/** What is said of a change that was made then: `current` counts for what came after all former words. */
export function wordsAt<Words>(
  former: readonly Former<Words>[] | undefined,
  current: Words,
  at: Instant,
): Words {
  return former?.find(({ until }) => at <= until)?.words ?? current
}

/** The former words that are to be kept once `before` has given way to `after`; nothing is kept of words that stay. */
export function formerWords<Words extends object>(
  former: readonly Former<Words>[] = [],
  { before, after, now }: { before: Words; after: Words; now: Instant },
): readonly Former<Words>[] | undefined {
  // A clock that is behind the one that wrote last must not bring them out of order.
  const last = former.at(-1)?.until ?? now
  const until = last > now ? last : now
  const isSame = JSON.stringify(before) === JSON.stringify(after)
  const all = isSame ? former : [...former, { words: before, until }]
  const kept = all.filter((it) => it.until > now - FORMER_MS_KEPT).slice(-FORMER_MAX)
  return kept.length === 0 ? undefined : kept
}
