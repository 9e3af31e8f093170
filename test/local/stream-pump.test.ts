import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { createTable } from '../../local/data/create-table.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { createStreamPump } from '../../local/sources/stream-pump.ts'
import { filePosition, type StreamPosition } from '../../local/data/stream-position.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TableName = 'seats'

/** A table over a folder, and what a pump over its stream hands over. */
async function open(folder: string) {
  const engine = await createEngine({ path: join(folder, 'db') })
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: inProcess(engine),
  }
  const db = new DynamoDBClient(config)
  const streamArn = await createTable(db, TableName)
  return {
    streamArn,
    close: () => engine.close(),
    put: (sk: string) =>
      db.send(new PutItemCommand({ TableName, Item: { pk: { S: 'p' }, sk: { S: sk } } })),
    handedOver: async (position: StreamPosition, fails = false) => {
      const seen: (string | undefined)[] = []
      const pump = createStreamPump({
        streams: new DynamoDBStreamsClient(config),
        streamArn,
        workers: [
          ({ Records }) => {
            if (fails) return Promise.reject(new Error('The worker fails'))
            seen.push(...Records.map(({ dynamodb }) => dynamodb?.Keys?.['sk']?.S))
            return Promise.resolve({ batchItemFailures: [] })
          },
        ],
        clock: systemClock,
        position,
      })
      await pump.drain().catch((error: unknown) => {
        if (!fails) throw error
      })
      return seen
    },
  }
}

test('after a restart the workers get what they had not finished, and nothing that they had', async () => {
  const folder = await temporaryFolder()
  const position = () => filePosition(join(folder, 'stream-position.json'))
  const first = await open(folder)
  await first.put('a')
  expect(await first.handedOver(position())).toEqual(['a'])
  await first.put('b')
  await first.handedOver(position(), true)
  await first.close()
  const second = await open(folder)
  await second.put('c')
  expect(await second.handedOver(position())).toEqual(['b', 'c'])
  expect(await second.handedOver(position())).toEqual([])
  await second.close()
})

test.each([
  ['is not there', undefined],
  ['is garbled', '{"stre'],
  [
    'is of another stream',
    JSON.stringify({ streamArn: 'other', sequenceNumber: `1${'0'.repeat(20)}` }),
  ],
  ['lies ahead of the stream', { sequenceNumber: `1${'9'.repeat(20)}` }],
  ['lies before the stream', { sequenceNumber: `1${'0'.repeat(20)}` }],
])('with a position that %s, the workers get all that the stream has', async (_, stored) => {
  const folder = await temporaryFolder()
  const table = await open(folder)
  await table.put('a')
  await table.put('b')
  const path = join(folder, 'stream-position.json')
  const { streamArn } = table
  const text = typeof stored === 'object' ? JSON.stringify({ streamArn, ...stored }) : stored
  if (text !== undefined) await writeFile(path, text)
  expect(await table.handedOver(filePosition(path))).toEqual(['a', 'b'])
  await table.close()
})
