import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'

type RequestHandler = NonNullable<DynamoDBClientConfig['requestHandler']>

interface Handler {
  handle(request: object, options?: object): Promise<{ response: object }>
}

/** Calls in one turn of the event loop: a large commit makes a hundred at a time, each worth a millisecond. */
const CALLS_A_TURN = 8

/** Runs something in its turn. */
export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Lets the event loop turn before each call, as a socket would, and has few begun in each turn: an engine in memory answers without,
 * and workers or large commits that make one call after the other would keep the requests of buyers from being read.
 */
export function turns(): InTurn {
  const waiting: (() => void)[] = []
  const turn = () => {
    for (const begin of waiting.splice(0, CALLS_A_TURN)) begin()
    if (waiting.length > 0) setImmediate(turn)
  }
  return async (work) => {
    await new Promise<void>((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(turn)
    })
    return work()
  }
}

/** Has a request handler answer in turns. */
export function inTurns(inner: RequestHandler): RequestHandler {
  const handler = inner as Handler
  const inTurn = turns()
  return {
    ...inner,
    handle: (request: object, options?: object) => inTurn(() => handler.handle(request, options)),
  } as RequestHandler
}
