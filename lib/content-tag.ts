import { createHash } from 'node:crypto'

/** What a text or a picture is told by, without quotes: it follows from the content alone, so that it is right whatever changes that. */
export function contentTag(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url')
}
