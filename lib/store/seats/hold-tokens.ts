import type { HoldTokenRow } from '../../rules/rows.ts'
import { readTokenItem, tokenItem } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import { transactOnce, type Receipt } from '../table/receipts.ts'
import { settleRow } from '../commit/settle-locks.ts'
import { keys } from '../table/table.ts'

/** A hold token by its workspace and text. */
export interface TokenName {
  readonly workspaceId: string
  readonly holdToken: string
}

/** Issues a hold token; false when there is one of that text. */
export async function createHoldToken(
  port: Port,
  { workspaceId, holdToken }: TokenName,
  { row, receipt }: { row: HoldTokenRow; receipt: Receipt | undefined },
): Promise<boolean> {
  const put = {
    Put: {
      TableName: port.tableName,
      Item: { ...keys.token(workspaceId, holdToken), ...tokenItem(row) },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
  return (await transactOnce(port, [put], receipt)).status === 'applied'
}

/** Reads a hold token, consistently and behind a lock that can be ended; expired ones too, until TTL removes them. */
export async function getHoldToken(
  port: Port,
  { workspaceId, holdToken }: TokenName,
): Promise<HoldTokenRow | undefined> {
  const key = keys.token(workspaceId, holdToken)
  const item = await getItem(port, key)
  if (item?.['lk'] === undefined) return readTokenItem(item)
  return readTokenItem((await settleRow(port, { key, item })).item)
}
