import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../../clock.ts'
import type { Fault } from '../../faults.ts'
import { entryDecided } from './decided.ts'
import { holdParts, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { insertStatement } from './statement.ts'
import { writeAll, type Write } from './write-all.ts'

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
  const parts = entries.flatMap(holdParts)
  await writeAll(
    port,
    parts.map((entry) => entryWrite(port, entryDecided(entry, at))),
    { outcome },
  )
}

/** One that is there already is of this operation: its key is in no other. */
function entryWrite(port: Port, entry: Item): Write {
  return {
    statement: insertStatement(port, entry),
    alone: () =>
      new PutCommand({
        TableName: port.tableName,
        Item: entry,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
  }
}
