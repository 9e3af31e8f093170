import { Fault } from '../../faults.ts'
import { RETRY_SECONDS_SPREAD } from '../../limits/limits.ts'
import { isHurried, spendPatience } from '../../patience.ts'
import { isThrottled, type SdkError } from './failures.ts'
import { pauseAfter, type Port } from './port.ts'

// What is done where the store has no room: it is asked again after a random pause, as long as the patience of the request lasts
// (lib/patience.ts), and then the caller is told when to come again. Nothing was changed by then.

/** Attempts of one read for whoever is in no hurry, the first included. */
const READ_ATTEMPTS_MAX = 6

/** Waits before attempt `attempt + 1` of what was throttled; answers false, at once, where the request may not wait so long. */
export async function waitForRoom(port: Port, attempt: number): Promise<boolean> {
  const pauseMs = pauseAfter(port, attempt)
  if (!spendPatience(port.clock.now(), pauseMs)) return false
  await port.clock.sleep(pauseMs)
  return true
}

/** The fault of a request that found no room in time; those who come together are sent away for different times. */
export function noRoom({ ids }: Pick<Port, 'ids'>, cause?: unknown): Fault {
  return new Fault('The store has no room for the request', {
    outcome: 'not-applied',
    cause,
    retryAfterSeconds: comeAgainSeconds(ids.random()),
    isOverloaded: true,
  })
}

/** Seconds after which somebody may come again, by a number from 0 to 1. */
export function comeAgainSeconds(random: number): number {
  return 1 + Math.floor(random * RETRY_SECONDS_SPREAD)
}

/** Reads, and again where the store had no room. */
export async function readWithPatience<Answer>(
  port: Port,
  read: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read()
    } catch (error) {
      if (!isThrottled(error as SdkError)) throw error
      if (!isHurried() && attempt >= READ_ATTEMPTS_MAX) throw error
      if (!(await waitForRoom(port, attempt))) throw noRoom(port, error)
    }
  }
}
