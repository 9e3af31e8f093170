import type * as z from 'zod'
import type { Endpoint } from './endpoint.ts'
import type { InputIssue } from './surface.ts'

// Parameters that nobody knows are ignored, so that clients can be ahead of us. But whoever asks a call to change nothing, or nothing
// that is sold, would be ignored to their harm: a call that does not know these words refuses them.

/** Words by which a caller asks for less than the call would do. */
const CAUTIONS = ['dryRun', 'ifUnsold']

/** Finds what a request asks for in vain; what only reads changes nothing anyway. */
export function cautionsUnknown(
  { method, query }: Pick<Endpoint, 'method' | 'query'>,
  asked: Readonly<Record<string, unknown>>,
): InputIssue[] {
  if (method === 'GET' || method === 'ANY') return []
  const known = query === undefined ? {} : fieldsOf(query).shape
  return CAUTIONS.filter((word) => Object.hasOwn(asked, word) && !Object.hasOwn(known, word)).map(
    (word) => ({ path: [word], message: 'not a parameter of this call' }),
  )
}

/** Parameters that are transformed have their fields where the transformation begins. */
export function fieldsOf(schema: z.ZodType): z.ZodObject {
  return ('in' in schema ? schema.in : schema) as z.ZodObject
}
