import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Line } from '../history.ts'
import { isSeasonChange, type Change } from '../machine.ts'
import type { RowWrite } from '../rows.ts'
import type { EventRef, Mark } from '../seat.ts'
import { blockName } from './block-name.ts'
import { blockAtRest, lapsesOf, type BlockChange, type BlockRow, type BlockState } from './block.ts'
import { wordAfter, wordBefore, type Move, type Moved, type Moving } from './moves.ts'

// Blocks as a decision changes them. Whoever writes a block ends what has lapsed in it first, each token as a change of its own.

/** A block that is being written. */
export interface WorkBlock {
  readonly event: EventRef
  readonly label: string
  readonly block: number
  readonly read: BlockRow | undefined
  /** As it was at rest, before anything was changed. */
  readonly before: BlockState
  readonly state: BlockState
  readonly version: number
  readonly last: BlockChange | undefined
  /** The first end of the live holds that its changes rely on. */
  readonly reliesUntil?: Instant
}

/** Blocks by event and name, with what is entered into history of them. */
export interface BlockWork {
  readonly now: Instant
  readonly operationId: string
  readonly blocks: Map<string, WorkBlock>
  readonly expired: Line[]
  readonly changed: Line[]
}

/** A block as it was read; one without a row with the state that it has all the same. */
export interface BlockRead {
  readonly event: EventRef
  readonly label: string
  readonly block: number
  readonly row: BlockRow | undefined
  readonly state: BlockState
}

/** What a block is called among those of all events. */
export function workName({ event, label, block }: Pick<BlockRead, 'event' | 'label' | 'block'>) {
  return `${event.eventId}\n${blockName({ label, block })}`
}

/** Opens a block for writing: what has lapsed in it is ended. */
export function openBlock(work: BlockWork, read: BlockRead): WorkBlock {
  const name = workName(read)
  const opened = work.blocks.get(name)
  if (opened !== undefined) return opened
  const { event, label, block, row, state } = read
  const version = row?.version ?? 0
  const lapses = lapsesOf(state.holds, work.now)
  for (const [index, { holdToken, places }] of lapses.entries()) {
    const change = { version: version + index + 1, from: 'held', to: 'free' } as const
    const line = { label, ...change, formerToken: holdToken, quantity: places, block }
    work.expired.push({ event, kind: 'expire', change: line })
  }
  const before = blockAtRest(state, work.now)
  const fresh: WorkBlock = {
    event,
    label,
    block,
    read: row,
    before,
    state: before,
    version: version + lapses.length,
    last: row?.last,
  }
  work.blocks.set(name, fresh)
  return fresh
}

/** Puts another state into a block, of another plan: a version that nobody is told of. */
export function replan(work: BlockWork, block: WorkBlock, state: BlockState): void {
  work.blocks.set(workName(block), { ...block, state, version: block.version + 1 })
}

/** A change of a block, with how many of its places it moved, if it moved any. */
export interface Made extends Pick<Moving, 'change' | 'given'> {
  readonly move: Move | undefined
  readonly places: number
  readonly moved: Moved
  /** More of a change that another block has had a part of. */
  readonly continues?: boolean
}

/** Enters a change of a block: its next version, and a line of history. */
export function enterChange(work: BlockWork, block: WorkBlock, made: Made): WorkBlock {
  const { change, places, moved } = made
  const { now } = work
  const version = block.version + 1
  const last = lastOf(block, { ...made, version, at: now })
  const ends = [block.reliesUntil ?? [], moved.reliesUntil ?? []].flat()
  const { event, label, block: number } = block
  const after: WorkBlock = {
    ...block,
    state: moved.block,
    version,
    last,
    ...(ends.length === 0 ? {} : { reliesUntil: Math.min(...ends) as Instant }),
  }
  work.blocks.set(workName(block), after)
  const { extraData, extraDataAt } = moved.block
  const line = {
    label,
    version,
    from: last.from,
    to: last.to,
    ...defined({
      holdToken: tokenOf(change),
      orderId: 'orderId' in change ? change.orderId : undefined,
      extraData: extraDataAt === now ? extraData : undefined,
    }),
    quantity: places,
    block: number,
    ...(made.continues === true ? { continues: true as const } : {}),
    ...(isSeasonChange(change) ? { isSilent: true as const } : {}),
  }
  work.changed.push({ event, kind: change.kind, change: line })
  return after
}

function tokenOf(change: Change): string | undefined {
  return 'holdToken' in change ? change.holdToken : undefined
}

function lastOf(
  { last: former }: WorkBlock,
  { move, change, given, places, version, at }: Made & { version: number; at: Instant },
): BlockChange {
  const mark = markOf(change)
  const isKept = mark === 'updated'
  const orderId = 'orderId' in change ? change.orderId : undefined
  const until = 'until' in change ? change.until : undefined
  return {
    version,
    at,
    places,
    // Who sets extra data leaves the status.
    from: move === undefined ? (former?.to ?? 'free') : wordBefore(move),
    to: move === undefined ? (former?.to ?? 'free') : wordAfter(move, change),
    ...defined({
      mark,
      holdToken: tokenOf(change),
      heldUntil: until,
      orderId: isKept ? former?.orderId : orderId,
      ticketType: given?.ticketType,
    }),
  }
}

/** What leaves every place as it is. */
const UPDATES: ReadonlySet<Change['kind']> = new Set([
  'extend',
  'annotate',
  'override-season',
  'use-season',
])

/** What the words before and after do not tell. */
function markOf({ kind }: Change): Mark | undefined {
  if (kind === 'expire') return 'expired'
  return UPDATES.has(kind) ? 'updated' : undefined
}

/** The blocks as they are to be written, in order of first appearance. */
export function blockWrites(work: BlockWork): RowWrite<'block'>[] {
  return [...work.blocks.values()].map(({ event, label, block, read, before, ...worked }) => {
    const until = worked.reliesUntil
    const guard = {
      version: read?.version,
      ...(until === undefined ? {} : { hold: { after: work.now, until } }),
    }
    const after = rowOf(work, worked)
    return { kind: 'block', event, label, block, guard, before, after }
  })
}

/** A block's row after what was done to it. */
export function rowOf(
  { now, operationId }: BlockWork,
  { state, version, last }: Pick<WorkBlock, 'state' | 'version' | 'last'>,
): BlockRow {
  return { ...state, version, changedAt: now, operationId, ...defined({ last }) }
}
