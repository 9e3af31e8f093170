import { describe } from 'vitest'
import { testRefusals } from './refusal-cases.ts'

const item = { pk: { S: 'a' }, sk: { S: '1' } }
const table = { TableName: 'seats' }
const invalid = 'One or more parameter values were invalid: '
const notValid = 'One or more parameter values are not valid. '

describe('a read, batch or transaction that breaks a rule is refused with a ValidationException', () => {
  testRefusals([
    [
      'a query without conditions',
      'Query',
      table,
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    [
      'a query without the partition key',
      'Query',
      {
        ...table,
        KeyConditionExpression: 'sk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'Query condition missed key schema element: pk',
    ],
    [
      'a filter on a key attribute',
      'Query',
      {
        ...table,
        KeyConditionExpression: 'pk = :s',
        FilterExpression: 'sk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: sk',
    ],
    [
      'a query of an index that does not exist',
      'Query',
      {
        ...table,
        IndexName: 'none',
        KeyConditionExpression: 'pk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'The table does not have the specified index: none',
    ],
    [
      'OR in a key condition',
      'Query',
      {
        ...table,
        KeyConditionExpression: 'pk = :s OR sk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      'a start key of another partition',
      'Query',
      {
        ...table,
        KeyConditionExpression: 'pk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
        ExclusiveStartKey: item,
      },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'a start key without the sort key',
      'Scan',
      { ...table, ExclusiveStartKey: { pk: { S: 'a' } } },
      'The provided starting key is invalid: The provided key element does not match the schema',
    ],
    [
      'a segment beyond the total',
      'Scan',
      { ...table, Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
    [
      'a projection of a count',
      'Scan',
      { ...table, Select: 'COUNT', ProjectionExpression: 'a' },
      `${invalid}Cannot specify the ProjectionExpression when choosing to get only the Count`,
    ],
    [
      'specific attributes that are not named',
      'Scan',
      { ...table, Select: 'SPECIFIC_ATTRIBUTES' },
      `${invalid}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES`,
    ],
    [
      'projected attributes without an index',
      'Scan',
      { ...table, Select: 'ALL_PROJECTED_ATTRIBUTES' },
      `${invalid}ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName`,
    ],
    [
      'a limit of zero',
      'Scan',
      { ...table, Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'the same key twice in a batch',
      'BatchGetItem',
      { RequestItems: { seats: { Keys: [item, item] } } },
      'Provided list of item keys contains duplicates',
    ],
    [
      'the same item twice in a batch',
      'BatchWriteItem',
      {
        RequestItems: { seats: [{ PutRequest: { Item: item } }, { DeleteRequest: { Key: item } }] },
      },
      'Provided list of item keys contains duplicates',
    ],
    [
      'a wrong key type in a batch',
      'BatchWriteItem',
      { RequestItems: { seats: [{ PutRequest: { Item: { pk: { N: '1' }, sk: { S: '1' } } } }] } },
      'The provided key element does not match the schema',
    ],
    [
      'the same item twice in a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Put: { ...table, Item: item } }, { Delete: { ...table, Key: item } }] },
      'Transaction request cannot include multiple operations on one item',
    ],
    [
      'two actions in one entry of a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Put: { ...table, Item: item }, Delete: { ...table, Key: item } }] },
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
    [
      'an entry of a transaction that is null',
      'TransactWriteItems',
      { TransactItems: [null] },
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
    [
      'a transaction of nothing',
      'TransactWriteItems',
      { TransactItems: [] },
      "1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a condition check without a condition',
      'TransactWriteItems',
      { TransactItems: [{ ConditionCheck: { ...table, Key: item } }] },
      "1 validation error detected: Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an empty key in a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Put: { ...table, Item: { ...item, pk: { S: '' } } } }] },
      `${notValid}The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`,
    ],
    [
      'an empty table name',
      'GetItem',
      { TableName: '', Key: item },
      "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a missing table name',
      'GetItem',
      { Key: item },
      "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'an unknown value of an option',
      'GetItem',
      { ...table, Key: item, ReturnConsumedCapacity: 'SOME' },
      "1 validation error detected: Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
    ],
  ])
})
