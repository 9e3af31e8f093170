// The way from one view to another.

import type { View } from './view.ts'

export interface Flight {
  readonly from: View
  readonly to: View
  readonly startedAt: number
}

const FLIGHT_MILLISECONDS = 360

/** Where a flight is at a moment; the very end from its end on. */
export function viewDuring({ from, to, startedAt }: Flight, now: number): View {
  const share = Math.min(1, Math.max(0, (now - startedAt) / FLIGHT_MILLISECONDS))
  if (share === 1) return to
  const eased = 1 - (1 - share) ** 3
  // What the two views show at the same place stays there: the way is straight in the scale.
  const k = from.k * (to.k / from.k) ** eased
  const part = Math.abs(to.k / from.k - 1) < 1e-6 ? eased : (k - from.k) / (to.k - from.k)
  return { k, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}
