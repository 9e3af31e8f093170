import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Engine } from '@holdfast/dynamodb/engine'
import type { AttributeValue, Item } from '@holdfast/dynamodb/types'
import { counted } from '../../lib/store/table/consumed.ts'
import { documentsOver, type AttributeCommand } from '../../lib/store/table/documents.ts'
import { turns } from './in-turns.ts'

/**
 * A document client over an engine in this process: commands are handed to it as they are. Nothing is signed, written as text, read
 * again or retried on the way, for the engine neither loses an answer nor throttles.
 */
export function engineDocuments(engine: Engine): DynamoDBDocumentClient {
  const inTurn = turns()
  return documentsOver(async ({ input, schema: [, , operation] }) => {
    const { output } = await counted(operation, input as object, (asked) =>
      inTurn(async () => {
        const { status, body } = await engine.call(`DynamoDB_20120810.${operation}`, asked)
        if (status !== 200) throw toError(status, body)
        return { output: body }
      }),
    )
    return output
  })
}

/** What the stream of a table is read by, in the same way. */
export function engineStreams(engine: Engine): Pick<DynamoDBStreamsClient, 'send'> {
  const inTurn = turns()
  const send = ({ input, schema: [, , operation] }: AttributeCommand) =>
    inTurn(async () => {
      const { status, body } = await engine.call(`DynamoDBStreams_20120810.${operation}`, input)
      if (status !== 200) throw toError(status, body)
      return body
    })
  return { send } as unknown as Pick<DynamoDBStreamsClient, 'send'>
}

interface ErrorBody {
  readonly __type?: string
  readonly message?: string
  readonly Message?: string
  readonly Item?: Item
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[]
}

/** An error as the SDK throws it. */
function toError(status: number, body: ErrorBody): Error {
  const { __type = '', message = body.Message ?? '', Item, CancellationReasons: reasons } = body
  return Object.assign(new Error(message), {
    name: __type.replace(/^.*#/, ''),
    $metadata: { httpStatusCode: status },
    ...(Item === undefined ? {} : { Item: withBytes(Item) }),
    ...(reasons === undefined
      ? {}
      : {
          CancellationReasons: reasons.map((reason) =>
            reason.Item === undefined ? reason : { ...reason, Item: withBytes(reason.Item) },
          ),
        }),
  })
}

/** An item whose bytes are no longer in base64. */
function withBytes(item: Item): object {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, valueOf(value)]))
}

function valueOf(value: AttributeValue): object {
  if (value.B !== undefined) return { B: Buffer.from(value.B, 'base64') }
  if (value.L !== undefined) return { L: value.L.map(valueOf) }
  return value.M === undefined ? value : { M: withBytes(value.M) }
}
