import type { Instant } from '../clock.ts'
import { groupByEvent } from './history.ts'
import type { HoldEntry, RowWrite } from './rows.ts'
import type { SeatState } from './seat.ts'

type HeldState = Extract<SeatState, { status: 'held' }>

function isHeldAlready(before: SeatState, { holdToken, heldUntil }: HeldState): boolean {
  if (before.status !== 'held') return false
  return before.holdToken === holdToken && before.heldUntil === heldUntil
}

/** For what the token newly holds in the end, or until another moment, by token and event. */
export function holdEntries(seats: readonly RowWrite<'seat'>[], operationId: string): HoldEntry[] {
  const byToken = new Map<string, { write: RowWrite<'seat'>; until: Instant }[]>()
  for (const write of seats) {
    const { state } = write.after
    if (state.status !== 'held' || isHeldAlready(write.before, state)) continue
    const held = byToken.get(state.holdToken) ?? []
    byToken.set(state.holdToken, held)
    held.push({ write, until: state.heldUntil })
  }
  return [...byToken].flatMap(([holdToken, held]) =>
    groupByEvent(held.map(({ write, until }) => ({ ...write, until }))).map((ofEvent) => ({
      event: ofEvent[0].event,
      holdToken,
      operationId,
      labels: ofEvent.map(({ label }) => label),
      until: ofEvent[0].until,
    })),
  )
}
