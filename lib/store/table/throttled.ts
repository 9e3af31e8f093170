import { Fault } from '../../faults.ts'
import { comeAgainSeconds, isHurried, spendPatience } from '../../patience.ts'
import { isThrottled, type SdkError } from './failures.ts'
import type { Port } from './port.ts'

// What is done where the store has no room: it is asked again after a random pause, as long as the patience of the request lasts
// (lib/patience.ts), and then the caller is told when to come again. Nothing was changed by then.

/** Attempts of one read for whoever is in no hurry, the first included. */
const READ_ATTEMPTS_MAX = 6

/**
 * Milliseconds of a pause, at least and at most: room comes with time, and each attempt takes of it, also one that is refused, of all
 * partitions that had some. So a caller's request makes three or four. Who is in no hurry waits twice as long each further time.
 */
const ROOM_PAUSE_MS = [60, 120] as const

/** Waits before attempt `attempt + 1` of what was throttled; answers false, at once, where the request may not wait so long. */
export async function waitForRoom(port: Port, attempt: number): Promise<boolean> {
  const [least, most] = ROOM_PAUSE_MS
  const doublings = isHurried() ? 0 : attempt - 1
  const pauseMs = Math.ceil(least + port.ids.random() * (most - least)) * 2 ** doublings
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
