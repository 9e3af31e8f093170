import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { indexedTable, key, keyedTable, refusalOf, startTable, startWire } from './support.ts'

const TableName = 'seats'
const describeTable = async (db: DynamoDBClient) =>
  (await db.send(new DescribeTableCommand({ TableName }))).Table

describe('CreateTable', () => {
  test('answers CREATING, and the waiter finds the table active', async () => {
    const { db, clock } = await startWire()
    const { TableDescription: created } = await db.send(new CreateTableCommand(indexedTable))
    expect(created).toMatchObject({
      TableName,
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/seats',
      CreationDateTime: new Date(clock.now()),
      ItemCount: 0,
      TableSizeBytes: 0,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      StreamSpecification: indexedTable.StreamSpecification,
      DeletionProtectionEnabled: false,
    })
    expect(created?.TableId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const found = await waitUntilTableExists({ client: db, maxWaitTime: 30 }, { TableName })
    expect(found.state).toBe('SUCCESS')
    const described = await describeTable(db)
    expect(described?.TableStatus).toBe('ACTIVE')
    expect(described?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('ACTIVE')
  })

  test('keeps the settings it is given', async () => {
    const { db } = await startTable({
      ...keyedTable,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 4 },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
      SSESpecification: { Enabled: true, SSEType: 'KMS' },
      Tags: [{ Key: 'team', Value: 'tickets' }],
    })
    const table = await describeTable(db)
    expect(table).toMatchObject({
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 4 },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      DeletionProtectionEnabled: true,
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS' },
    })
    expect(table?.BillingModeSummary).toBeUndefined()
    const tags = await db.send(new ListTagsOfResourceCommand({ ResourceArn: table?.TableArn }))
    expect(tags.Tags).toEqual([{ Key: 'team', Value: 'tickets' }])
  })

  test('refuses a name that is taken', async () => {
    const { db } = await startTable()
    const refusal = await refusalOf(db.send(new CreateTableCommand(keyedTable)))
    expect(refusal.name).toBe('ResourceInUseException')
    expect(refusal.message).toBe('Table already exists: seats')
  })

  test.each([
    [
      'attributes that no key uses',
      { AttributeDefinitions: indexedTable.AttributeDefinitions },
      /Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions$/,
    ],
    [
      'on-demand billing with throughput',
      { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
      /Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST$/,
    ],
    [
      'no throughput without on-demand billing',
      { BillingMode: undefined },
      /ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED$/,
    ],
    [
      'a stream without a view type',
      { StreamSpecification: { StreamEnabled: true } },
      /StreamViewType/,
    ],
    [
      'a name of two characters',
      { TableName: 'ab' },
      /^TableName must be at least 3 characters long and at most 255 characters long$/,
    ],
  ])('refuses %s', async (_, more, message) => {
    const { db } = await startWire()
    const refusal = await refusalOf(db.send(new CreateTableCommand({ ...keyedTable, ...more })))
    expect(refusal.name).toBe('ValidationException')
    expect(refusal.message).toMatch(message)
  })
})

describe('DeleteTable', () => {
  test('answers DELETING; then the table, its items and its indexes are gone', async () => {
    const { db } = await startTable(indexedTable)
    await db.send(new PutItemCommand({ TableName, Item: { ...key('a'), g: { S: 'g' } } }))
    const { TableDescription: deleted } = await db.send(new DeleteTableCommand({ TableName }))
    expect(deleted?.TableStatus).toBe('DELETING')
    await waitUntilTableNotExists({ client: db, maxWaitTime: 30 }, { TableName })
    const gone = await refusalOf(db.send(new DescribeTableCommand({ TableName })))
    expect(gone.message).toBe('Requested resource not found: Table: seats not found')
    await db.send(new CreateTableCommand(indexedTable))
    const query = new QueryCommand({
      TableName,
      IndexName: 'by-g',
      KeyConditionExpression: 'g = :g',
      ExpressionAttributeValues: { ':g': { S: 'g' } },
    })
    expect((await db.send(query)).Count).toBe(0)
  })

  test('is refused while the table is protected', async () => {
    const { db } = await startTable({ ...keyedTable, DeletionProtectionEnabled: true })
    const refusal = await refusalOf(db.send(new DeleteTableCommand({ TableName })))
    expect(refusal.name).toBe('ValidationException')
    expect(refusal.message).toMatch(/^Resource cannot be deleted as it is currently protected/)
    await db.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }))
    await db.send(new DeleteTableCommand({ TableName }))
  })
})

