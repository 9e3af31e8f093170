import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { addSeconds } from '../../lib/clock.ts'
import { headerItem } from '../../lib/store/commit/operations.ts'
import { getEvent } from '../../lib/store/events/events.ts'
import { keys } from '../../lib/store/table/table.ts'
import type { Scene } from './scene.ts'

/** Puts the lock of a running operation on seat A-1, or takes it off. */
export async function setLock(
  { runtime, port, clock, eventKey }: Pick<Scene, 'runtime' | 'port' | 'clock' | 'eventKey'>,
  operationId: string | undefined,
): Promise<void> {
  const event = await getEvent(runtime.store, 'one', eventKey)
  if (event === undefined) throw new Error('no event')
  const { tableName: TableName } = port
  if (operationId !== undefined) {
    const Item = { ...keys.operation(operationId), ...headerItem(addSeconds(clock.now(), 60), 1) }
    await port.writer.send(new PutCommand({ TableName, Item }))
  }
  const values = { ExpressionAttributeValues: { ':op': operationId, ':none': {} } }
  await port.writer.send(
    new UpdateCommand({
      TableName,
      Key: keys.seat(event, 'A-1'),
      UpdateExpression: operationId === undefined ? 'REMOVE lk, ln' : 'SET lk = :op, ln = :none',
      ...(operationId === undefined ? {} : values),
    }),
  )
}
