import {
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { describe, expect, test } from 'vitest'
import { streamedTable, key, refusalOf, startTable } from './support.ts'
import type { Wire } from './support.ts'

const TableName = 'seats'

const change = ({ db }: Wire, Enabled: boolean, AttributeName = 'ttl') =>
  db.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName } }),
  )
const now = ({ clock }: Wire) => Math.floor(clock.now() / 1000)
const put = ({ db }: Wire, pk: string, ttl: number | string) =>
  db.send(
    new PutItemCommand({
      TableName,
      Item: {
        ...key(pk),
        g: { S: 'g' },
        ttl: typeof ttl === 'number' ? { N: `${ttl}` } : { S: ttl },
      },
    }),
  )
const exists = async ({ db }: Wire, pk: string) =>
  (await db.send(new GetItemCommand({ TableName, Key: key(pk) }))).Item !== undefined

describe('time to live', () => {
  test('deletes items whose second has passed, and no others', async () => {
    const wire = await startTable(streamedTable)
    await change(wire, true)
    const fiveYears = 5 * 365 * 24 * 60 * 60
    await put(wire, 'past', now(wire) - 1)
    await put(wire, 'now', now(wire))
    await put(wire, 'future', now(wire) + 60)
    await put(wire, 'old', now(wire) - fiveYears)
    await put(wire, 'ancient', now(wire) - fiveYears - 1)
    await put(wire, 'text', `${now(wire) - 1}`)
    expect(await wire.engine.expireItems()).toBe(2)
    expect(
      await Promise.all(
        ['past', 'now', 'future', 'old', 'ancient', 'text'].map((pk) => exists(wire, pk)),
      ),
    ).toEqual([false, true, true, false, true, true])
    wire.clock.move(61)
    expect(await wire.engine.expireItems()).toBe(2)
    expect(await wire.engine.expireItems()).toBe(0)
  })

  test('spares an item that was extended, or lost the attribute', async () => {
    const wire = await startTable(streamedTable)
    await change(wire, true)
    await put(wire, 'a', now(wire) + 10)
    await put(wire, 'b', now(wire) + 10)
    await put(wire, 'a', now(wire) + 100)
    await wire.db.send(
      new UpdateItemCommand({
        TableName,
        Key: key('b'),
        UpdateExpression: 'REMOVE #t',
        ExpressionAttributeNames: { '#t': 'ttl' },
      }),
    )
    wire.clock.move(50)
    expect(await wire.engine.expireItems()).toBe(0)
  })

  test('knows items that were there before it was enabled, and forgets them when disabled', async () => {
    const wire = await startTable(streamedTable)
    await put(wire, 'a', now(wire) - 10)
    expect(await wire.engine.expireItems()).toBe(0)
    await change(wire, true)
    await change(wire, false)
    expect(await wire.engine.expireItems()).toBe(0)
    await change(wire, true)
    expect(await wire.engine.expireItems()).toBe(1)
  })

  test('is told by the stream in the name of the service', async () => {
    const wire = await startTable(streamedTable)
    await change(wire, true)
    await put(wire, 'a', now(wire) - 10)
    await wire.engine.expireItems()
    const { Streams: listed } = await wire.streams.send(new ListStreamsCommand({}))
    const StreamArn = listed?.[0]?.StreamArn
    const { StreamDescription: stream } = await wire.streams.send(
      new DescribeStreamCommand({ StreamArn }),
    )
    const { ShardIterator } = await wire.streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: stream?.Shards?.[0]?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    )
    const { Records: found } = await wire.streams.send(new GetRecordsCommand({ ShardIterator }))
    expect(found?.map((record) => [record.eventName, record.userIdentity])).toEqual([
      ['INSERT', undefined],
      ['REMOVE', { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' }],
    ])
  })

  test('is described, and cannot be enabled or disabled twice', async () => {
    const wire = await startTable()
    const described = async () =>
      (await wire.db.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription
    expect(await described()).toEqual({ TimeToLiveStatus: 'DISABLED' })
    expect((await refusalOf(change(wire, false))).message).toBe('TimeToLive is already disabled')
    const answer = await change(wire, true)
    expect(answer.TimeToLiveSpecification).toEqual({ Enabled: true, AttributeName: 'ttl' })
    expect(await described()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' })
    expect((await refusalOf(change(wire, true))).message).toBe('TimeToLive is already enabled')
    expect((await refusalOf(change(wire, true, 'other'))).name).toBe('ValidationException')
    expect((await refusalOf(change(wire, false, 'other'))).name).toBe('ValidationException')
    await change(wire, false)
    expect(await described()).toEqual({ TimeToLiveStatus: 'DISABLED' })
  })
})
