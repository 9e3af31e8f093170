import type { Port } from '../../lib/store/table/port.ts'
import type { SlotUse } from '../../lib/store/webhooks/endpoint-health.ts'
import {
  slotsBack,
  takeSlots,
  type NoSlot,
  type Slot,
  type SlotsWanted,
} from '../../lib/store/webhooks/endpoint-slots.ts'

/** A slot, and whether the endpoint's health wants to hear of a success. */
export interface SlotHeld extends Slot {
  readonly isDoubted: boolean
}

/** What came of the wish for one slot. */
export type SlotTaken = ({ readonly status: 'taken' } & SlotHeld) | NoSlot

/** Takes one slot, as a run does that has one message for an endpoint. */
export async function takeSlot(
  port: Port,
  endpointId: string,
  wanted: Omit<SlotsWanted, 'count'>,
): Promise<SlotTaken> {
  const { slots, without, isDoubted } = await takeSlots(port, endpointId, { ...wanted, count: 1 })
  const [slot] = slots
  if (slot !== undefined) return { status: 'taken', ...slot, isDoubted }
  if (without === undefined) throw new Error('Neither a slot nor a reason')
  return without
}

/** Gives it back. */
export async function giveBackSlot(
  port: Port,
  endpointId: string,
  { use, isDoubted, ...slot }: SlotHeld & { readonly use: SlotUse; readonly status?: 'taken' },
): Promise<void> {
  const latencyMs = use.kind === 'unused' ? undefined : 50
  const used = latencyMs === undefined ? { use } : { use, latencyMs }
  await slotsBack(port, endpointId, { slots: [slot], isDoubted })(slot, used)
}
