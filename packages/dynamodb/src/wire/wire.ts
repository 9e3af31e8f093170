import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { malformed, parseJson } from '@holdfast/embedded/read-request'
import { findOperation } from '../engine.ts'
import type { Engine } from '../engine.ts'
import { checkSignature } from './signature.ts'

export interface WireRequest {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

const contentTypes = ['application/json', 'application/x-amz-json-1.0']
const coral = 'com.amazon.coral.service#'

/** Answers one HTTP request as the service's front door does; rejects when the answer is lost. */
export async function answerRequest(engine: Engine, request: WireRequest): Promise<WireAnswer> {
  const id = { 'x-amzn-requestid': requestId() }
  if (request.method === 'OPTIONS' && request.headers['origin'] !== undefined) {
    return { status: 200, headers: { ...id, ...preflight(request) }, body: '' }
  }
  if (request.method === 'GET') {
    const { host = 'dynamodb.us-east-1.amazonaws.com' } = request.headers
    return plain(200, id, `healthy: ${String(host)} `)
  }
  const contentType =
    String(request.headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim() ?? ''
  if (request.method !== 'POST' || (request.body !== '' && !contentTypes.includes(contentType))) {
    return plain(404, id, '<UnknownOperationException/>\n')
  }
  const { status, body } = await answerPost(engine, request)
  const text = JSON.stringify(body)
  return {
    status,
    headers: {
      ...id,
      ...(request.headers['origin'] === undefined ? {} : { 'access-control-allow-origin': '*' }),
      'content-type': contentType === '' ? 'application/json' : contentType,
      'content-length': String(Buffer.byteLength(text)),
      'x-amz-crc32': String(crc32(text)),
    },
    body: text,
  }
}

async function answerPost(
  engine: Engine,
  request: WireRequest,
): Promise<{ status: number; body: object }> {
  const input = parseJson(request.body)
  if (input === malformed && request.body !== '') return refused('SerializationException')
  const target = String(request.headers['x-amz-target'] ?? '')
  if (findOperation(target) === undefined) return refused('UnknownOperationException')
  const unsigned = checkSignature(request)
  if (unsigned !== undefined) return unsigned
  if (input === malformed) return refused('SerializationException')
  return engine.call(target, input)
}

function refused(name: string): { status: number; body: object } {
  return { status: 400, body: { __type: coral + name } }
}

function plain(status: number, headers: Record<string, string>, body: string): WireAnswer {
  return {
    status,
    headers: {
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-crc32': String(crc32(body)),
    },
    body,
  }
}

function preflight({ headers }: WireRequest): Record<string, string> {
  const asked = (name: string) => {
    const value = headers[`access-control-request-${name}`]
    return value === undefined ? {} : { [`access-control-allow-${name}`]: String(value) }
  }
  return {
    'access-control-allow-origin': '*',
    ...asked('headers'),
    ...(headers['access-control-request-method'] === undefined
      ? {}
      : { 'access-control-allow-methods': String(headers['access-control-request-method']) }),
    'access-control-max-age': '172800',
    'content-length': '0',
  }
}

/** Request ids have 52 capital letters and digits. */
function requestId(): string {
  return randomBytes(39).toString('base64').toUpperCase().replace(/[+/]/g, '0')
}
