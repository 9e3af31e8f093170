import type { EventBridgeClientConfig } from '@aws-sdk/client-eventbridge'
import type { SentQueue } from '../../../infra/grants.ts'
import { localNames } from '../../../local/sources/create-queues.ts'
import { denialOfMessaging } from './guard.ts'

interface Request {
  headers: Record<string, string>
  body?: unknown
}

interface Handler {
  handle(request: Request, options?: unknown): Promise<unknown>
}

/** What our code calls a queue, by its name on this machine. */
const queues: Readonly<Record<string, SentQueue>> = {
  [localNames.timers]: 'timers',
  [localNames.deliveries]: 'deliveries',
  [localNames.deliveriesDead]: 'deadLetters',
  [localNames.failures]: 'failures',
}

/** Wraps a request handler of bus and queues: refuses what the running function's role does not grant. */
export function guardMessaging(
  inner: unknown,
): NonNullable<EventBridgeClientConfig['requestHandler']> {
  const handler: Handler = {
    async handle(request, options) {
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? ''
      const { QueueUrl = '' } = JSON.parse(textOf(request.body)) as { QueueUrl?: string }
      const denial = denialOfMessaging(operation, queues[QueueUrl.split('/').at(-1) ?? ''])
      if (denial !== undefined) throw new Error(denial)
      return (inner as Handler).handle(request, options)
    },
  }
  return handler as NonNullable<EventBridgeClientConfig['requestHandler']>
}

function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body)
  return typeof body === 'string' ? body : '{}'
}
