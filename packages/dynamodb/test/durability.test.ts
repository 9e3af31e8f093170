import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../src/engine.ts'
import { inProcess } from '../src/wire/in-process.ts'
import { clientOptions, streamedTable, key, refusalOf } from './support.ts'

const TableName = 'seats'

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dynamo-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function open(path: string) {
  const engine = await createEngine({ path })
  const config = { ...clientOptions, requestHandler: inProcess(engine) }
  return {
    engine,
    db: new DynamoDBClient(config),
    streams: new DynamoDBStreamsClient(config),
  }
}

async function recordedNumbers({
  db,
  streams,
}: Awaited<ReturnType<typeof open>>): Promise<(string | undefined)[]> {
  const { Table: table } = await db.send(new DescribeTableCommand({ TableName }))
  const StreamArn = table?.LatestStreamArn
  const { StreamDescription: stream } = await streams.send(new DescribeStreamCommand({ StreamArn }))
  const ShardId = stream?.Shards?.[0]?.ShardId
  let { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  )
  const numbers: (string | undefined)[] = []
  for (;;) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator }))
    numbers.push(...(page.Records ?? []).map((record) => record.dynamodb?.NewImage?.['n']?.N))
    if (page.Records?.length === 0) return numbers
    ShardIterator = page.NextShardIterator
  }
}

test('a process that is killed leaves every transaction whole: items, stream and token', async () => {
  const folder = await freshFolder()
  const writer = join(import.meta.dirname, 'writer.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', writer, folder])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')

  const opened = await open(folder)
  const { Items: items = [] } = await opened.db.send(new ScanCommand({ TableName }))
  const numbers = new Set(items.map((item) => item['n']?.N))
  expect(items).toHaveLength(3)
  expect(numbers.size).toBe(1)
  const n = Number([...numbers][0])
  const recorded = await recordedNumbers(opened)
  expect(recorded).toEqual(Array.from({ length: 3 * n }, (_, at) => `${Math.floor(at / 3) + 1}`))
  const again = new TransactWriteItemsCommand({
    ClientRequestToken: `token-${n}`,
    TransactItems: [{ Put: { TableName, Item: key('z') } }],
  })
  expect((await refusalOf(opened.db.send(again))).name).toMatch(/^IdempotentParameterMismatch/)
  await opened.engine.close()
})

test('a folder opened again goes on with its tables, and with its stream numbers', async () => {
  const folder = await freshFolder()
  const first = await open(folder)
  await first.engine.call('DynamoDB_20120810.CreateTable', streamedTable)
  await first.db.send(new PutItemCommand({ TableName, Item: { ...key('a'), n: { N: '1' } } }))
  await first.engine.close()
  const second = await open(folder)
  await second.db.send(new PutItemCommand({ TableName, Item: { ...key('a'), n: { N: '2' } } }))
  expect(await recordedNumbers(second)).toEqual(['1', '2'])
  await second.engine.close()
})
