import { encodeTime } from 'ulid'
import type { Instant } from '../../clock.ts'
import type { Item } from '../table/items.ts'
import { partitionStarts } from '../table/partitions.ts'
import { TIME_LENGTH, type Key } from '../table/table.ts'

// A large commit takes its time: what it tells must be of the moment at which it was decided, and not of the one at which it
// began, or whoever follows the log is past its lines before there are any. That moment stands in the header, so that all
// who apply it write the same.

/** A row as a large commit makes it: changed when that was decided. */
export function rowDecided(after: Item, at: Instant): Item {
  return after['at'] === undefined ? after : { ...after, at }
}

/** An entry as a large commit leaves it: in the log it stands where that was decided. */
export function entryDecided(entry: Item, at: Instant): Item {
  const { pk, sk } = entry as unknown as Key
  if (!pk.startsWith(partitionStarts.history)) return entry
  return { ...rowDecided(entry, at), sk: placeInLog(sk, at) }
}

/** Where an entry of a large commit stands in the log: by when it was decided, then by its own key. */
export function placeInLog(sk: string, at: Instant): string {
  return `${encodeTime(at, TIME_LENGTH)}${sk}`
}
