import { decodeTime } from 'ulid'
import type { Instant } from '../../clock.ts'
import type { HoldLife } from '../../rules/rows.ts'
import { isLive } from '../../rules/seat.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { queryAll } from '../table/read.ts'
import { HOLD_PREFIX, holdPartition } from '../table/table.ts'
import type { TokenName } from './hold-tokens.ts'

/** Characters of a ULID. */
const ULID_LENGTH = 26

/** A token's holds, and until when the last of them was to last. */
export interface FoundLife extends HoldLife {
  readonly until: Instant
}

/**
 * Since when a token has held anything without a break, and how often that was prolonged, by the hold entries whose time has not run out; undefined
 * where there are none. What was held before anybody counted began with the latest of its entries.
 */
export async function findHoldLife(
  port: Port,
  { workspaceId, holdToken, now }: TokenName & { now: Instant },
): Promise<FoundLife | undefined> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': holdPartition(workspaceId, holdToken),
      ':prefix': HOLD_PREFIX,
    },
  })
  const live = items.filter((item) => isLive({ heldUntil: item['x'] as Instant }, now))
  if (live.length === 0) return undefined
  const since = live.map(
    (item) => (item['b'] as Instant | undefined) ?? madeAt(item['sk'] as string),
  )
  return {
    since: Math.min(...since) as Instant,
    extensions: Math.max(...live.map((item) => (item['c'] as number | undefined) ?? 0)),
    until: latestOf(items),
  }
}

/** In the order of their operations: a later one may have moved the deadline of an object, to an earlier moment too. */
function latestOf(items: readonly Item[]): Instant {
  const until = new Map<string, Instant>()
  for (const item of items) {
    for (const label of item['l'] as string[])
      until.set(`${item['e'] as string}\n${label}`, item['x'] as Instant)
  }
  return Math.max(...until.values()) as Instant
}

/** The operation that made an entry tells when. */
function madeAt(sortKey: string): Instant {
  return decodeTime(sortKey.slice(HOLD_PREFIX.length, HOLD_PREFIX.length + ULID_LENGTH)) as Instant
}
