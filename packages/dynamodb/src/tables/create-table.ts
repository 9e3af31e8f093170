import { randomUUID } from 'node:crypto'
import { dynamoError } from '../errors.ts'
import { saveTable, tableNameOf } from '../store.ts'
import type { Store } from '../store.ts'
import { openStream } from '../streams/table-streams.ts'
import type { StreamSpecification, Table, TableDescription } from '../types.ts'

export interface CreateTableRequest {
  TableName: string
  AttributeDefinitions: TableDescription['AttributeDefinitions']
  KeySchema: TableDescription['KeySchema']
  BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST'
  StreamSpecification?: StreamSpecification
}

/** CreateTable: answers CREATING, and the table is active at once. */
export function createTable(store: Store, request: CreateTableRequest): Promise<object> {
  return store.exclusively(async () => {
    const name = tableNameOf(request.TableName)
    if (store.tables.has(name)) {
      throw dynamoError('ResourceInUseException', `Table already exists: ${name}`)
    }
    const table = newTable(store, name, request)
    const steps = openStream(store, table, request.StreamSpecification)
    await saveTable(store, table, steps)
    const BillingModeSummary = { BillingMode: 'PAY_PER_REQUEST' }
    return {
      TableDescription: { ...table.description, TableStatus: 'CREATING', BillingModeSummary },
    }
  })
}

function newTable(store: Store, name: string, request: CreateTableRequest): Table {
  const { origin } = store
  const created = store.clock.now() / 1000
  return {
    description: {
      AttributeDefinitions: request.AttributeDefinitions,
      TableName: name,
      KeySchema: request.KeySchema,
      TableStatus: 'ACTIVE',
      CreationDateTime: created,
      ProvisionedThroughput: {
        NumberOfDecreasesToday: 0,
        ReadCapacityUnits: 0,
        WriteCapacityUnits: 0,
      },
      TableSizeBytes: 0,
      ItemCount: 0,
      TableArn: `arn:aws:dynamodb:${origin.region}:${origin.accountId}:table/${name}`,
      TableId: randomUUID(),
      DeletionProtectionEnabled: false,
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: created,
      },
      WarmThroughput: {
        ReadUnitsPerSecond: 12_000,
        WriteUnitsPerSecond: 4_000,
        Status: 'ACTIVE',
      },
    },
  }
}