describe('UpdateTable', () => {
  const create = {
    IndexName: 'by-n',
    KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' as const }],
    Projection: { ProjectionType: 'ALL' as const },
  }
  const update = (db: DynamoDBClient, input: Partial<UpdateTableCommandInput>) =>
    db.send(new UpdateTableCommand({ TableName, ...input }))

  test('adds a global index with the items that are there, and drops it', async () => {
    const { db } = await startTable()
    await db.send(new PutItemCommand({ TableName, Item: { ...key('a'), n: { N: '1' } } }))
    await db.send(new PutItemCommand({ TableName, Item: { ...key('b'), n: { S: 'text' } } }))
    const { TableDescription: updating } = await update(db, {
      AttributeDefinitions: [{ AttributeName: 'n', AttributeType: 'N' }],
      GlobalSecondaryIndexUpdates: [{ Create: create }],
    })
    expect(updating?.TableStatus).toBe('UPDATING')
    expect(updating?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('CREATING')
    const query = new QueryCommand({
      TableName,
      IndexName: 'by-n',
      KeyConditionExpression: 'n = :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    })
    expect((await db.send(query)).Items).toEqual([{ ...key('a'), n: { N: '1' } }])
    await update(db, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-n' } }] })
    const table = await describeTable(db)
    expect(table?.GlobalSecondaryIndexes).toBeUndefined()
    expect(table?.AttributeDefinitions).toEqual(keyedTable.AttributeDefinitions)
  })

  test('changes billing to provisioned and back', async () => {
    const { db } = await startTable()
    await update(db, {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 },
    })
    expect(await describeTable(db)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 },
    })
    const same = { ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 2 } }
    expect((await refusalOf(update(db, same))).message).toMatch(
      /^The provisioned throughput for the table will not change/,
    )
    await update(db, { BillingMode: 'PAY_PER_REQUEST' })
    expect(await describeTable(db)).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    })
  })

  test('refuses an index that exists, one that does not, two at once, and nothing at all', async () => {
    const { db } = await startTable(indexedTable)
    const indexes = (
      ...GlobalSecondaryIndexUpdates: UpdateTableCommandInput['GlobalSecondaryIndexUpdates'] & {}
    ) => refusalOf(update(db, { GlobalSecondaryIndexUpdates }))
    const taken = {
      ...create,
      IndexName: 'by-g',
      KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' as const }],
    }
    expect((await indexes({ Create: taken })).name).toBe('ValidationException')
    expect((await indexes({ Delete: { IndexName: 'none' } })).name).toBe(
      'ResourceNotFoundException',
    )
    const two = await indexes({ Create: taken }, { Delete: { IndexName: 'by-x' } })
    expect(two.name).toBe('LimitExceededException')
    expect((await refusalOf(update(db, {}))).message).toMatch(
      /^At least one of ProvisionedThroughput/,
    )
  })
})

test('ListTables pages through the names in order', async () => {
  const { db } = await startWire()
  for (const name of ['ccc', 'aaa', 'bbb']) {
    await db.send(new CreateTableCommand({ ...keyedTable, TableName: name }))
  }
  const first = await db.send(new ListTablesCommand({ Limit: 2 }))
  expect(first.TableNames).toEqual(['aaa', 'bbb'])
  expect(first.LastEvaluatedTableName).toBe('bbb')
  const rest = await db.send(new ListTablesCommand({ ExclusiveStartTableName: 'bbb' }))
  expect(rest.TableNames).toEqual(['ccc'])
  expect(rest.LastEvaluatedTableName).toBeUndefined()
})

test('a table can be named by its ARN', async () => {
  const { db } = await startTable()
  const { TableArn: arn } = (await describeTable(db)) ?? {}
  await db.send(new PutItemCommand({ TableName: arn, Item: key('a') }))
  const { Table: table } = await db.send(new DescribeTableCommand({ TableName: arn }))
  expect(table?.TableName).toBe(TableName)
})

test('tags are added, replaced and removed', async () => {
  const { db } = await startTable()
  const ResourceArn = (await describeTable(db))?.TableArn
  const tag = (Key: string, Value: string) =>
    db.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key, Value }] }))
  await tag('a', '1')
  await tag('b', '2')
  await tag('a', '3')
  await db.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['b', 'c'] }))
  const { Tags: tags } = await db.send(new ListTagsOfResourceCommand({ ResourceArn }))
  expect(tags).toEqual([{ Key: 'a', Value: '3' }])
})

test('limits, endpoints and the state of continuous backups are described', async () => {
  const { db } = await startTable()
  expect((await db.send(new DescribeLimitsCommand({}))).TableMaxReadCapacityUnits).toBe(40_000)
  expect((await db.send(new DescribeEndpointsCommand({}))).Endpoints).toHaveLength(1)
  const state = async () => {
    const answer = await db.send(new DescribeContinuousBackupsCommand({ TableName }))
    return answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription
      ?.PointInTimeRecoveryStatus
  }
  expect(await state()).toBe('DISABLED')
  await db.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  )
  expect(await state()).toBe('ENABLED')
})
