import { encodeTime } from 'ulid'
import type { Instant } from '../../clock.ts'
import type { Item } from '../table/items.ts'
import { partitionStarts } from '../table/partitions.ts'
import { TIME_LENGTH } from '../table/sortable.ts'
import type { Key } from '../table/table.ts'

// A large commit takes seconds, so its rows and log entries carry the time at which it was decided, not the time at which it began:
// somebody who reads the log up to now, and goes on from there, would otherwise miss lines that are written later with an
// earlier time. The header keeps the time of the decision, so that every process that applies the commit writes the same.

/** A row as a large commit writes it: its time of change is the time of the decision. */
export function rowDecided(after: Item, at: Instant): Item {
  return after['at'] === undefined ? after : { ...after, at }
}

/** An entry as a large commit writes it: a log entry gets the place in the log that belongs to the time of the decision. */
export function entryDecided(entry: Item, at: Instant): Item {
  const { pk, sk } = entry as unknown as Key
  if (!pk.startsWith(partitionStarts.history)) return entry
  return { ...rowDecided(entry, at), sk: placeInLog(sk, at) }
}

/** Where an entry of a large commit stands in the log: by when it was decided, then by its own key. */
export function placeInLog(sk: string, at: Instant): string {
  return `${encodeTime(at, TIME_LENGTH)}${sk}`
}
