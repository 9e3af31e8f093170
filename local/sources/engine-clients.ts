import type { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Engine } from '@holdfast/embedded/engine'
import { defined } from '../../lib/defined.ts'
import { turns } from '../data/in-turns.ts'

/** What calls an EventBridge or an SQS. */
export interface MessagingClients {
  readonly events: Pick<EventBridgeClient, 'send'>
  readonly queues: Pick<SQSClient, 'send'>
}

/**
 * Clients of engines in this process: commands are handed to them as they are. Nothing is signed, written as text, read again or
 * retried on the way, for engines in this process lose no answer.
 */
export function engineClients(engine: Pick<Engine, 'call'>, origin: string): MessagingClients {
  const inTurn = turns()
  const clientOf = (api: string) => ({
    send: ({ input, schema: [, , operation] }: Command, { abortSignal: signal }: Options = {}) =>
      inTurn(async () => {
        const how = { origin, ...defined({ signal }) }
        const { status, body } = await engine.call(`${api}.${operation}`, sent(input), how)
        if (signal?.aborted === true) {
          throw Object.assign(new Error('Request aborted'), { name: 'AbortError' })
        }
        if (status !== 200) throw toError(status, body)
        return body
      }),
  })
  return {
    events: clientOf('AWSEvents'),
    queues: clientOf('AmazonSQS'),
  } as unknown as MessagingClients
}

interface Command {
  readonly input: object
  /** Begins with a mark, a namespace and the name of the operation. */
  readonly schema: readonly [mark: unknown, namespace: unknown, name: string]
}

interface Options {
  readonly abortSignal?: AbortSignal
}

/** A copy as the wire has it: times are seconds, and what is not given stays away. */
function sent(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000
  if (Array.isArray(value)) return value.map(sent)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value)) {
    if (part !== undefined) copy[name] = sent(part)
  }
  return copy
}

/** An error as the SDK throws it. */
function toError(status: number, body: { __type?: string; message?: string }): Error {
  const { __type = '', message = '' } = body
  return Object.assign(new Error(message), {
    name: __type.replace(/^.*#/, ''),
    $metadata: { httpStatusCode: status },
  })
}
