import { defined } from '../../defined.ts'
import { EXTRA_DATA_BYTES_MAX } from '../../limits/limits.ts'
import { poolsOpenedBy, type Pool } from '../../venue/pools.ts'
import { extraDataBytes } from '../extra-data.ts'
import {
  isSeasonChange,
  isStatusChange,
  ruleOf,
  rules,
  viewerOf,
  type Change,
  type SeasonChange,
  type SeatRefusalCode,
} from '../machine.ts'
import type { StatusWord } from '../seat.ts'
import { besides } from '../situations.ts'
import type { AreaTarget } from './area-target.ts'
import { planFor, statesOf, workOf, type AreaWork } from './area-work.ts'
import { enterChange, rowOf, workName } from './block-work.ts'
import type { BlockRow, BlockState } from './block.ts'
import { applyMove, moveOf, movable, withData, wordBefore, type Move } from './moves.ts'
import type { PlanRow } from './plan.ts'
import {
  blocksNow,
  endLapsesOfOthers,
  isInSeason,
  isOutgrown,
  noteBlock,
  sumsInSeason,
} from './season-blocks.ts'
import { overriddenAfter } from './overridden-places.ts'
import { areaSums, areaWord, type AreaSums } from './sums.ts'
import { split, type Share } from './split.ts'

// Decides about places of areas: which blocks a change takes them from, and what becomes of those.
//
// 1. Where the terms want another plan than there is, the area is planned anew, with the change in it. That takes all blocks.
// 2. The request's own block is asked first, then all of them. What was not read is asked for: `unread`.
// 3. Blocks that are changed are written under the versions that were read. Nobody looks at another block, so none is wrong about it.

/** An area right after a change of it. */
export interface AreaAfter {
  /** Those blocks that are known of, and what they add up to. */
  readonly blocks: readonly BlockRow[]
  readonly sums: AreaSums
  /** How many places were moved. */
  readonly places: number
}

/** What came of a change of places. */
export type AreaDecided =
  | { readonly status: 'done'; readonly after: AreaAfter }
  | {
      readonly status: 'refused'
      readonly code: SeatRefusalCode
      readonly from: StatusWord
      /** How many places there are to be had. */
      readonly left?: number
    }
  /** More must be read to tell, or all of it anew. */
  | { readonly status: 'unread' }

const unread = { status: 'unread' } as const

/** Decides about one change of places of an area. */
export function decideArea(work: AreaWork, target: AreaTarget, change: Change): AreaDecided {
  const move = moveOf(change)
  const from = wordFound(work, target, { change, move })
  const code = refusalBefore(target, { change, move, from })
  if (code !== undefined) return { status: 'refused', code, from }
  const plan = planFor(work, target)
  if (plan === undefined) return unread
  if (isInSeason(target) && isOutgrown(work, target)) return unread
  if (isSeasonChange(change)) return overrideArea(work, { target, change, plan })
  if (move === undefined) return annotateArea(work, { target, change, plan })
  const states = statesOf(work, target, plan)
  const pools = poolsFor(target, change) ?? poolsIn(states)
  if (pools.length === 0) return refusedByChannel(change, move)
  const ticketType = change.kind === 'set-held' ? undefined : target.given?.ticketType
  const holdToken = 'holdToken' in change ? change.holdToken : undefined
  const { quantity: places, read } = target
  const meant = { now: work.now, holdToken, ticketType }
  const isWhole = states.size === plan.blocks
  const { home } = read
  const wanted = { ...meant, move, pools, places, home }
  const found = split(states, wanted, isWhole ? 'all-read' : plan.quotas)
  if (found.status === 'unread') return unread
  if (found.status === 'found')
    return moveShares(work, { target, change, move, shares: found.shares, plan })
  if (move.from === 'free' && isInSeason(target)) {
    const lapses = endLapsesOfOthers(work, target)
    if (lapses === 'unread') return unread
    if (lapses === 'ended') return decideArea(work, target, change)
  }
  const held = [...states.values()].flatMap((state) =>
    state.pools.map(({ pool }) => movable(state, move, { ...meant, pool })),
  )
  const elsewhere = held.reduce((all, it) => all + it, 0) - found.left
  return refusalOf({ target, change, move, left: found.left, elsewhere }, () =>
    doneWith(work, { target, plan, places: 0 }),
  )
}

