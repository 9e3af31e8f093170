import create from 'dynalite/validations/createTable.js'
import describe from 'dynalite/validations/describeTable.js'
import list from 'dynalite/validations/listTables.js'
import listTagsValidation from 'dynalite/validations/listTagsOfResource.js'
import tag from 'dynalite/validations/tagResource.js'
import untag from 'dynalite/validations/untagResource.js'
import update from 'dynalite/validations/updateTable.js'
import { requiredText, schemaFrom } from '../requests/schema.ts'
import type { Schema } from '../requests/schema.ts'
import { createFault, updateFault } from './table-rules.ts'

export const listTables = schemaFrom(list)
export const tableOnly = schemaFrom(describe)
const tags = {
  type: 'List',
  children: {
    type: 'ValueStruct<Tag>',
    children: {
      Key: { ...requiredText, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 128 },
      Value: { ...requiredText, lengthGreaterThanOrEqual: 0, lengthLessThanOrEqual: 256 },
    },
  },
}
export const tagResource = schemaFrom(tag, { Tags: tags })
export const untagResource = schemaFrom(untag)
export const listTags = schemaFrom(listTagsValidation)
export const noFields: Schema = { types: {} }

const onDemand = {
  type: 'FieldStruct<OnDemandThroughput>',
  children: { MaxReadRequestUnits: 'Long', MaxWriteRequestUnits: 'Long' },
}
const warm = {
  type: 'FieldStruct<WarmThroughput>',
  children: { ReadUnitsPerSecond: 'Long', WriteUnitsPerSecond: 'Long' },
}

/** Settings that CreateTable and UpdateTable share and dynalite does not know. */
const settings = {
  StreamSpecification: {
    type: 'FieldStruct<StreamSpecification>',
    children: {
      StreamEnabled: { type: 'Boolean', notNull: true },
      StreamViewType: {
        type: 'String',
        enum: ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'],
      },
    },
  },
  DeletionProtectionEnabled: 'Boolean',
  TableClass: { type: 'String', enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
  SSESpecification: {
    type: 'FieldStruct<SSESpecification>',
    children: {
      Enabled: 'Boolean',
      SSEType: { type: 'String', enum: ['AES256', 'KMS'] },
      KMSMasterKeyId: 'String',
    },
  },
  OnDemandThroughput: onDemand,
  WarmThroughput: warm,
}

const createTypes = create.types as Record<string, { children: { children: object } }>
const definitions = { type: 'List', children: createTypes['AttributeDefinitions']?.children }
const indexChildren = {
  ...createTypes['GlobalSecondaryIndexes']?.children.children,
  OnDemandThroughput: onDemand,
  WarmThroughput: warm,
}
const indexName = {
  type: 'String',
  notNull: true,
  regex: '[a-zA-Z0-9_.-]+',
  lengthGreaterThanOrEqual: 3,
  lengthLessThanOrEqual: 255,
}

export const createTable = schemaFrom(
  create,
  {
    ...settings,
    GlobalSecondaryIndexes: {
      type: 'List',
      children: { type: 'ValueStruct<GlobalSecondaryIndex>', children: indexChildren },
    },
    Tags: tags,
  },
  createFault,
)

export const updateTable: Schema = {
  types: {
    ...update.types,
    ...settings,
    AttributeDefinitions: definitions,
    GlobalSecondaryIndexUpdates: {
      type: 'List',
      children: {
        type: 'ValueStruct<GlobalSecondaryIndexUpdate>',
        children: {
          Create: {
            type: 'FieldStruct<CreateGlobalSecondaryIndexAction>',
            children: indexChildren,
          },
          Update: {
            type: 'FieldStruct<UpdateGlobalSecondaryIndexAction>',
            children: {
              IndexName: indexName,
              ProvisionedThroughput: createTypes['ProvisionedThroughput'],
              OnDemandThroughput: onDemand,
              WarmThroughput: warm,
            },
          },
          Delete: {
            type: 'FieldStruct<DeleteGlobalSecondaryIndexAction>',
            children: { IndexName: indexName },
          },
        },
      },
    },
  },
  custom: updateFault,
}

export const updateTimeToLive: Schema = {
  types: {
    ...describe.types,
    TimeToLiveSpecification: {
      type: 'FieldStruct<TimeToLiveSpecification>',
      notNull: true,
      children: {
        Enabled: { type: 'Boolean', notNull: true },
        AttributeName: {
          ...requiredText,
          lengthGreaterThanOrEqual: 1,
          lengthLessThanOrEqual: 255,
        },
      },
    },
  },
}

export const updateBackups: Schema = {
  types: {
    ...describe.types,
    PointInTimeRecoverySpecification: {
      type: 'FieldStruct<PointInTimeRecoverySpecification>',
      notNull: true,
      children: {
        PointInTimeRecoveryEnabled: { type: 'Boolean', notNull: true },
        RecoveryPeriodInDays: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 35 },
      },
    },
  },
}
