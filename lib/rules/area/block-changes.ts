import { defined } from '../../defined.ts'
import type { HistoryChange } from '../history.ts'
import { MARKED, typeOf, type SeatChange } from '../seat-changes.ts'
import { lapsesOf, type BlockChange, type BlockHold, type BlockRow, type Lapse } from './block.ts'

// What is told of a block by two images of its row: first the tokens that lapsed, each a version; then nothing of a planning, which is
// a version too but no change of anybody's places; then the changes, of which all but the last are in history.

/** Whether one write made more changes of a block than its two images tell: what happened in between is in history. */
export function blockNeedsHistory(before: BlockRow | undefined, after: BlockRow): boolean {
  return after.version - quietVersion(before, after) > 1
}

/** Every change between two rows of a block of which the second replaced the first, each once and in order. */
export function blockChangesBetween(
  before: BlockRow | undefined,
  after: BlockRow,
  lines: readonly HistoryChange[] = [],
): SeatChange[] {
  const { changedAt: at, operationId, last, version } = after
  const former = before?.version ?? 0
  if (version <= former) return []
  const common = { at, operationId }
  const lapses = lapsesBetween(before, after).map(({ holdToken, places }, index): SeatChange => {
    const change = { version: former + index + 1, from: 'held', to: 'free' } as const
    return { ...common, type: MARKED.expired, ...change, holdToken, quantity: places }
  })
  const quiet = quietVersion(before, after)
  const between = lines
    .filter((line) => line.version > quiet && line.version < version)
    .toSorted((a, b) => a.version - b.version)
  const isTold = last !== undefined && last.version === version
  return [
    ...lapses,
    ...between.map((line) => ({ ...common, ...ofLine(line) })),
    ...(isTold ? [{ ...common, ...ofLast(last, after) }] : []),
  ]
}

/** Holds that were over before the change and that are gone: whoever wrote the block has ended them. */
function lapsesBetween(before: BlockRow | undefined, after: BlockRow): Lapse[] {
  if (before === undefined) return []
  const names = new Set(after.holds.map(nameOf))
  const gone = before.holds.filter((hold) => !names.has(nameOf(hold)))
  return lapsesOf(gone, after.changedAt)
}

function nameOf({ holdToken, until }: BlockHold): string {
  return `${until} ${holdToken}`
}

/** The version of the block once what had lapsed was ended, and it was planned again if it was. */
function quietVersion(before: BlockRow | undefined, after: BlockRow): number {
  const isPlanned = after.plan !== (before?.plan ?? 0)
  return (before?.version ?? 0) + lapsesBetween(before, after).length + (isPlanned ? 1 : 0)
}

function ofLine(line: HistoryChange): Omit<SeatChange, 'at' | 'operationId'> {
  const { version, from, to, orderId, extraData, holdToken, quantity } = line
  const type = typeOf(from, to, false)
  return { type, version, from, to, ...defined({ holdToken, orderId, extraData, quantity }) }
}

function ofLast(
  { mark, version, from, to, places, ...rest }: BlockChange,
  { extraData, extraDataAt }: BlockRow,
): Omit<SeatChange, 'at' | 'operationId'> {
  const { holdToken, heldUntil, orderId, ticketType, at } = rest
  const type = mark === undefined ? typeOf(from, to, false) : MARKED[mark]
  const data = extraDataAt === at ? extraData : undefined
  return {
    type,
    version,
    from,
    to,
    quantity: places,
    ...defined({ holdToken, heldUntil, orderId, ticketType, extraData: data }),
  }
}
