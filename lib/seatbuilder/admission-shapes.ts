import * as z from 'zod'
import { toIso } from '../clock.ts'
import { defined } from '../defined.ts'
import type { AdmissionKeys } from '../records/records.ts'
import { ADMISSION_OVERLAP_SECONDS, OVERLAP_SECONDS_MAX, timestamp } from './fields.ts'

export const admissionKeyReply = z.object({
  admissionKey: z.string().meta({
    description: 'What a waiting room signs admission tokens with, as it is: its UTF-8 is the key.',
  }),
  formerKeyUntil: timestamp.optional().meta({
    description: 'Until when tokens are taken that the key before has signed.',
  }),
})

export const rotateAdmissionKeyRequest = z
  .object({
    overlapSeconds: z
      .int()
      .min(0)
      .max(OVERLAP_SECONDS_MAX)
      .default(ADMISSION_OVERLAP_SECONDS)
      .meta({
        description: 'For how long tokens are taken still that the key of now has signed.',
      }),
  })
  .optional()

/** The key that signs, and how long the one before does. */
export function toAdmissionKey({ current, former }: AdmissionKeys) {
  return {
    admissionKey: current,
    ...defined({ formerKeyUntil: former && toIso(former.until) }),
  }
}
