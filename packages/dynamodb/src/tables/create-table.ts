import { randomUUID } from 'node:crypto'
import { dynamoError } from '../errors.ts'
import { saveTable, tableNameOf } from '../store.ts'
import type { Store } from '../store.ts'
import { openStream } from '../streams/table-streams.ts'
import type {
  GlobalIndex,
  Index,
  StreamSpecification,
  Table,
  TableDescription,
  Throughput,
} from '../types.ts'

/** How many times a day provisioned throughput was lowered: never yet. */
const noDecreases = { NumberOfDecreasesToday: 0 }

export interface CreateTableRequest {
  TableName: string
  AttributeDefinitions: TableDescription['AttributeDefinitions']
  KeySchema: TableDescription['KeySchema']
  BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST'
  ProvisionedThroughput?: Throughput
  LocalSecondaryIndexes?: Index[]
  GlobalSecondaryIndexes?: GlobalIndex[]
  StreamSpecification?: StreamSpecification
  DeletionProtectionEnabled?: boolean
  TableClass?: string
  SSESpecification?: { Enabled?: boolean; SSEType?: string; KMSMasterKeyId?: string }
  Tags?: { Key: string; Value: string }[]
  OnDemandThroughput?: object
  WarmThroughput?: object
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
    const { description } = table
    const indexes = description.GlobalSecondaryIndexes?.map((index) => ({
      ...index,
      IndexStatus: 'CREATING',
    }))
    return {
      TableDescription: {
        ...description,
        TableStatus: 'CREATING',
        ...(description.BillingModeSummary && {
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        }),
        ...(indexes === undefined ? {} : { GlobalSecondaryIndexes: indexes }),
      },
    }
  })
}

function newTable(store: Store, name: string, request: CreateTableRequest): Table {
  const arn = tableArn(store, name)
  const created = store.clock.now() / 1000
  const billing = request.BillingMode === 'PAY_PER_REQUEST' ? onDemandSummary(created) : undefined
  const description: TableDescription = {
    AttributeDefinitions: request.AttributeDefinitions,
    TableName: name,
    KeySchema: request.KeySchema,
    TableStatus: 'ACTIVE',
    CreationDateTime: created,
    ProvisionedThroughput: { ...noDecreases, ...(request.ProvisionedThroughput ?? noUnits) },
    TableSizeBytes: 0,
    ItemCount: 0,
    TableArn: arn,
    TableId: randomUUID(),
    DeletionProtectionEnabled: request.DeletionProtectionEnabled ?? false,
    ...(billing && { BillingModeSummary: billing }),
    ...(request.LocalSecondaryIndexes && {
      LocalSecondaryIndexes: request.LocalSecondaryIndexes.map((index) => newIndex(arn, index)),
    }),
    ...(request.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: request.GlobalSecondaryIndexes.map((index) =>
        newGlobalIndex({ TableArn: arn }, index),
      ),
    }),
    ...(request.TableClass !== undefined && {
      TableClassSummary: { TableClass: request.TableClass },
    }),
    ...(request.SSESpecification?.Enabled === true && {
      SSEDescription: encryption(store, request.SSESpecification),
    }),
    ...(request.OnDemandThroughput && { OnDemandThroughput: request.OnDemandThroughput }),
    WarmThroughput: warm(request.WarmThroughput, request.ProvisionedThroughput),
  }
  const tags = Object.fromEntries((request.Tags ?? []).map((tag) => [tag.Key, tag.Value]))
  return { description, tags }
}

const noUnits = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 }

/** What a table can take at once: what was asked for, what it is provisioned with, or the usual. */
export function warm(asked: object | undefined, provisioned?: Throughput): object {
  return {
    ReadUnitsPerSecond: provisioned?.ReadCapacityUnits ?? 12_000,
    WriteUnitsPerSecond: provisioned?.WriteCapacityUnits ?? 4_000,
    ...asked,
    Status: 'ACTIVE',
  }
}

/** What describes a table that is paid by request since that time. */
export function onDemandSummary(since: number): {
  BillingMode: string
  LastUpdateToPayPerRequestDateTime: number
} {
  return { BillingMode: 'PAY_PER_REQUEST', LastUpdateToPayPerRequestDateTime: since }
}

/** What describes encryption with a key of the account. */
export function encryption(
  { origin }: Store,
  { SSEType: type = 'KMS', KMSMasterKeyId: key }: { SSEType?: string; KMSMasterKeyId?: string },
): object {
  const id = key ?? '00000000-0000-4000-8000-000000000000'
  return {
    Status: 'ENABLED',
    SSEType: type,
    KMSMasterKeyArn: id.startsWith('arn:')
      ? id
      : `arn:aws:kms:${origin.region}:${origin.accountId}:key/${id}`,
  }
}

/** The ARN of a table by its name. */
export function tableArn({ origin }: Store, name: string): string {
  return `arn:aws:dynamodb:${origin.region}:${origin.accountId}:table/${name}`
}

function newIndex(arn: string, index: Index): Index {
  return {
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    IndexSizeBytes: 0,
    ItemCount: 0,
    IndexArn: `${arn}/index/${index.IndexName}`,
  }
}

/** What describes a new global index that is ready. */
export function newGlobalIndex(
  { TableArn: arn }: Pick<TableDescription, 'TableArn'>,
  index: GlobalIndex,
): GlobalIndex {
  return {
    ...newIndex(arn, index),
    IndexStatus: 'ACTIVE',
    ProvisionedThroughput: { ...noDecreases, ...(index.ProvisionedThroughput ?? noUnits) },
    ...(index.OnDemandThroughput && { OnDemandThroughput: index.OnDemandThroughput }),
    WarmThroughput: warm(index.WarmThroughput, index.ProvisionedThroughput),
  }
}
