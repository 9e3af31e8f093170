import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
  type AttributeValue as SdkAttribute,
} from '@aws-sdk/client-dynamodb'
import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { ApiError, type CancellationReason } from '@holdfast/dynamodb/errors'
import type { Item } from '@holdfast/dynamodb/types'
import { fromItem, toAttribute, toItem, withBytes } from './plain-marshal.ts'

// What lies between a command of the document client and the engine, without the SDK's middleware and without bytes:
// commands become requests, answers become documents, refusals become the SDK's exceptions.

type Fields = Record<string, unknown>

/** A command of the document client. */
export interface Command {
  readonly input: object
}

/** One call as the engine takes it. */
export interface PlainRequest {
  readonly operation: string
  readonly input: Fields
}

const operationNames = new Map<unknown, string>([
  [GetCommand, 'GetItem'],
  [BatchGetCommand, 'BatchGetItem'],
  [QueryCommand, 'Query'],
  [ScanCommand, 'Scan'],
  [PutCommand, 'PutItem'],
  [UpdateCommand, 'UpdateItem'],
  [DeleteCommand, 'DeleteItem'],
  [TransactWriteCommand, 'TransactWriteItems'],
  [BatchWriteCommand, 'BatchWriteItem'],
  [BatchExecuteStatementCommand, 'BatchExecuteStatement'],
])

/** Reads a command: the operation it names, and its input with values as they go over the wire. */
export function toRequest(command: Command): PlainRequest {
  const operation = operationNames.get(command.constructor)
  if (operation === undefined) {
    throw new Error(`No plain form of ${command.constructor.name}`)
  }
  return { operation, input: toInput(operation, command.input as Fields) }
}

function toInput(operation: string, input: Fields): Fields {
  switch (operation) {
    case 'TransactWriteItems':
      return {
        ...input,
        TransactItems: (input['TransactItems'] as Record<string, Fields>[]).map((item) =>
          mapFields(item, marshalled),
        ),
      }
    case 'BatchGetItem':
      return {
        ...input,
        RequestItems: mapFields(input['RequestItems'] as Record<string, Fields>, (part) => ({
          ...part,
          Keys: (part['Keys'] as Fields[]).map(toItem),
        })),
      }
    case 'BatchWriteItem':
      return {
        ...input,
        RequestItems: mapFields(
          input['RequestItems'] as Record<string, Record<string, Fields>[]>,
          (entries) => entries.map((entry) => mapFields(entry, marshalled)),
        ),
      }
    case 'BatchExecuteStatement':
      return {
        ...input,
        Statements: (input['Statements'] as Fields[]).map((one) => ({
          ...one,
          Parameters: (one['Parameters'] as unknown[]).map(toAttribute),
        })),
      }
    default:
      return marshalled(input)
  }
}

const documentNames = ['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const

function marshalled(part: Fields): Fields {
  const copy: Fields = {}
  for (const name in part) if (part[name] !== undefined) copy[name] = part[name]
  for (const name of documentNames) {
    const document = copy[name]
    if (document !== undefined) copy[name] = toItem(document as Fields)
  }
  return copy
}

/** Reads an answer: items and keys become documents. */
export function toOutput(operation: string, answer: object): Fields {
  const output: Fields = { $metadata: { httpStatusCode: 200, attempts: 1 }, ...answer }
  for (const name of ['Item', 'Attributes', 'LastEvaluatedKey']) {
    const item = output[name]
    if (item !== undefined) output[name] = fromItem(item as Item)
  }
  if (output['Items'] !== undefined) output['Items'] = (output['Items'] as Item[]).map(fromItem)
  if (operation === 'BatchGetItem') {
    const { Responses: found, UnprocessedKeys: left } = answer as BatchAnswer
    output['Responses'] = mapFields(found, (items) => items.map(fromItem))
    output['UnprocessedKeys'] = mapFields(left, (part) => ({
      ...part,
      Keys: part.Keys.map(fromItem),
    }))
  }
  if (operation === 'BatchExecuteStatement') {
    output['Responses'] = (answer as { Responses: StatementAnswer[] }).Responses.map(shownAnswer)
  }
  return output
}

interface StatementAnswer {
  readonly Item?: Item
  readonly Error?: { readonly Code: string; readonly Item?: Item }
}

function shownAnswer({ Item, Error: error, ...rest }: StatementAnswer): Fields {
  return {
    ...rest,
    ...(Item === undefined ? {} : { Item: fromItem(Item) }),
    ...(error === undefined ? {} : { Error: { ...error, ...shownItem(error.Item) } }),
  }
}

function shownItem(item: Item | undefined): Fields {
  return item === undefined ? {} : { Item: fromItem(item) }
}

interface BatchAnswer {
  readonly Responses: Record<string, Item[]>
  readonly UnprocessedKeys: Record<string, { Keys: Item[] }>
}

/** A refusal of the engine as the SDK throws it; anything else as it is. */
export function toException(error: unknown): unknown {
  if (!(error instanceof ApiError)) return dynaliteRefusal(error) ?? error
  return exceptionOf(error.body, error.status)
}

type ErrorBody = { __type: string } & Fields

function dynaliteRefusal(error: unknown): Error | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || !('body' in error)) return undefined
  return exceptionOf(error.body as ErrorBody, Number(error.statusCode))
}

function exceptionOf(body: ErrorBody, status: number): Error {
  const name = body.__type.slice(body.__type.indexOf('#') + 1)
  const $metadata = { httpStatusCode: status, attempts: 1 }
  const message = (body['message'] ?? body['Message'] ?? '') as string
  if (name === 'TransactionCanceledException') {
    const reasons = (body['CancellationReasons'] as CancellationReason[]).map((reason) =>
      reason.Item === undefined ? reason : { ...reason, Item: withBytes(reason.Item as Item) },
    ) as { Code?: string; Message?: string; Item?: Record<string, SdkAttribute> }[]
    return new TransactionCanceledException({ message, $metadata, CancellationReasons: reasons })
  }
  if (name === 'ConditionalCheckFailedException') {
    const item = body['Item'] as Item | undefined
    return new ConditionalCheckFailedException({
      message,
      $metadata,
      ...(item === undefined ? {} : { Item: withBytes(item) as Record<string, SdkAttribute> }),
    })
  }
  const $fault = status >= 500 ? 'server' : 'client'
  return new DynamoDBServiceException({ name, message, $fault, $metadata })
}

/** What the SDK throws when the connection drops before the answer. */
export function connectionLost(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' })
}

function mapFields<From, To>(
  fields: Record<string, From>,
  map: (value: From) => To,
): Record<string, To> {
  const mapped: Record<string, To> = {}
  for (const name in fields) mapped[name] = map(fields[name] as From)
  return mapped
}
