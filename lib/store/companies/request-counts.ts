import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { SECOND_MS } from '../../limits/durations.ts'
import type { Port } from '../table/port.ts'
import { getItemSoon } from '../table/read.ts'
import { requestsPartition } from '../table/table.ts'

/** Whose requests are counted, and until when. */
export interface RequestWindow {
  readonly name: string
  readonly endsAt: number
}

/** Seconds that a count stays when its window is over: clocks differ. */
const KEPT_SECONDS = 60

/** Adds requests to a count, and tells how many they are now. Any item that comes too late is a count of its own. */
export async function addRequests(
  { writer, tableName }: Port,
  window: RequestWindow,
  requests: number,
): Promise<number> {
  const answer = await writer.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keyOf(window),
      UpdateExpression: 'ADD #n :n SET #ttl = :ttl',
      ExpressionAttributeNames: { '#n': 'n', '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':n': requests,
        ':ttl': Math.ceil(window.endsAt / SECOND_MS) + KEPT_SECONDS,
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return answer.Attributes?.['n'] as number
}

/** How many requests a count had a moment ago. */
export async function readRequests(port: Port, window: RequestWindow): Promise<number> {
  const item = await getItemSoon(port, keyOf(window))
  return (item?.['n'] as number | undefined) ?? 0
}

function keyOf({ name, endsAt }: RequestWindow) {
  return { pk: requestsPartition(`${name}#${endsAt}`), sk: 'F' }
}
