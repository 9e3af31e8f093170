import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { Port } from './port.ts'
import { queryAll } from './read.ts'
import type { Key } from './table.ts'
import { untilSettled } from './until-settled.ts'
import { BATCH_WRITES_MAX } from '../../limits/aws-limits.ts'
import { DAY_SECONDS } from '../../limits/durations.ts'

/** Requests for what a throttled batch left over; whoever purges comes again. */
const DELETE_ROUNDS_MAX = 6

/**
 * Removes every item of a partition, in batches; may be repeated. Answers false where there was no time for all of it: what was
 * removed by then stays removed.
 */
export async function deletePartition(
  port: Port,
  pk: string,
  hasTime: () => boolean = () => true,
): Promise<boolean> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ProjectionExpression: 'pk, sk',
  })
  const found = items.map((item) => ({ pk: item['pk'] as string, sk: item['sk'] as string }))
  for (let start = 0; start < found.length; start += BATCH_WRITES_MAX) {
    if (!hasTime()) return false
    await deleteKeys(port, found.slice(start, start + BATCH_WRITES_MAX))
  }
  return true
}

/** Deleting twice is harmless, so the client that retries may do it. */
async function deleteKeys(port: Port, found: Key[]): Promise<void> {
  let requests = found.map((Key) => ({ DeleteRequest: { Key } }))
  await untilSettled(port, { to: 'delete', roundsMax: DELETE_ROUNDS_MAX }, async () => {
    const answer = await port.reader.send(
      new BatchWriteCommand({ RequestItems: { [port.tableName]: requests } }),
    )
    requests = (answer.UnprocessedItems?.[port.tableName] ?? []) as typeof requests
    return requests.length === 0 ? 'deleted' : undefined
  })
}

/** Seconds after its end in which an event's last changes are told: the stream keeps them for a day. */
const TOLD_SECONDS_MAX = 3 * DAY_SECONDS

/** The `ttl` of what is kept of something that ends now, for whatever is still to be told of it. */
export function toldUntil({ clock }: Port): number {
  return Math.ceil(clock.now() / 1000) + TOLD_SECONDS_MAX
}
