import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { createEngine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { expect, test } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { tallied } from '../../lib/tally.ts'
import { createTable } from '../../local/data/create-table.ts'
import { engineDocuments } from '../../local/data/engine-documents.ts'

const TableName = 'table'
const key = { pk: 'S#1', sk: 'A-1' }
const item = { ...key, v: 1, gz: Buffer.from('bytes'), told: [{ at: 1.5, is: null, on: true }] }
const isFree = {
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
} as const
const again = { TableName, Item: { ...item, v: 3 }, ...isFree }

/** One story, in which every kind of command is answered and some are refused. */
const story = () => [
  new PutCommand({ TableName, Item: item, ...isFree }),
  new PutCommand(again),
  new GetCommand({ TableName, Key: key, ConsistentRead: true }),
  new UpdateCommand({
    TableName,
    Key: key,
    UpdateExpression: 'SET v = v + :one, extra = :bytes',
    ExpressionAttributeValues: { ':one': 1, ':bytes': new Uint8Array([0, 255]) },
    ReturnValues: 'ALL_NEW',
  }),
  new TransactWriteCommand({ TransactItems: [{ Put: again }], ClientRequestToken: 'one' }),
  new TransactWriteCommand({
    TransactItems: [{ Put: { TableName, Item: { pk: 'S#1', sk: 'A-2' } } }],
    ClientRequestToken: 'two',
  }),
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key, { pk: 'S#1', sk: 'B' }] } } }),
  new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': 'S#1' },
    Limit: 1,
  }),
  new DeleteCommand({ TableName, Key: key, ReturnValues: 'ALL_OLD' }),
  new GetCommand({ TableName: 'no-such-table', Key: key }),
]

async function told(client: DynamoDBDocumentClient): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const command of story()) {
    const answer = await client.send(command as GetCommand).then(plain, plainError)
    answers.push(answer)
  }
  return answers
}

function plain({ $metadata: _, ConsumedCapacity: __, ...output }: Record<string, unknown>) {
  return bytesAsText(output)
}

function plainError(error: unknown) {
  const { name, message, Item, CancellationReasons, $metadata } = error as Record<string, unknown>
  const { httpStatusCode } = $metadata as { httpStatusCode: number }
  return bytesAsText({ name, message, Item, CancellationReasons, httpStatusCode })
}

/** The kinds of arrays of bytes do not matter. */
function bytesAsText(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('base64')}`
  if (Array.isArray(value)) return value.map(bytesAsText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, bytesAsText(part)]),
  )
}

async function openTable() {
  const engine = await createEngine({ clock: systemClock })
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: inProcess(engine),
  })
  await createTable(client, TableName)
  return { engine, client }
}

test('an engine that is handed commands as they are answers what it answers the client of the SDK', async () => {
  const one = await openTable()
  const other = await openTable()
  const answers = await told(engineDocuments(one.engine))
  expect(answers).toEqual(
    await told(
      DynamoDBDocumentClient.from(other.client, {
        marshallOptions: { removeUndefinedValues: true },
      }),
    ),
  )
  expect(answers.filter((answer) => 'name' in (answer as object))).toHaveLength(3)
})

test('what writes cost is counted for whoever asks', async () => {
  const { engine } = await openTable()
  const documents = engineDocuments(engine)
  const { tally } = await tallied(() => documents.send(new PutCommand({ TableName, Item: item })))
  expect(tally.writeUnits).toBe(1)
})
