import type { Change } from '../machine.ts'
import type { BlockTarget } from './area-target.ts'
import { enterChange, openBlock } from './block-work.ts'
import { applyMove, moveOf, movable } from './moves.ts'
import { noteBlock, type SeasonBlockWork } from './season-blocks.ts'

/** Decides about everything that a token holds in one block: until another moment, or no more. Answers whether it holds anything. */
export function decideBlock(work: SeasonBlockWork, target: BlockTarget, change: Change): boolean {
  const move = moveOf(change)
  const holdToken = 'holdToken' in change ? change.holdToken : undefined
  const { row, isOver, event, label, block, season } = target
  const meant = { holdToken, now: work.now }
  const pools = [...new Set(row.holds.map(({ pool }) => pool))]
  const takes = pools.map((pool) => {
    return { pool, places: move === undefined ? 0 : movable(row, move, { ...meant, pool }) }
  })
  const places = takes.reduce((sum, it) => sum + it.places, 0)
  if (move?.from !== 'mine' || (places === 0 && isOver !== true)) return false
  // Whoever writes a block ends what has lapsed in it: where nothing else is wanted, that is all.
  const opened = openBlock(work, { event, label, block, row, state: row })
  if (isOver === true) {
    noteBlock(work, season, opened)
    return true
  }
  const moved = applyMove(opened.state, { move, change, takes, now: work.now })
  const made = { move, change, given: undefined, places, moved }
  noteBlock(work, season, enterChange(work, opened, made))
  return true
}