/**
 * The status before a change: that of the places that it moves. Of an area that is sold as a whole by now it is that of the places
 * that were sold before, and are in the way.
 */
function wordFound(
  { now }: AreaWork,
  { offer, read }: AreaTarget,
  { change, move }: { change: Change; move: Move | undefined },
): StatusWord {
  if (offer !== undefined || isOpenToLost(change, move)) {
    return move === undefined ? 'free' : wordBefore(move)
  }
  const sums = areaSums([...read.blocks.values()], now)
  return areaWord(sums, sums.booked + sums.held)
}

/** Undefined where the terms, and what the request says of the status before, allow it. */
function refusalBefore(
  { label, offer, isAtOdds, terms, partition = '' }: AreaTarget,
  { change, move, from }: { change: Change; move: Move | undefined; from: StatusWord },
): SeatRefusalCode | undefined {
  const isFree = move?.from === 'free' || move === undefined
  const rule = rules[ruleOf(change)]
  const isLost = offer === undefined && !isOpenToLost(change, move)
  if (isLost && !terms.inventory.named.has(label)) return 'unknown-object'
  if (isStatusChange(change) && move !== undefined) {
    const { allowedBefore = [from], rejectedBefore = [] } = change
    if (!allowedBefore.includes(from)) return 'previous-not-allowed'
    if (rejectedBefore.includes(from)) return 'previous-rejected'
  }
  if (isLost) {
    const verdict = rule[from === 'held' ? 'place-held' : 'place-taken']
    return verdict === 'yes' ? undefined : verdict
  }
  if (offer === undefined) return undefined
  // Where channels have places of the area, each pool says by itself whether it is opened.
  const asksNoChannel = offer.channel === undefined
  const looks = { offer, isFree, isSelectable: isFree, asksNoChannel, ...defined({ isAtOdds }) }
  const viewer = viewerOf(change)
  // Whoever names the places of a channel opens it.
  const named = terms.channelKeys.get(partition)
  const channelKeys = named === undefined ? viewer.channelKeys : [named]
  for (const situation of besides(looks, { ...viewer, ...defined({ channelKeys }) })) {
    const verdict = rule[situation]
    if (verdict !== 'yes') return verdict
  }
  return undefined
}

/** What was taken before the chart lost the area can be let go; on SeatBuilder's surface a basket is paid all the same. */
function isOpenToLost(change: Change, move: Move | undefined): boolean {
  if (move === undefined || move.from === 'free') return false
  return move.to === 'free' || !isStatusChange(change)
}

/** The pools that a change opens; what says nothing of channels goes into all. Undefined where the terms know nothing of the area. */
function poolsFor(
  { terms, area, partition }: AreaTarget,
  change: Change,
): readonly Pool[] | undefined {
  if (area === undefined) return undefined
  const isOpening = isStatusChange(change) || change.kind === 'hold'
  const { channelKeys, ignoreChannels } = isOpening
    ? change
    : { channelKeys: [], ignoreChannels: true }
  return poolsOpenedBy(terms, area, defined({ channelKeys, ignoreChannels, partition }))
}

/** Every pool of which anything is taken. */
function poolsIn(states: ReadonlyMap<number, BlockState>): Pool[] {
  const taken = [...states.values()].flatMap(({ pools, holds }) => [...pools, ...holds])
  return [...new Set(taken.map(({ pool }) => pool))]
}

function refusedByChannel(change: Change, move: Move): AreaDecided {
  const situation = move.from === 'free' ? 'in-another-channel' : 'taken-in-another-channel'
  const verdict = rules[ruleOf(change)][situation]
  const code = verdict === 'yes' ? 'in-another-channel' : verdict
  return { status: 'refused', code, from: wordBefore(move) }
}

interface Decided {
  readonly target: AreaTarget
  readonly change: Change
  readonly plan: PlanRow
}

