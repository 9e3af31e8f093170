import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'

type RequestHandler = NonNullable<DynamoDBClientConfig['requestHandler']>

interface Handler {
  handle(request: object, options?: object): Promise<{ response: object }>
}

/** Calls in one turn of the event loop: a large commit makes a hundred at a time, each worth a millisecond. */
const CALLS_A_TURN = 8

/**
 * Lets the event loop turn before each answer, as a socket would, and has few answered in each turn: an engine in memory
 * answers without, and workers or large commits that make one call after the other would keep the requests of buyers from
 * being read.
 */
export function inTurns(inner: RequestHandler): RequestHandler {
  const handler = inner as Handler
  const waiting: (() => void)[] = []
  const turn = () => {
    for (const begin of waiting.splice(0, CALLS_A_TURN)) begin()
    if (waiting.length > 0) setImmediate(turn)
  }
  return {
    ...inner,
    handle: async (request: object, options?: object) => {
      await new Promise<void>((resolve) => {
        if (waiting.push(resolve) === 1) setImmediate(turn)
      })
      return handler.handle(request, options)
    },
  } as RequestHandler
}
