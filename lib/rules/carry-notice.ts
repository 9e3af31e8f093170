import type { Notice } from './notice.ts'
import { hasPlainTexts, plainJson } from '../plain-text.ts'

// Extra data are any JSON, so their texts may have characters that bus and queues would not hand on. Then they travel as one text,
// in which those are escaped twice, and become what they were when the notice is sent to a receiver.

/** A notice as the bus gets it: its extra data as text, where the bus would not hand them on as they are. */
export function carriedNotice(notice: Notice): Notice {
  const { extraData, ...rest } = notice
  if (extraData === undefined || hasPlainTexts(extraData)) return notice
  return { ...rest, extraDataText: plainJson(extraData) }
}

/** A notice as receivers get it: with its extra data, whatever characters those have. */
export function toldNotice(notice: Notice): Notice {
  const { extraDataText, ...rest } = notice
  if (extraDataText === undefined) return notice
  return { ...rest, extraData: JSON.parse(extraDataText) as Record<string, unknown> }
}
