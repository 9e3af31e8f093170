import { Readable } from 'node:stream'
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { LostAnswerError } from '@holdfast/embedded/faults'
import { lowerNames, textOf } from '@holdfast/embedded/read-request'
import type { Engine } from '../engine.ts'
import { answerRequest } from './wire.ts'

interface HttpRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: unknown
}

interface Handler {
  handle(request: HttpRequest): Promise<{ response: object }>
}

/** Answers the SDK's requests without a socket; a lost answer rejects as a reset connection does. */
export function inProcess(engine: Engine): DynamoDBClientConfig['requestHandler'] & Handler {
  return {
    async handle(request: HttpRequest) {
      const answer = await reset(() =>
        answerRequest(engine, {
          method: request.method,
          url: request.path,
          headers: lowerNames(request.headers),
          body: textOf(request.body),
        }),
      )
      const { status: statusCode, headers } = answer
      return { response: { statusCode, headers, body: Readable.from([Buffer.from(answer.body)]) } }
    },
  } as DynamoDBClientConfig['requestHandler'] & Handler
}

// The SDK's own handler names a reset connection this way, and so retries it.
async function reset<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof LostAnswerError)) throw error
    throw Object.assign(new Error('socket hang up', { cause: error }), {
      name: 'TimeoutError',
      code: 'ECONNRESET',
    })
  }
}
