import type { Instant } from '@holdfast/embedded/clock'

/** A value as the wire writes it: exactly one of these is set. */
export interface AttributeValue {
  S?: string
  N?: string
  B?: string
  BOOL?: boolean
  NULL?: boolean
  SS?: string[]
  NS?: string[]
  BS?: string[]
  L?: AttributeValue[]
  M?: Item
}

export type Item = Record<string, AttributeValue>

export type AttributeType = keyof AttributeValue

export interface KeyElement {
  AttributeName: string
  KeyType: 'HASH' | 'RANGE'
}

export interface Projection {
  ProjectionType: 'ALL' | 'INCLUDE' | 'KEYS_ONLY'
  NonKeyAttributes?: string[]
}

export interface Throughput {
  ReadCapacityUnits: number
  WriteCapacityUnits: number
  NumberOfDecreasesToday?: number
  LastIncreaseDateTime?: number
  LastDecreaseDateTime?: number
}

export interface Index {
  IndexName: string
  KeySchema: KeyElement[]
  Projection: Projection
  IndexArn?: string
  IndexSizeBytes?: number
  ItemCount?: number
}

export interface GlobalIndex extends Index {
  IndexStatus?: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE'
  Backfilling?: boolean
  ProvisionedThroughput?: Throughput
  OnDemandThroughput?: object
  WarmThroughput?: object
}

export type ViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'

export interface StreamSpecification {
  StreamEnabled: boolean
  StreamViewType?: ViewType
}

/** What DescribeTable answers. */
export interface TableDescription {
  TableName: string
  TableArn: string
  TableId: string
  TableStatus: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE'
  CreationDateTime: number
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[]
  KeySchema: KeyElement[]
  ItemCount: number
  TableSizeBytes: number
  ProvisionedThroughput: Throughput
  BillingModeSummary?: { BillingMode: string; LastUpdateToPayPerRequestDateTime?: number }
  LocalSecondaryIndexes?: Index[]
  GlobalSecondaryIndexes?: GlobalIndex[]
  StreamSpecification?: StreamSpecification
  LatestStreamArn?: string
  LatestStreamLabel?: string
  DeletionProtectionEnabled: boolean
  TableClassSummary?: { TableClass: string; LastUpdateDateTime?: number }
  SSEDescription?: object
  OnDemandThroughput?: object
  WarmThroughput?: object
}

/** Everything kept about one table: its description and what other actions describe. */
export interface Table {
  description: TableDescription
  tags: Record<string, string>
  ttl?: { attribute: string; enabled: boolean }
  pointInTimeRecovery?: { since: Instant; days: number }
}

/** One stream of a table's changes; a table has at most one enabled. */
export interface Stream {
  arn: string
  label: string
  tableName: string
  viewType: ViewType
  keySchema: KeyElement[]
  created: Instant
  startSequence: string
  /** Set once the stream is disabled: the last sequence number it can hold. */
  endSequence?: string
  disabledAt?: Instant
}

export interface StreamRecord {
  eventID: string
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  eventVersion: string
  eventSource: string
  awsRegion: string
  dynamodb: {
    ApproximateCreationDateTime: number
    Keys: Item
    NewImage?: Item
    OldImage?: Item
    SequenceNumber: string
    SizeBytes: number
    StreamViewType: ViewType
  }
  userIdentity?: { Type: string; PrincipalId: string }
}
