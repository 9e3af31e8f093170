import { instant, type Instant } from '../../clock.ts'
import type { Ids } from '../../ids.ts'
import type { Item } from '../table/items.ts'

// Slots are numbers in a set, each the end of a lease: those of crashed processes run out, and are cleared away when room is needed.

/** Slots of one millisecond are told apart by chance; of two that are equal the second counts for nothing. */
const SLOTS_PER_MS = 1_000

/** So many slots that are free again at that moment at the latest. */
export function newSlots(ids: Pick<Ids, 'random'>, until: Instant, count: number): Set<number> {
  const first = Math.floor(ids.random() * SLOTS_PER_MS)
  const slots = Array.from({ length: count }, (_, index) => (first + index) % SLOTS_PER_MS)
  return new Set(slots.map((slot) => until * SLOTS_PER_MS + slot))
}

/** The slots of an item. */
export function slotsOf(item: Item | undefined): ReadonlySet<number> {
  return (item as { sl?: Set<number> } | undefined)?.sl ?? new Set<number>()
}

/** Whether slots that were to be taken are: by an earlier sending, whose answer was lost. */
export function hasSlots(item: Item | undefined, slots: ReadonlySet<number>): boolean {
  const found = slotsOf(item)
  return [...slots].every((slot) => found.has(slot))
}

/** Those whose leases have run out. */
export function slotsOver(item: Item | undefined, now: Instant): Set<number> {
  return new Set([...slotsOf(item)].filter((slot) => instant(slot / SLOTS_PER_MS) <= now))
}
