import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'

// What a request asks of any answer, whatever the endpoint: nothing where it is known already, and no body for HEAD.

const NOT_MODIFIED = 304

/** The answer as the request wants it: of what the caller has already, and for HEAD, the headers alone. */
export function asAsked(
  { httpMethod, headers }: APIGatewayProxyEvent,
  result: APIGatewayProxyResult,
): APIGatewayProxyResult {
  const isRead = httpMethod === 'GET' || httpMethod === 'HEAD'
  const tag = isRead && result.statusCode === 200 ? result.headers?.['ETag'] : undefined
  if (typeof tag === 'string' && isKnown(tag, headerOf(headers, 'if-none-match'))) {
    // The type too: API Gateway would say that of JSON, and a cache would believe it of the picture that it keeps.
    return { ...result, statusCode: NOT_MODIFIED, body: '', isBase64Encoded: false }
  }
  return httpMethod === 'HEAD' ? { ...result, body: '', isBase64Encoded: false } : result
}

/** Tags are compared weakly, as for every read: what compresses an answer on its way may weaken them. */
function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  const known = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(tag.replace(/^W\//, ''))
}

function headerOf(headers: APIGatewayProxyEvent['headers'], wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}
