import { randomUUID } from 'node:crypto'
import type { Answer, Messaging } from './engine.ts'
import { findOperation } from './operations.ts'
import { checkSignature } from './signature.ts'

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  /** Protocol, host and port by which the caller found us. */
  readonly origin: string
  readonly signal?: AbortSignal
}

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers one HTTP request as the services' front doors do; rejects when the answer is lost. */
export async function answerRequest(
  messaging: Messaging,
  request: WireRequest,
): Promise<WireAnswer> {
  const { status, body, code } = await answerPost(messaging, request)
  const text = JSON.stringify(body)
  const { 'content-type': contentType = 'application/x-amz-json-1.0' } = request.headers
  return {
    status,
    headers: {
      'x-amzn-requestid': randomUUID(),
      'content-type': String(contentType),
      'content-length': String(Buffer.byteLength(text)),
      ...(code === undefined ? {} : { 'x-amzn-query-error': queryError(code, status) }),
    },
    body: text,
  }
}

async function answerPost(messaging: Messaging, request: WireRequest): Promise<Answer> {
  const target = String(request.headers['x-amz-target'] ?? '')
  if (request.method !== 'POST' || findOperation(target) === undefined) {
    return refused('UnknownOperationException', `There is no operation "${target}"`)
  }
  const unsigned = checkSignature(request)
  if (unsigned !== undefined) return unsigned
  const { origin, signal } = request
  const input = parseJson(request.body)
  if (input === malformed) return refused('SerializationException', 'The request is no JSON')
  return messaging.call(target, input, { origin, ...(signal === undefined ? {} : { signal }) })
}

function refused(code: string, message: string): Answer {
  return { status: 400, code, body: { __type: code, message } }
}

const malformed = Symbol('malformed')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return malformed
  }
}

/** Names that SQS had before it spoke JSON, for the clients that still go by them. */
const oldNames: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
}

function queryError(code: string, status: number): string {
  const name = Object.hasOwn(oldNames, code) ? oldNames[code] : code
  return `${name ?? code};${status < 500 ? 'Sender' : 'Receiver'}`
}
