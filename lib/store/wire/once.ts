import { createHmac, hash } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

// What the SDK does anew for each request, and a client of one table needs once, or not at all:
//
// 1. Attribute values are JSON already, save for bytes, so requests are written and answers read without a walk through their schemas.
//    Refusals are read by the SDK, which makes its errors of them.
// 2. A signer is made for a region, a service and a source of credentials: always the same.
// 3. What is signed is there as a whole and hashed at once.

/** Lets a client do once what it would do for each request. */
export function doOnce(client: DynamoDBClient): void {
  const { config } = client
  keepSigner(config as Signing)
  const { protocol } = config as unknown as { protocol: Protocol }
  client.middlewareStack.add(
    (next, context) => {
      const [, , operation] = (context as unknown as Smithy).__smithy_context.operationSchema
      const target = `DynamoDB_20120810.${operation}`
      return (args) => {
        const { protocol, hostname, port } = (context as unknown as Smithy).endpointV2.url
        const request = {
          ...{ protocol, hostname, port: port === '' ? undefined : Number(port) },
          ...{ method: 'POST', path: '/', query: {} },
          headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
          body: JSON.stringify(args.input),
        }
        return next({ ...args, request })
      }
    },
    // In the place of the SDK's own.
    { name: 'serializerMiddleware', step: 'serialize', override: true },
  )
  const readRefusal = protocol.deserializeResponse.bind(protocol)
  protocol.deserializeResponse = async (schema, context, response) => {
    const { statusCode, body } = response
    if (statusCode !== 200 || !(body instanceof Uint8Array)) {
      return readRefusal(schema, context, response)
    }
    const answer = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.length).toString(),
    ) as object
    return { ...answer, $metadata: protocol.deserializeMetadata(response) }
  }
}

/** What the SDK's chain knows of a command. */
interface Smithy {
  readonly endpointV2: { readonly url: URL }
  readonly __smithy_context: {
    readonly operationSchema: readonly [mark: unknown, namespace: unknown, name: string]
  }
}

interface Response {
  readonly statusCode: number
  readonly body: unknown
}

interface Protocol {
  deserializeResponse: (schema: unknown, context: unknown, response: Response) => Promise<object>
  readonly deserializeMetadata: (response: Response) => object
}

interface Signing {
  signer: (scheme: unknown) => Promise<unknown>
}

function keepSigner(config: Signing): void {
  const { signer: make } = config
  let made: Promise<unknown> | undefined
  config.signer = (scheme) => (made ??= make(scheme))
}

/** Hashes what is signed; with a secret, by that. The SDK calls it with `new`. */
export function hashAtOnce(secret?: string | Uint8Array) {
  let chunks: (string | Uint8Array)[] = []
  return {
    update: (chunk: string | Uint8Array) => {
      chunks.push(chunk)
    },
    digest: () => {
      const [first = '', ...others] = chunks
      const whole = others.length === 0 ? first : Buffer.concat(chunks.map((it) => Buffer.from(it)))
      const digest =
        secret === undefined
          ? hash('sha256', whole, 'buffer')
          : createHmac('sha256', secret).update(whole).digest()
      return Promise.resolve(digest)
    },
    reset: () => {
      chunks = []
    },
  }
}
