import type { HistoryChange } from './history.ts'

// What counts as used: each object once in an event and a month, when it was first taken from free, with a hold or without. Places
// of areas have no names: used are as many as were taken of those that were free, given back and taken again not counted twice.

/** Why an object came to be used. What is put into a channel is not used by that alone. */
export type UsageReason = 'status-changed' | 'selected'

/** How much of an object was used, by the reason for which it first was. */
export interface ObjectUsage {
  readonly label: string
  readonly used: number
  readonly reasons: Readonly<Partial<Record<UsageReason, number>>>
}

/** Counts what changes of one event used; they come in the order in which they were made. */
export function usageOf(changes: Iterable<HistoryChange>): ObjectUsage[] {
  const objects = new Map<string, Counted>()
  for (const { label, from, to, quantity = 1 } of changes) {
    const isTaken = from === 'free'
    if (from === to || (!isTaken && to !== 'free')) continue
    const counted = objects.get(label) ?? { now: 0, used: 0, reasons: {} }
    objects.set(label, counted)
    counted.now = Math.max(0, counted.now + (isTaken ? quantity : -quantity))
    const more = counted.now - counted.used
    if (more <= 0) continue
    const reason = to === 'held' ? 'selected' : 'status-changed'
    counted.used = counted.now
    counted.reasons[reason] = (counted.reasons[reason] ?? 0) + more
  }
  return [...objects]
    .filter(([, { used }]) => used > 0)
    .map(([label, { used, reasons }]) => ({ label, used, reasons }))
}

interface Counted {
  /** Places that were taken by these changes and are still. */
  now: number
  used: number
  readonly reasons: Partial<Record<UsageReason, number>>
}
