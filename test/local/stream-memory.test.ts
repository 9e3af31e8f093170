import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { expect, test } from 'vitest'
import { createTable } from '../../local/data/create-table.ts'
import { openDataFolder } from '../../local/data/data-folder.ts'
import { embedDynamo } from '../../local/data/embed-dynamo.ts'
import { createStreamPump, type StreamWorker } from '../../local/sources/stream-pump.ts'
import { cleanUps } from '../support/clean-ups.ts'
import { movedClock } from '../support/moved-clock.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TableName = 'seats'
const CHANGES = 2_300
/** What is kept for others who look, and the batch that a reader is at. */
const KEPT = 1_000
const BATCH = 100

const client = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
}

/** A table with changes in its stream; `drain` hands those that there are to a reader that has seen nothing yet, and counts them. */
async function open(folder?: Awaited<ReturnType<typeof openDataFolder>>) {
  const dynamo = await embedDynamo(folder, () => undefined)
  cleanUps.push(() => dynamo.close())
  const { requestHandler, position } = dynamo
  const table = new DynamoDBClient({ ...client, requestHandler })
  const streams = new DynamoDBStreamsClient({ ...client, requestHandler })
  const streamArn = await createTable(table, TableName)
  for (let at = 0; at < CHANGES; at += 1) {
    const Item = { pk: { S: 'seat' }, sk: { S: `${at}` } }
    await table.send(new PutItemCommand({ TableName, Item }))
  }
  const drain = async (own = {}) => {
    let seen = 0
    const worker: StreamWorker = ({ Records }) => {
      seen += Records.length
      return Promise.resolve({ batchItemFailures: [] })
    }
    const clock = movedClock()
    await createStreamPump({ streams, streamArn, workers: [worker], clock, ...own }).drain()
    return seen
  }
  return { drain, position }
}

test('in memory, what no worker is done with stays, and of the rest no more than a bound', async () => {
  const { drain, position } = await open()
  expect(await drain()).toBe(CHANGES)
  expect(await drain({ position })).toBe(CHANGES)
  expect(await drain({ position })).toBe(0)
  const left = await drain()
  expect(left).toBeGreaterThanOrEqual(KEPT)
  expect(left).toBeLessThanOrEqual(KEPT + BATCH)
})

test('in a folder, everything stays for a day', async () => {
  const { drain, position } = await open(await openDataFolder(await temporaryFolder()))
  expect(await drain({ position })).toBe(CHANGES)
  expect(await drain()).toBe(CHANGES)
})