function moveShares(
  work: AreaWork,
  { target, change, move, shares, plan }: Decided & { move: Move; shares: readonly Share[] },
): AreaDecided {
  const { given } = target
  let all = 0
  for (const [index, { block, takes }] of shares.entries()) {
    const opened = workOf(work, { target, plan, block })
    const moved = applyMove(opened.state, { move, change, takes, given, now: work.now })
    const places = takes.reduce((sum, it) => sum + it.places, 0)
    all += places
    const after = enterChange(work, opened, {
      move,
      change,
      given,
      places,
      moved,
      continues: index > 0,
    })
    noteBlock(work, target.season, after)
    if (isOversize(after.state)) return oversize(move)
  }
  return { status: 'done', after: doneWith(work, { target, plan, places: all }) }
}

function annotateArea(work: AreaWork, { target, change, plan }: Decided): AreaDecided {
  const block = target.read.home
  if (!statesOf(work, target, plan).has(block)) return unread
  const opened = workOf(work, { target, plan, block })
  const { given } = target
  const state = withData(opened.state, { change, given, now: work.now })
  const made = { move: undefined, change, given, places: 0, moved: { block: state } }
  noteBlock(work, target.season, enterChange(work, opened, made))
  return { status: 'done', after: doneWith(work, { target, plan, places: 0 }) }
}

function overrideArea(
  work: AreaWork,
  { target, change, plan }: Decided & { change: SeasonChange },
): AreaDecided {
  const opened = workOf(work, { target, plan, block: 0 })
  const block = overriddenAfter(work, { target, change, state: opened.state })
  if (block === 'unread') return unread
  if (block === 'refused') return { status: 'refused', code: 'status-not-allowed', from: 'booked' }
  const made = { move: undefined, change, given: undefined, places: 0, moved: { block } }
  noteBlock(work, target.season, enterChange(work, opened, made))
  return { status: 'done', after: doneWith(work, { target, plan, places: 0 }) }
}

/** Merging may exceed what neither part did. */
function isOversize({ extraData }: BlockState): boolean {
  return extraData !== undefined && extraDataBytes(extraData) > EXTRA_DATA_BYTES_MAX
}

function oversize(move: Move): AreaDecided {
  return { status: 'refused', code: 'extra-data-too-large', from: wordBefore(move) }
}

function doneWith(
  work: AreaWork,
  { target, plan, places }: { target: AreaTarget; plan: PlanRow; places: number },
): AreaAfter {
  const { event, label, season } = target
  const blocks = [...Array(plan.blocks).keys()].flatMap((block) => {
    const worked = work.blocks.get(workName({ event, label, block }))
    return worked === undefined ? (target.read.blocks.get(block) ?? []) : rowOf(work, worked)
  })
  const own = areaSums(blocks, work.now)
  const [block] = blocks
  const sums =
    season === undefined
      ? own
      : sumsInSeason(own, { event, label, season: blocksNow(work, season), block }, work.now)
  return { blocks, sums, places }
}

/** Why there are not so many places; to give back what nobody has taken is no fault, and changes nothing. */
function refusalOf(
  {
    target,
    change,
    move,
    left,
    elsewhere,
  }: Pick<Decided, 'target' | 'change'> & { move: Move; left: number; elsewhere: number },
  nothingDone: () => AreaAfter,
): AreaDecided {
  const from = wordBefore(move)
  const rule = rules[ruleOf(change)]
  const isOthers = elsewhere >= (target.quantity ?? 1) - left
  if (move.from === 'mine') {
    if (isOthers) return refusedByChannel(change, move)
    const code = rule.free === 'yes' ? 'not-held-by-token' : rule.free
    return { status: 'refused', code, from }
  }
  if (move.from === 'free' || left > 0)
    return { status: 'refused', code: 'not-enough-places', from, left }
  if (elsewhere > 0) return refusedByChannel(change, move)
  if (rule.free === 'yes') return { status: 'done', after: nothingDone() }
  return { status: 'refused', code: rule.free, from }
}
