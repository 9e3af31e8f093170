import type { APIGatewayProxyResult } from 'aws-lambda'
import { contentTag } from '../content-tag.ts'
import type { RawBytes, RawJson } from './endpoint.ts'
import type { Answer } from './surface.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

const HEADERS = {
  'Cache-Control': 'private, no-store',
}

/** A JSON answer, or one without a body, in the form that API Gateway takes. It ends its line, as people on a terminal are used to. */
export function reply({ status, body }: Answer): APIGatewayProxyResult {
  return replyText(status, body === undefined ? '' : line(JSON.stringify(body)))
}

/** As `reply`, for a text that is sent to the letter; an empty one is no body. */
export function replyText(
  status: number,
  text: string,
  type: string = JSON_TYPE,
): APIGatewayProxyResult {
  const headers = text === '' ? HEADERS : { 'Content-Type': type, ...HEADERS }
  return { statusCode: status, headers, body: text }
}

/** For what will never be another: a year is as long as the header can say. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** For what may be another next time: whoever asked may keep it, and asks each time whether it still holds. */
const ASKED_AGAIN = 'private, no-cache'

/** For what is polled by many: one of them asks for all, and nobody waits for that. */
const SHARED = 'public, max-age=1, stale-while-revalidate=1'

/** As `replyText`, for what is kept by who asked, or by a cache for many: it has a tag to ask by. */
export function replyTagged(
  status: number,
  { rawJson, tag = contentTag(rawJson) }: RawJson,
  isShared = false,
): APIGatewayProxyResult {
  const { headers, ...answer } = replyText(status, rawJson)
  const keeping = isShared ? SHARED : ASKED_AGAIN
  return { ...answer, headers: { ...headers, 'Cache-Control': keeping, ETag: `"${tag}"` } }
}

/** An answer that is no JSON. */
export function replyBytes(
  status: number,
  { bytes, mediaType, tag }: RawBytes,
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: {
      'Content-Type': mediaType,
      ...(tag === undefined
        ? { 'Cache-Control': ASKED_AGAIN, ETag: `"${contentTag(bytes)}"` }
        : { 'Cache-Control': FOR_EVER, ETag: `"${tag}"` }),
    },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  }
}

/** An answer that was given before, and says that it was. */
export function replayed({
  status,
  body,
}: {
  status: number
  body: string
}): APIGatewayProxyResult {
  const answer = replyText(status, body === '' ? '' : line(body))
  return { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } }
}

function line(text: string): string {
  return `${text}\n`
}
