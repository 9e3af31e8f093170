import { Readable } from 'node:stream'
import type { SQSClientConfig } from '@aws-sdk/client-sqs'
import { LostAnswerError } from './faults.ts'
import { lowerNames, textOf } from './read-request.ts'
import { answerRequest, type Caller } from './wire.ts'

interface HttpRequest {
  method: string
  protocol: string
  hostname: string
  port?: number
  path: string
  headers: Record<string, string>
  body?: unknown
}

interface Handler {
  handle(
    request: HttpRequest,
    options?: { abortSignal?: AbortSignal | undefined },
  ): Promise<{ response: object }>
}

/** Answers the SDK's requests without a socket; a lost answer rejects as a reset connection does. */
export function inProcess(
  engine: Caller,
): NonNullable<SQSClientConfig['requestHandler']> & Handler {
  return {
    async handle(request: HttpRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}) {
      const { protocol, hostname, port } = request
      const answer = await reset(abortSignal, () =>
        answerRequest(engine, {
          method: request.method,
          url: request.path,
          headers: lowerNames(request.headers),
          body: textOf(request.body),
          origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
          ...(abortSignal === undefined ? {} : { signal: abortSignal }),
        }),
      )
      const { status: statusCode, headers } = answer
      return { response: { statusCode, headers, body: Readable.from([Buffer.from(answer.body)]) } }
    },
  } as NonNullable<SQSClientConfig['requestHandler']> & Handler
}

// The SDK's own handler names these two this way, and retries the former only.
async function reset<Result>(
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work()
    if (signal?.aborted !== true) return result
  } catch (error) {
    if (!(error instanceof LostAnswerError)) throw error
    throw Object.assign(new Error('socket hang up', { cause: error }), {
      name: 'TimeoutError',
      code: 'ECONNRESET',
    })
  }
  throw Object.assign(new Error('Request aborted'), { name: 'AbortError' })
}
