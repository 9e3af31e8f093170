import { PutCommand } from '@aws-sdk/lib-dynamodb'
import pLimit from 'p-limit'
import type { Fault } from '../faults.ts'
import type { Item } from './items.ts'
import type { Port } from './port.ts'
import { writeItem } from './write-item.ts'

/** Entries on their way at a time: some have 350 KB. */
const ENTRIES_AT_ONCE = 8

/**
 * Puts the history and hold entries of a committed operation, those that are not there yet. Whoever applies it writes
 * the same ones, and does so before any row.
 */
export async function putEntries(
  port: Port,
  entries: readonly Item[],
  outcome: Fault['outcome'],
): Promise<void> {
  await pLimit(ENTRIES_AT_ONCE).map(entries, (Item) =>
    writeItem(
      port,
      new PutCommand({
        TableName: port.tableName,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
      outcome,
    ),
  )
}
