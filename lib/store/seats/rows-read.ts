import type { HoldTokenRow } from '../../rules/rows.ts'
import type { SeatRow } from '../../rules/seat.ts'
import type { EventHead } from '../../records/records.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'
import { readSeatItem, readTokenItem, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { keys } from '../table/table.ts'

/** The hold tokens of those that were issued here, out of what a batch has brought. */
export async function tokensOf(
  port: Port,
  {
    workspaceId,
    holdTokens,
    items,
  }: { workspaceId: string; holdTokens: readonly string[]; items: ReadonlyMap<string, Item> },
): Promise<Map<string, HoldTokenRow>> {
  const found = await unlocked(
    port,
    holdTokens.map((holdToken) => ({ name: holdToken, key: keys.token(workspaceId, holdToken) })),
    items,
  )
  return readEach(found, readTokenItem)
}

/** The rows of objects, by label, out of what a batch has brought. */
export async function rowsOf(
  port: Port,
  {
    event,
    labels,
    items,
  }: { event: EventHead; labels: readonly string[]; items: ReadonlyMap<string, Item> },
): Promise<Map<string, SeatRow>> {
  const found = await unlocked(
    port,
    labels.map((label) => ({ name: label, key: keys.seat(event, label) })),
    items,
  )
  return readEach(found, readSeatItem)
}
