import type { ChartHead, DrawingRef } from '../records/records.ts'

/** The draft of a chart, where it is not what is published. */
export function draftOf({ draft, published }: ChartHead): DrawingRef | undefined {
  return draft.drawingId === published?.drawingId ? undefined : draft
}
