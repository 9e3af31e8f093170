import type { Port } from './port.ts'
import { DAY_SECONDS } from '../../limits/durations.ts'

/** Seconds after its end in which an event's last changes are told: the stream keeps them for a day. */
const TOLD_SECONDS_MAX = 3 * DAY_SECONDS

/** The `ttl` of what is kept of something that ends now, for whatever is still to be told of it. */
export function toldUntil({ clock }: Port): number {
  return Math.ceil(clock.now() / 1000) + TOLD_SECONDS_MAX
}
