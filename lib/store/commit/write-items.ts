import type { HoldEntry, QuotaUse, RowCheck, RowKind, RowWrite, Writes } from '../../rules/rows.ts'
import { historyItems, holdItem, holdParts } from '../table/items.ts'
import { rowKinds } from '../table/row-kinds.ts'
import { keys, type Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import type { GuardedRow, Items } from './guarded-rows.ts'

/** A guarded row, with the write or check that it stands for. */
export interface WrittenRow extends GuardedRow {
  readonly of: RowWrite | RowCheck
}

/** The items of a decision. */
export function itemsOf(
  { tableName, workspaceId }: { tableName: string; workspaceId: string },
  writes: Writes,
): Items<WrittenRow> {
  return {
    operationId: writes.operationId,
    rows: [
      ...writes.rows.map((write) => ({ ...written(workspaceId, write), of: write })),
      ...writes.checks.map((check) => ({ ...checked(workspaceId, check), of: check })),
    ],
    entries: [
      ...writes.history.flatMap((entry) =>
        historyItems(entry).map((item, part) => ({
          ...keys.history(entry.event, entry.operationId, part),
          ...item,
        })),
      ),
      ...writes.holds.flatMap((entry) =>
        holdKeys(workspaceId, entry).flatMap((key) => holdParts({ ...key, ...holdItem(entry) })),
      ),
    ],
    withDecision:
      writes.quota === undefined ? [] : [quotaUpdate(tableName, workspaceId, writes.quota)],
  }
}

/** Counts under an admission; the condition fails where that would be more than it allows. */
function quotaUpdate(TableName: string, workspaceId: string, quota: QuotaUse): TransactItem {
  const { id, objects, objectsMax, keptUntil } = quota
  return {
    Update: {
      TableName,
      Key: keys.admission(workspaceId, id),
      UpdateExpression: 'SET #ttl = :ttl ADD n :objects',
      ConditionExpression: 'attribute_not_exists(n) OR n <= :room',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':objects': objects,
        ':room': objectsMax - objects,
        ':ttl': Math.ceil(keptUntil / 1_000),
      },
    },
  }
}

function checked<Kind extends RowKind>(workspaceId: string, check: RowCheck<Kind>): GuardedRow {
  const { kind, guard } = check
  return { key: rowKinds[kind].key(check, workspaceId), guard, after: undefined }
}

function written<Kind extends RowKind>(workspaceId: string, write: RowWrite<Kind>): GuardedRow {
  const { kind, guard } = write
  const { key, item, keepsData } = rowKinds[kind]
  const after = item(write.after)
  return { key: key(write, workspaceId), guard, after, keepsData: keepsData?.(write) ?? false }
}

function holdKeys(workspaceId: string, entry: HoldEntry): Key[] {
  const byToken = keys.hold(workspaceId, entry.holdToken, entry)
  return entry.holder === undefined ? [byToken] : [byToken, keys.holder(entry.holder, entry)]
}
