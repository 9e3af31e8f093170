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
  TableStatus: 'CREATING' | 'ACTIVE'
  CreationDateTime: number
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[]
  KeySchema: KeyElement[]
  ItemCount: number
  TableSizeBytes: number
  ProvisionedThroughput: object
  BillingModeSummary: object
  StreamSpecification?: StreamSpecification
  LatestStreamArn?: string
  LatestStreamLabel?: string
  DeletionProtectionEnabled: boolean
  WarmThroughput: object
}

/** Everything kept about one table. */
export interface Table {
  description: TableDescription
  ttl?: { attribute: string; enabled: boolean }
}

/** The stream of a table's changes. */
export interface Stream {
  arn: string
  label: string
  tableName: string
  viewType: ViewType
  keySchema: KeyElement[]
  created: Instant
  startSequence: string
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
