import type { Instant } from '../clock.ts'
import { blockName } from './area/block-name.ts'
import { sum, type BlockState } from './area/block.ts'
import { groupByEvent } from './history.ts'
import { nameOf, ofKind, type HoldEntry, type RowWrite } from './rows.ts'
import type { EventRef, SeatState } from './seat.ts'
import { objectWrites } from './season/season-work.ts'

/** An object that a token newly holds, or until another moment. */
interface NewlyHeld {
  readonly event: EventRef
  readonly label: string
  readonly holdToken: string
  readonly until: Instant
}

/** For what tokens newly hold in the end, or until another moment: by token and event. */
export function holdEntries(rows: readonly RowWrite[], operationId: string): HoldEntry[] {
  const byToken = new Map<string, NewlyHeld[]>()
  const seats = ofKind(rows, 'seat').flatMap((write) => newlyHeldSeat(write) ?? [])
  for (const held of [...seats, ...ofKind(rows, 'block').flatMap(newlyHeldIn)]) {
    const ofToken = byToken.get(held.holdToken) ?? []
    byToken.set(held.holdToken, ofToken)
    ofToken.push(held)
  }
  return [...byToken].flatMap(([holdToken, held]) =>
    groupByEvent(held).map((ofEvent) => {
      const [{ event, until }] = ofEvent
      return { event, holdToken, operationId, labels: ofEvent.map(({ label }) => label), until }
    }),
  )
}

function newlyHeldSeat({ event, label, before, after }: RowWrite<'seat'>): NewlyHeld | undefined {
  const { state } = after
  if (state.status !== 'held' || isHeldAlready(before, state)) return undefined
  return { event, label, holdToken: state.holdToken, until: state.heldUntil }
}

type HeldState = Extract<SeatState, { status: 'held' }>

function isHeldAlready(before: SeatState, { holdToken, heldUntil }: HeldState): boolean {
  if (before.status !== 'held') return false
  return before.holdToken === holdToken && before.heldUntil === heldUntil
}

/** Of a block, each token once that holds more places in it than before, or until another moment; by the name of the block. */
export function newlyHeldIn({
  event,
  label,
  block,
  before,
  after,
}: RowWrite<'block'>): NewlyHeld[] {
  const name = blockName({ label, block })
  const found = new Map<string, NewlyHeld>()
  for (const { holdToken, until } of after.holds) {
    const held = ({ holds }: BlockState) =>
      sum(holds.filter((hold) => hold.holdToken === holdToken && hold.until === until))
    if (held(after) <= held(before)) continue
    found.set(holdToken, { event, label: name, holdToken, until })
  }
  return [...found.values()]
}

/** How many objects, and places of areas, are held afterwards by tokens that did not hold them before; which of an area's blocks they are in is the same. */
export function countNewlyHeld(rows: readonly RowWrite[]): number {
  const seats = objectWrites(rows).filter(({ before, after: { state } }) => {
    if (state.status !== 'held') return false
    return before.status !== 'held' || before.holdToken !== state.holdToken
  })
  const places = new Map<string, number>()
  const add = (name: string, count: number) => places.set(name, (places.get(name) ?? 0) + count)
  for (const write of ofKind(rows, 'block')) {
    const of = (holdToken: string) => `${nameOf(write)}\n${holdToken}`
    for (const hold of write.after.holds) add(of(hold.holdToken), sum([hold]))
    for (const hold of write.before.holds) add(of(hold.holdToken), -sum([hold]))
  }
  const gained = [...places.values()].filter((count) => count > 0)
  return seats.length + gained.reduce((total, count) => total + count, 0)
}
