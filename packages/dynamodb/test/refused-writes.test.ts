import { describe } from 'vitest'
import { testRefusals } from './refusal-cases.ts'

const item = { pk: { S: 'a' }, sk: { S: '1' } }
const table = { TableName: 'seats' }
const values = { ':s': { S: 'x' }, ':n': { N: '1' } }
const invalid = 'One or more parameter values were invalid: '
const notValid = 'One or more parameter values are not valid. '

describe('a write that breaks a rule is refused with a ValidationException', () => {
  testRefusals([
    [
      'an item without its sort key',
      'PutItem',
      { ...table, Item: { pk: { S: 'a' } } },
      `${invalid}Missing the key sk in the item`,
    ],
    [
      'a key of the wrong type',
      'PutItem',
      { ...table, Item: { ...item, sk: { N: '1' } } },
      `${invalid}Type mismatch for key sk expected: S actual: N`,
    ],
    [
      'an empty text as a key',
      'PutItem',
      { ...table, Item: { ...item, sk: { S: '' } } },
      `${notValid}The AttributeValue for a key attribute cannot contain an empty string value. Key: sk`,
    ],
    [
      'an attribute of two types',
      'PutItem',
      { ...table, Item: { ...item, a: { S: 'a', N: '1' } } },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      'an attribute without a type',
      'PutItem',
      { ...table, Item: { ...item, a: {} } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'an attribute that is null',
      'PutItem',
      { ...table, Item: { ...item, a: { L: [null] } } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'a set of nothing',
      'PutItem',
      { ...table, Item: { ...item, a: { SS: [] } } },
      `${invalid}An string set  may not be empty`,
    ],
    [
      'a set with a member twice',
      'PutItem',
      { ...table, Item: { ...item, a: { SS: ['x', 'x'] } } },
      `${invalid}Input collection [x, x] contains duplicates.`,
    ],
    [
      'a number that is none',
      'PutItem',
      { ...table, Item: { ...item, a: { N: 'x' } } },
      'The parameter cannot be converted to a numeric value: x',
    ],
    [
      'a number of 39 digits',
      'PutItem',
      { ...table, Item: { ...item, a: { N: '1'.repeat(39) } } },
      'Attempting to store more than 38 significant digits in a Number',
    ],
    [
      'a number above 9.99e125',
      'PutItem',
      { ...table, Item: { ...item, a: { N: '1e126' } } },
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    ],
    [
      'a number closer to zero than 1e-130',
      'PutItem',
      { ...table, Item: { ...item, a: { N: '1e-131' } } },
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    ],
    [
      'NULL that is false',
      'PutItem',
      { ...table, Item: { ...item, a: { NULL: false } } },
      `${invalid}Null attribute value types must have the value of true`,
    ],
    [
      'to return new values from a put',
      'PutItem',
      { ...table, Item: item, ReturnValues: 'ALL_NEW' },
      'ReturnValues can only be ALL_OLD or NONE',
    ],
    [
      'a key with too few attributes',
      'GetItem',
      { ...table, Key: { pk: { S: 'a' } } },
      'The provided key element does not match the schema',
    ],
    [
      'to return new values from a delete',
      'DeleteItem',
      { ...table, Key: item, ReturnValues: 'ALL_NEW' },
      'ReturnValues can only be ALL_OLD or NONE',
    ],
    [
      'an operator between fewer than two conditions',
      'PutItem',
      { ...table, Item: item, ConditionalOperator: 'OR', Expected: { a: { Exists: false } } },
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    ],
    [
      'an unknown action of an update in the old form',
      'UpdateItem',
      { ...table, Key: item, AttributeUpdates: { a: { Action: 'X', Value: { S: 'x' } } } },
      "1 validation error detected: Value 'X' at 'attributeUpdates.a.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, PUT, DELETE]",
    ],
    [
      'a key with an empty text',
      'DeleteItem',
      { ...table, Key: { pk: { S: '' }, sk: { S: '1' } } },
      `${notValid}The AttributeValue for a key attribute cannot contain an empty string value. Key: pk`,
    ],
    [
      'names that no expression uses',
      'GetItem',
      { ...table, Key: item, ProjectionExpression: 'a', ExpressionAttributeNames: { '#b': 'b' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}',
    ],
    [
      'values that no expression uses',
      'DeleteItem',
      {
        ...table,
        Key: item,
        ConditionExpression: 'attribute_exists(a)',
        ExpressionAttributeValues: values,
      },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:s, :n}',
    ],
    [
      'names without an expression',
      'GetItem',
      { ...table, Key: item, ExpressionAttributeNames: { '#b': 'b' } },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      'a value that is not defined',
      'DeleteItem',
      { ...table, Key: item, ConditionExpression: 'a = :x' },
      'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :x',
    ],
    [
      'a name that is not defined',
      'DeleteItem',
      { ...table, Key: item, ConditionExpression: 'attribute_exists(#x)' },
      'Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #x',
    ],
    [
      'a reserved word as a name',
      'DeleteItem',
      { ...table, Key: item, ConditionExpression: 'attribute_exists(status)' },
      'Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status',
    ],
    [
      'an expression that ends too early',
      'DeleteItem',
      { ...table, Key: item, ConditionExpression: 'a =' },
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="',
    ],
    [
      'an expression with a stray token',
      'GetItem',
      { ...table, Key: item, ProjectionExpression: 'a-b' },
      'Invalid ProjectionExpression: Syntax error; token: "-", near: "a-b"',
    ],
    [
      'an empty expression',
      'DeleteItem',
      { ...table, Key: item, ConditionExpression: '' },
      'Invalid ConditionExpression: The expression can not be empty;',
    ],
    [
      'both kinds of condition',
      'DeleteItem',
      {
        ...table,
        Key: item,
        ConditionExpression: 'attribute_exists(a)',
        Expected: { a: { Exists: false } },
      },
      'Can not use both expression and non-expression parameters in the same request: ' +
        'Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}',
    ],
    [
      'to update a key',
      'UpdateItem',
      {
        ...table,
        Key: item,
        UpdateExpression: 'SET sk = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      `${invalid}Cannot update attribute sk. This attribute is part of the key`,
    ],
    [
      'to set the same path twice',
      'UpdateItem',
      {
        ...table,
        Key: item,
        UpdateExpression: 'SET a = :s, a = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    ],
    [
      'to set a path whose parent is missing',
      'UpdateItem',
      {
        ...table,
        Key: item,
        UpdateExpression: 'SET a.b = :s',
        ExpressionAttributeValues: { ':s': { S: 'x' } },
      },
      'The document path provided in the update expression is invalid for update',
    ],
    [
      'to add to an attribute that is missing',
      'UpdateItem',
      {
        ...table,
        Key: item,
        UpdateExpression: 'SET a = b + :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    [
      'to add to a text',
      'UpdateItem',
      {
        ...table,
        Key: item,
        UpdateExpression: 'SET a = pk + :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
      'An operand in the update expression has an incorrect data type',
    ],
  ])
})
