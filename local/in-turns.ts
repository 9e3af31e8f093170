import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'

type RequestHandler = NonNullable<DynamoDBClientConfig['requestHandler']>

interface Handler {
  handle(request: object, options?: object): Promise<{ response: object }>
}

/**
 * Lets the event loop turn before each answer, as a socket would: an engine in memory answers without, and workers that make
 * one call after the other would keep the requests of buyers from being read.
 */
export function inTurns(inner: RequestHandler): RequestHandler {
  const handler = inner as Handler
  return {
    ...inner,
    handle: async (request: object, options?: object) => {
      await new Promise((resolve) => setImmediate(resolve))
      return handler.handle(request, options)
    },
  } as RequestHandler
}
