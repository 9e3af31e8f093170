import { requiredText } from '../requests/schema.ts'
import type { Schema } from '../requests/schema.ts'

/** Statements of one batch, and of one transaction. */
export const batchStatementsMax = 25
export const transactStatementsMax = 100
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

export const executeStatement: Schema = {
  types: {
    ...capacity,
    ...parameterized,
    ConsistentRead: 'Boolean',
    NextToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 32_768 },
    Limit: { type: 'Integer', greaterThanOrEqual: 1 },
  },
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

export const executeTransaction: Schema = {
  types: {
    ...capacity,
    ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
    TransactStatements: {
      type: 'List',
      notNull: true,
      lengthGreaterThanOrEqual: 1,
      lengthLessThanOrEqual: transactStatementsMax,
      children: { type: 'ValueStruct<ParameterizedStatement>', children: parameterized },
    },
  },
}
