import { asDecided } from '../commit/as-decided.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys } from '../table/table.ts'
import { readEventItem } from '../table/heads.ts'
import { isThere } from './find-events.ts'

/** Reads the keys that seasons have now, by their ids; absent where one has gone. */
export async function readSeasonKeys(
  port: Port,
  seasonIds: readonly string[],
): Promise<Map<string, string>> {
  const items = await asDecided(port, await batchGet(port, seasonIds.map(keys.eventById)))
  return new Map(
    [...items.values()].filter(isThere).map((item) => {
      const { eventId, eventKey } = readEventItem(item)
      return [eventId, eventKey]
    }),
  )
}
