import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Endpoint } from './endpoint.ts'
import { headerValues } from './headers.ts'
import type { Problem } from './surface.ts'
import { FUNCTION_ANSWER_BYTES_MAX } from '../limits/aws-limits.ts'

// An answer may grow with the hall, or with what was sold in it, beyond what a function may answer. In the form in which it is sent:
//
// 1. As it is, where it is short.
// 2. Compressed, where the caller takes that. What is compressed is no text any more and goes in base64, which is a third longer.
// 3. As text, in which each quote takes two bytes; in base64 where that is shorter.
// 4. Where no form is short enough, the caller is told so, and what to ask for instead: API Gateway would say that we are broken.

/** Below this a compressed answer is hardly smaller. */
export const COMPRESSED_BYTES_MIN = 1024

/** What goes along with a body: its status, and headers of less than 10 KB, more than which API Gateway does not take. */
const ENVELOPE_BYTES = 16 * 1024

/** Bytes of a body in the form in which it is handed over. */
const SENT_BYTES_MAX = FUNCTION_ANSWER_BYTES_MAX - ENVELOPE_BYTES

const gzipped = promisify(gzip)

/** The answer in a form that can be sent; undefined where there is none. */
export async function sendable(
  event: APIGatewayProxyEvent,
  answer: APIGatewayProxyResult,
): Promise<APIGatewayProxyResult | undefined> {
  const { body, isBase64Encoded } = answer
  const bytes = Buffer.byteLength(body)
  if (isBase64Encoded === true) return bytes <= SENT_BYTES_MAX ? answer : undefined
  if (bytes <= COMPRESSED_BYTES_MIN) return answer
  const headers = { ...answer.headers, Vary: 'Accept-Encoding' }
  if (takesGzip(event)) {
    const encoded = (await gzipped(body)).toString('base64')
    if (encoded.length > SENT_BYTES_MAX) return undefined
    const told = { ...headers, 'Content-Encoding': 'gzip' }
    return { ...answer, headers: told, body: encoded, isBase64Encoded: true }
  }
  if (isShortText(body, bytes)) return { ...answer, headers }
  const encoded = Buffer.from(body).toString('base64')
  if (encoded.length > SENT_BYTES_MAX) return undefined
  return { ...answer, headers, body: encoded, isBase64Encoded: true }
}

/** Whether a caller allows an answer to be compressed. */
export function takesGzip(
  event: Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>,
): boolean {
  return allowsGzip(headerValues(event, 'accept-encoding').join(','))
}

/** Whether the value of `Accept-Encoding` allows it. */
export function allowsGzip(acceptEncoding: string): boolean {
  for (const choice of acceptEncoding.toLowerCase().split(',')) {
    const [name, ...parameters] = choice.split(';').map((part) => part.trim())
    if (name === 'gzip') return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  }
  return false
}

/** What is said where an answer cannot be sent. */
export function answerTooLarge(
  { method, instead = 'ask for less at a time' }: Pick<Endpoint, 'method' | 'instead'>,
  isCompressed: boolean,
): Problem {
  const what = isCompressed ? 'The answer, compressed, is' : 'The answer is'
  const done = method === 'GET' ? '' : 'What was asked for was done. '
  const way = isCompressed ? instead : `send Accept-Encoding: gzip, or ${instead}`
  const message = `${done}${what} longer than the ${SENT_BYTES_MAX} bytes that can be sent: ${way}`
  return { code: 'answer-too-large', message }
}

/** The text is handed over as JSON, in which a character takes twice its bytes at most. */
function isShortText(text: string, bytes: number): boolean {
  return 2 * bytes <= SENT_BYTES_MAX || Buffer.byteLength(JSON.stringify(text)) <= SENT_BYTES_MAX
}
