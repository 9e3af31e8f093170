/** Operations by the commands of the SDK. */
export const operations: Record<string, string> = {
  GetCommand: 'GetItem',
  BatchGetCommand: 'BatchGetItem',
  QueryCommand: 'Query',
  PutCommand: 'PutItem',
  UpdateCommand: 'UpdateItem',
  DeleteCommand: 'DeleteItem',
  TransactWriteCommand: 'TransactWriteItems',
  BatchExecuteStatementCommand: 'BatchExecuteStatement',
}

/** Those that write nothing. */
export const reads = new Set(['GetItem', 'BatchGetItem', 'Query'])
