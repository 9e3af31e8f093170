import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { StreamViewType } from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import type { GetShardIteratorCommandInput } from '@aws-sdk/client-dynamodb-streams'
import { describe, expect, test } from 'vitest'
import { streamedTable, key, keyedTable, refusalOf, startTable, startWire } from './support.ts'
import type { Wire } from './support.ts'

const TableName = 'seats'

async function arnOf({ db }: Wire): Promise<string> {
  const { Table: table } = await db.send(new DescribeTableCommand({ TableName }))
  return table?.LatestStreamArn ?? ''
}

async function iterator(
  wire: Wire,
  options: Partial<GetShardIteratorCommandInput> = {},
): Promise<string> {
  const StreamArn = options.StreamArn ?? (await arnOf(wire))
  const { StreamDescription: stream } = await wire.streams.send(
    new DescribeStreamCommand({ StreamArn }),
  )
  const answer = await wire.streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: stream?.Shards?.[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
      ...options,
    }),
  )
  return answer.ShardIterator ?? ''
}

const records = ({ streams }: Wire, ShardIterator: string, Limit?: number) =>
  streams.send(new GetRecordsCommand({ ShardIterator, ...(Limit !== undefined && { Limit }) }))

const put = ({ db }: Wire, pk: string, n: string) =>
  db.send(new PutItemCommand({ TableName, Item: { ...key(pk), n: { N: n } } }))

