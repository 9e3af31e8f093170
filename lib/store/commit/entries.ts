import { PutCommand } from '@aws-sdk/lib-dynamodb'
import pLimit from 'p-limit'
import type { Instant } from '../../clock.ts'
import type { Fault } from '../../faults.ts'
import { entryDecided } from './decided.ts'
import { holdParts, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { writeItem } from '../table/write-item.ts'

/** Entries on their way at a time: some have 350 KB. */
const ENTRIES_AT_ONCE = 8

/**
 * Puts the history and hold entries of an operation that was committed then, those that are not there yet. Whoever applies
 * it writes the same ones, and does so before any row.
 */
export async function putEntries(
  port: Port,
  { entries, at }: { entries: readonly Item[]; at: Instant },
  outcome: Fault['outcome'],
): Promise<void> {
  // Commits of former versions may have left hold entries that are too large.
  await pLimit(ENTRIES_AT_ONCE).map(entries.flatMap(holdParts), (entry) =>
    writeItem(
      port,
      new PutCommand({
        TableName: port.tableName,
        Item: entryDecided(entry, at),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      outcome,
    ),
  )
}
