import { requiredText } from '../requests/schema.ts'
import type { Schema } from '../requests/schema.ts'

/** Statements of one batch. */
export const batchStatementsMax = 25
/** Characters of one statement. */
const statementMax = 8192

const parameterized = {
  Statement: {
    ...requiredText,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: statementMax,
  },
  Parameters: {
    type: 'List',
    lengthGreaterThanOrEqual: 1,
    children: 'AttrStruct<ValueStruct>',
  },
  ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] },
}
const capacity = {
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
}

export const batchExecuteStatement: Schema = {
  types: {
    ...capacity,
    Statements: {
      type: 'List',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: batchStatementsMax,
      children: {
        type: 'ValueStruct<BatchStatementRequest>',
        children: { ...parameterized, ConsistentRead: 'Boolean' },
      },
    },
  },
}
