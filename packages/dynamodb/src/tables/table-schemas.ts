import create from 'dynalite/validations/createTable.js'
import describe from 'dynalite/validations/describeTable.js'
import list from 'dynalite/validations/listTables.js'
import { requiredText, schemaFrom } from '../requests/schema.ts'
import type { Schema } from '../requests/schema.ts'
import { createFault } from './table-rules.ts'

export const listTables = schemaFrom(list)
export const tableOnly = schemaFrom(describe)

const stream = {
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
}

export const createTable: Schema = {
  ...schemaFrom(create, stream, createFault),
  unserved: [
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'OnDemandThroughput',
    'WarmThroughput',
    'TableClass',
    'SSESpecification',
    'DeletionProtectionEnabled',
    'Tags',
  ],
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