describe('a stream', () => {
  test('records inserts, changes and removals in order, and nothing for a write that changes nothing', async () => {
    const wire = await startTable(streamedTable)
    await put(wire, 'a', '1')
    await put(wire, 'a', '2')
    await put(wire, 'a', '2')
    await wire.db.send(new DeleteItemCommand({ TableName, Key: key('a') }))
    await wire.db.send(new DeleteItemCommand({ TableName, Key: key('a') }))
    const { Records: found = [] } = await records(wire, await iterator(wire))
    expect(found.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE'])
    expect(found[1]).toEqual({
      eventID: found[1]?.eventID,
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: new Date(wire.clock.now()),
        Keys: key('a'),
        OldImage: { ...key('a'), n: { N: '1' } },
        NewImage: { ...key('a'), n: { N: '2' } },
        SequenceNumber: found[1]?.dynamodb?.SequenceNumber,
        SizeBytes: 6 + 2 * 9,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    })
    const numbers = found.map((record) => record.dynamodb?.SequenceNumber ?? '')
    expect(numbers).toEqual(numbers.toSorted())
    expect(numbers.every((number) => /^\d{21,40}$/.test(number))).toBe(true)
    expect(new Set(found.map((record) => record.eventID)).size).toBe(3)
    expect(found.some((record) => record.userIdentity !== undefined)).toBe(false)
  })

  test.each<[StreamViewType, string[]]>([
    ['KEYS_ONLY', ['Keys']],
    ['NEW_IMAGE', ['Keys', 'NewImage']],
    ['OLD_IMAGE', ['Keys', 'OldImage']],
    ['NEW_AND_OLD_IMAGES', ['Keys', 'NewImage', 'OldImage']],
  ])('of view type %s shows only its images', async (StreamViewType, shown) => {
    const StreamSpecification = { StreamEnabled: true, StreamViewType }
    const wire = await startTable({ ...keyedTable, StreamSpecification })
    await put(wire, 'a', '1')
    await put(wire, 'a', '2')
    const { Records: found = [] } = await records(wire, await iterator(wire))
    const fields = Object.keys(found[1]?.dynamodb ?? {})
    expect(fields.filter((field) => /^Keys$|Image$/.test(field)).sort()).toEqual(shown)
  })

  test('has all items of a transaction, and of a batch', async () => {
    const wire = await startTable(streamedTable)
    const items = ['a', 'b', 'c'].map((pk) => key(pk))
    await wire.db.send(
      new TransactWriteItemsCommand({
        TransactItems: items.map((Item) => ({ Put: { TableName, Item } })),
      }),
    )
    await wire.db.send(
      new BatchWriteItemCommand({
        RequestItems: { seats: items.map((Key) => ({ DeleteRequest: { Key } })) },
      }),
    )
    const { Records: found = [] } = await records(wire, await iterator(wire))
    expect(found.map((record) => record.eventName)).toEqual([
      'INSERT',
      'INSERT',
      'INSERT',
      'REMOVE',
      'REMOVE',
      'REMOVE',
    ])
  })

  test('is read on from any position', async () => {
    const wire = await startTable(streamedTable)
    await put(wire, 'a', '1')
    await put(wire, 'a', '2')
    const latest = await iterator(wire, { ShardIteratorType: 'LATEST' })
    await put(wire, 'a', '3')
    const all = await records(wire, await iterator(wire))
    const numbers = all.Records?.map((record) => record.dynamodb?.SequenceNumber) ?? []
    const from = async (text: string) =>
      (await records(wire, text)).Records?.map((record) => record.dynamodb?.SequenceNumber)
    expect(await from(latest)).toEqual(numbers.slice(2))
    const at = { SequenceNumber: numbers[1] }
    const AT = 'AT_SEQUENCE_NUMBER' as const
    const AFTER = 'AFTER_SEQUENCE_NUMBER' as const
    expect(await from(await iterator(wire, { ...at, ShardIteratorType: AT }))).toEqual(
      numbers.slice(1),
    )
    expect(await from(await iterator(wire, { ...at, ShardIteratorType: AFTER }))).toEqual(
      numbers.slice(2),
    )
    const page = await records(wire, await iterator(wire), 2)
    expect(page.Records).toHaveLength(2)
    expect(await from(page.NextShardIterator ?? '')).toEqual(numbers.slice(2))
    const empty = await records(wire, all.NextShardIterator ?? '')
    expect(empty.Records).toEqual([])
    await put(wire, 'a', '4')
    expect(await from(empty.NextShardIterator ?? '')).toHaveLength(1)
  })

  test('is listed and described with its open shard', async () => {
    const wire = await startTable(streamedTable)
    const StreamArn = await arnOf(wire)
    const { StreamLabel } = {
      StreamLabel: StreamArn.split('/stream/')[1] ?? '',
    }
    const listed = await wire.streams.send(new ListStreamsCommand({ TableName }))
    expect(listed.Streams).toEqual([{ StreamArn, StreamLabel, TableName }])
    expect(
      (await wire.streams.send(new ListStreamsCommand({ TableName: 'other' }))).Streams,
    ).toEqual([])
    const { StreamDescription: stream } = await wire.streams.send(
      new DescribeStreamCommand({ StreamArn }),
    )
    expect(stream).toMatchObject({
      StreamArn,
      StreamLabel,
      TableName,
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      KeySchema: keyedTable.KeySchema,
    })
    expect(stream?.Shards).toHaveLength(1)
    expect(stream?.Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined()
  })
})

describe('an iterator', () => {
  test('expires after 15 minutes', async () => {
    const wire = await startTable(streamedTable)
    const text = await iterator(wire)
    wire.clock.move(15 * 60)
    await records(wire, text)
    wire.clock.move(1)
    expect((await refusalOf(records(wire, text))).name).toBe('ExpiredIteratorException')
  })

  test('that is none is refused, as is a shard that does not exist', async () => {
    const wire = await startTable(streamedTable)
    expect((await refusalOf(records(wire, 'nonsense'))).name).toBe('ValidationException')
    const ShardId = 'shardId-00000000000000000000-00000000'
    expect((await refusalOf(iterator(wire, { ShardId }))).name).toBe('ResourceNotFoundException')
  })

  test('cannot start at a record older than a day, which is trimmed', async () => {
    const wire = await startTable(streamedTable)
    await put(wire, 'a', '1')
    const { Records: first } = await records(wire, await iterator(wire))
    wire.clock.move(24 * 60 * 60 + 1)
    await put(wire, 'a', '2')
    const options = {
      ShardIteratorType: 'AT_SEQUENCE_NUMBER' as const,
      SequenceNumber: first?.[0]?.dynamodb?.SequenceNumber,
    }
    expect((await refusalOf(iterator(wire, options))).name).toBe('TrimmedDataAccessException')
    expect((await records(wire, await iterator(wire))).Records).toHaveLength(1)
  })
})

test('a table without a stream has none listed', async () => {
  const { db, streams } = await startWire()
  await db.send(new CreateTableCommand(keyedTable))
  expect((await streams.send(new ListStreamsCommand({}))).Streams).toEqual([])
})
