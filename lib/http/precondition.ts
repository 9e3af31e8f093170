import type { APIGatewayProxyEvent } from 'aws-lambda'
import { headerValues } from './headers.ts'

/** The header by which a request names what it is meant for. */
export const IF_MATCH_HEADER = 'If-Match'

/** Characters of the whole header: some dozens of tags. */
export const IF_MATCH_LENGTH_MAX = 2_048

/**
 * The tags that a request names, without quotes; undefined where it names none. A tag that something weakened on its way is as good
 * as it was: it follows from the content, and the content is what came.
 */
export function expectedTags(event: APIGatewayProxyEvent): readonly string[] | undefined {
  const sent = headerValues(event, IF_MATCH_HEADER)
  if (sent.length === 0) return undefined
  const tags = sent.join(',').slice(0, IF_MATCH_LENGTH_MAX).split(',')
  return tags.map((tag) =>
    tag
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1'),
  )
}
