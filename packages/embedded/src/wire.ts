import { randomUUID } from 'node:crypto'
import type { Answer, Engine } from './engine.ts'
import { malformed, parseJson } from './read-request.ts'
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

/** What answers calls, whatever its state. */
export type Caller = Pick<Engine, 'call' | 'serves'>

/** Answers one HTTP request as the services' front doors do; rejects when the answer is lost. */
export async function answerRequest(engine: Caller, request: WireRequest): Promise<WireAnswer> {
  const { status, body, code } = await answerPost(engine, request)
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

async function answerPost(engine: Caller, request: WireRequest): Promise<Answer> {
  const target = String(request.headers['x-amz-target'] ?? '')
  if (request.method !== 'POST' || !engine.serves(target)) {
    return refused('UnknownOperationException', `There is no operation "${target}"`)
  }
  const unsigned = checkSignature(request)
  if (unsigned !== undefined) return unsigned
  const { origin, signal } = request
  const input = parseJson(request.body)
  if (input === malformed) return refused('SerializationException', 'The request is no JSON')
  return engine.call(target, input, { origin, ...(signal === undefined ? {} : { signal }) })
}

function refused(code: string, message: string): Answer {
  return { status: 400, code, body: { __type: code, message } }
}

function queryError(code: string, status: number): string {
  return `${code};${status < 500 ? 'Sender' : 'Receiver'}`
}
