import {
  CreateTableCommand,
  DescribeTableCommand,
  ListTablesCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, keyedTable, raw, refusalOf, startTable, startWire, streamedTable } from './support.ts'

const TableName = 'seats'
const describeTable = async (db: DynamoDBClient) =>
  (await db.send(new DescribeTableCommand({ TableName }))).Table

describe('CreateTable', () => {
  test('answers CREATING, and the waiter finds the table active', async () => {
    const { db, clock } = await startWire()
    const { TableDescription: created } = await db.send(new CreateTableCommand(streamedTable))
    expect(created).toMatchObject({
      TableName,
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/seats',
      CreationDateTime: new Date(clock.now()),
      ItemCount: 0,
      TableSizeBytes: 0,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      StreamSpecification: streamedTable.StreamSpecification,
      DeletionProtectionEnabled: false,
    })
    expect(created?.TableId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const found = await waitUntilTableExists({ client: db, maxWaitTime: 30 }, { TableName })
    expect(found.state).toBe('SUCCESS')
    const described = await describeTable(db)
    expect(described?.TableStatus).toBe('ACTIVE')
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
      {
        AttributeDefinitions: [
          ...keyedTable.AttributeDefinitions,
          { AttributeName: 'g', AttributeType: 'S' as const },
        ],
      },
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

test.each([
  ['GlobalSecondaryIndexes', []],
  ['LocalSecondaryIndexes', []],
  ['OnDemandThroughput', {}],
  ['WarmThroughput', {}],
  ['TableClass', 'STANDARD'],
  ['SSESpecification', { Enabled: true }],
  ['DeletionProtectionEnabled', false],
  ['Tags', []],
])('CreateTable refuses %s, which is not served, and makes no table', async (name, value) => {
  const { url, db } = await startWire()
  const body = { ...keyedTable, [name]: value }
  const answer = await raw(url, 'DynamoDB_20120810.CreateTable', { body })
  expect(answer).toMatchObject({
    status: 400,
    body: {
      __type: 'com.amazon.coral.validate#ValidationException',
      message: `${name} is not served here.`,
    },
  })
  expect((await db.send(new ListTablesCommand({}))).TableNames).toEqual([])
})

test('CreateTable refuses provisioned throughput, which is not served', async () => {
  const { db } = await startWire()
  const provisioned = {
    ...keyedTable,
    BillingMode: 'PROVISIONED' as const,
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  }
  const refusal = await refusalOf(db.send(new CreateTableCommand(provisioned)))
  expect([refusal.name, refusal.message]).toEqual([
    'ValidationException',
    'Provisioned throughput is not served here: BillingMode must be PAY_PER_REQUEST.',
  ])
})

test.each([
  'DeleteTable',
  'UpdateTable',
  'DescribeLimits',
  'DescribeEndpoints',
  'DescribeContinuousBackups',
  'UpdateContinuousBackups',
  'TagResource',
  'UntagResource',
  'ListTagsOfResource',
  'ExecuteStatement',
  'ExecuteTransaction',
  'TransactGetItems',
])('%s is not served', async (operation) => {
  const { url } = await startTable()
  const answer = await raw(url, `DynamoDB_20120810.${operation}`, { body: { TableName } })
  expect(answer).toMatchObject({
    status: 400,
    body: { __type: 'com.amazon.coral.service#UnknownOperationException' },
  })
})
