import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { instant, type Instant } from '../../clock.ts'
import type { Operation } from './operations.ts'
import type { Port } from '../table/port.ts'
import { queryPages } from '../table/read.ts'
import { partitionStarts } from '../table/partitions.ts'
import { sortable } from '../table/sortable.ts'
import { keys, type Key } from '../table/table.ts'

// The list of operations to look after: whoever sees one begin, or meets one that nobody finished, enters it; the timer
// takes those that are due. An operation may be in it twice, and may have been finished long since.

/**
 * Milliseconds after its deadline from which an operation is looked after: whoever opened it is over it by then, also
 * where clocks disagree by a second or two.
 */
export const RECOVERY_GRACE_MS = 5_000

/** Milliseconds until an operation that cannot be read is looked at again. */
const POSTPONE_MS = 600_000

/** Operations that one run of the timer takes. */
const DUE_MAX = 100

/** An operation that is due. */
export interface Recovery {
  readonly key: Key
  readonly operationId: string
}

/** Enters an operation, to be looked after a while after its deadline; entering it again changes nothing. */
export async function addRecovery(
  port: Port,
  { operationId, deadline }: Pick<Operation, 'operationId' | 'deadline'>,
): Promise<void> {
  await put(port, operationId, instant(deadline + RECOVERY_GRACE_MS))
}

/** The operations that are due, longest first. */
export async function dueRecoveries(port: Port): Promise<Recovery[]> {
  const due: Recovery[] = []
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND sk < :end',
    ExpressionAttributeValues: {
      ':pk': partitionStarts.recoveries,
      ':end': sortable(instant(port.clock.now() + 1)),
    },
    Limit: DUE_MAX,
  })
  for await (const items of pages) {
    for (const item of items) {
      const key = { pk: item['pk'] as string, sk: item['sk'] as string }
      due.push({ key, operationId: item['op'] as string })
    }
    if (due.length >= DUE_MAX) break
  }
  return due
}

/** Puts off an operation that cannot be ended: somebody must look at it first. */
export async function postponeRecovery(port: Port, recovery: Recovery): Promise<void> {
  const { operationId } = recovery
  await put(port, operationId, instant(port.clock.now() + POSTPONE_MS))
  await removeRecovery(port, recovery)
}

/** Takes an operation off the list. */
export async function removeRecovery(port: Port, { key }: Recovery): Promise<void> {
  await port.reader.send(new DeleteCommand({ TableName: port.tableName, Key: key }))
}

async function put({ reader, tableName }: Port, op: string, due: Instant): Promise<void> {
  await reader.send(
    new PutCommand({ TableName: tableName, Item: { ...keys.recovery(due, op), op } }),
  )
}
