import { TOKEN_LENGTH_MAX } from 'holdfast/admission'
import * as z from 'zod'
import { ADMISSION_HEADER } from '../http/admission.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { IDEMPOTENCY_KEY_HEADER, IDEMPOTENCY_KEY_LENGTH_MAX } from '../http/idempotency.ts'
import { IF_MATCH_HEADER, IF_MATCH_LENGTH_MAX } from '../http/precondition.ts'
import { HOUR_MS } from '../limits/durations.ts'
import { RECEIPT_MS_KEPT } from '../limits/limits.ts'

/** The headers that a request may have, beyond its key. */
export function headersOf({
  method,
  access,
  surface,
  ...takes
}: Endpoint): z.ZodObject | undefined {
  const named = access === 'secret-key' ? surface.workspaceHeader : undefined
  const headers = {
    ...(method === 'GET' ? {} : idempotencyKey),
    ...(takes.takesIfMatch === true ? ifMatch : {}),
    ...(takes.takesAdmission === true ? admission : {}),
    ...(named === undefined ? {} : { [named]: workspaceKey }),
  }
  return Object.keys(headers).length === 0 ? undefined : z.object(headers)
}

const workspaceKey = z.string().optional().meta({
  id: 'WorkspaceKey',
  description:
    'The public key of the workspace that is meant, with an admin key; its default workspace without.',
})

/** What every request that changes something may send along. */
const idempotencyKey = {
  [IDEMPOTENCY_KEY_HEADER]: z
    .string()
    .min(1)
    .max(IDEMPOTENCY_KEY_LENGTH_MAX)
    .optional()
    .meta({
      id: 'IdempotencyKey',
      description: `Of your choice, new for each change: printable ASCII. The same request with the same key takes effect once within ${RECEIPT_MS_KEPT / HOUR_MS} hours, and gets the same answer.`,
    }),
}

/** What a request may say of what it is meant for. */
const ifMatch = {
  [IF_MATCH_HEADER]: z.string().max(IF_MATCH_LENGTH_MAX).optional().meta({
    id: 'IfMatch',
    description:
      'The `ETag` that came with the draft when it was read, or its number: the request is refused with 412 where the draft is another by now.',
  }),
}

/** What lets into an event that demands it. */
const admission = {
  [ADMISSION_HEADER]: z.string().max(TOKEN_LENGTH_MAX).optional().meta({
    id: 'AdmissionToken',
    description:
      'By which a waiting room lets a buyer in. Needed where the event demands one of this key; looked at by holds alone.',
  }),
}
