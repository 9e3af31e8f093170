import type { APIGatewayProxyResult } from 'aws-lambda'
import type { Answer } from './surface.ts'

const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'private, no-store',
}

/** A JSON answer in the form that API Gateway takes. */
export function reply({ status, body }: Answer): APIGatewayProxyResult {
  return replyText(status, JSON.stringify(body))
}

/** As `reply`, for JSON that is text already. */
export function replyText(status: number, text: string): APIGatewayProxyResult {
  return { statusCode: status, headers: { ...HEADERS }, body: text }
}

/** An answer that was given before, and says that it was. */
export function replayed({
  status,
  body,
}: {
  status: number
  body: string
}): APIGatewayProxyResult {
  const answer = replyText(status, body)
  return { ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } }
}
