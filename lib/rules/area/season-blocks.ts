import { defined } from '../../defined.ts'
import { quotasOf, undividedQuotas } from '../../venue/pools.ts'
import { nameOf } from '../rows.ts'
import type { EventRef } from '../seat.ts'
import { notePlaces, ownerOf, seasonNow, type SeasonWork } from '../season/season-work.ts'
import { numbersIn, type PoolCounts, type SeasonSeen } from '../season/season-row.ts'
import type { AreaTarget } from './area-target.ts'
import { openBlock, rowOf, workName, type BlockWork, type WorkBlock } from './block-work.ts'
import { untouchedBlock, type BlockState } from './block.ts'
import type { PlanRow } from './plan.ts'
import {
  countOf,
  countsOf,
  isAnyLapsed,
  isSameCount,
  lessPlaces,
  othersOf,
  seatedIn,
  takenIn,
  together,
  withoutPlaces,
  type AreaSeason,
} from './places-in-season.ts'
import { areaSums, type AreaSums } from './sums.ts'

// Blocks of areas in seasons as a decision changes them: each with the places that the others leave it.

/** Areas of seasons as a decision changes them. */
export type SeasonBlockWork = BlockWork & SeasonWork

/** An area in a season. */
export type SeasonArea = AreaTarget & { readonly season: AreaSeason }

/** Whether an area is one of a season, or of an event in one. */
export function isInSeason(target: AreaTarget): target is SeasonArea {
  return target.season !== undefined
}

/** Whether others have places that the season, as it was read, does not know yet. */
export function isOutgrown(work: SeasonBlockWork, { label, season }: SeasonArea): boolean {
  const row = seasonNow(work, season).seasonRow(label)
  return row !== undefined && numbersIn(row).some((number) => number >= season.roster.next)
}

/** What stands for a plan: one block, with what the terms give it now. */
export function planInSeason({ terms, area }: AreaTarget): PlanRow {
  const quotas = area === undefined ? undividedQuotas(0) : quotasOf(terms, area)
  return { version: 0, quotas, blocks: 1, isOver: false }
}

const untouched: BlockState = untouchedBlock(0, { blocks: 1, block: 0 })

/** The block of an area in a season by now, with the places that others leave it. */
export function stateInSeason(work: SeasonBlockWork, target: SeasonArea): BlockState {
  const { event, label, area, read } = target
  const worked = work.blocks.get(workName({ event, label, block: 0 }))
  const state = worked?.state ?? read.blocks.get(0) ?? untouched
  if (area === undefined) return state
  const missing = missingIn(work, target, state)
  return seatedIn(state, { quotas: planInSeason(target).quotas, missing }, work.now)
}

/** Whether the block and the others have more places than there are. */
export function exceeds(work: SeasonBlockWork, target: SeasonArea, state: BlockState): boolean {
  const taken = takenIn(state, work.now)
  const capacity = target.area?.capacity ?? 0
  return missingIn(work, target, state).some((missing) => taken + countOf(missing) > capacity)
}

/** What is missing of its places, each time by others. */
function missingIn(work: SeasonBlockWork, target: SeasonArea, state: BlockState): PoolCounts[] {
  return othersOf(target.event, target.season).map((others) =>
    together(others.map((other) => missingBy(work, target, { other, state }))),
  )
}

/** What is missing because of another: of a season, less than it has taken where the event overrides it. */
function missingBy(
  work: SeasonBlockWork,
  target: SeasonArea,
  { other, state }: { other: EventRef; state: BlockState },
): PoolCounts {
  const counts = storedOf(work, target, other)
  return withoutPlaces(counts, state.overridden?.[other.eventId] ?? 0)
}

function storedOf(work: SeasonBlockWork, { label, season }: SeasonArea, of: EventRef): PoolCounts {
  return seasonNow(work, season).seasonRow(label)?.places?.[ownerOf(of)] ?? {}
}

/**
 * Ends what has lapsed of others' places, so that it is not missing any more: in the commit that takes those places, as whoever still
 * takes a hold for a live one must find its row changed. 'unread' where it is not known whether anything has.
 */
export function endLapsesOfOthers(
  work: SeasonBlockWork,
  target: SeasonArea,
): 'ended' | 'none' | 'unread' {
  const { event, label, season } = target
  const others = new Map(
    othersOf(event, season)
      .flat()
      .map((other) => [other.eventId, other]),
  )
  let found: 'ended' | 'none' = 'none'
  for (const other of others.values()) {
    const stored = storedOf(work, target, other)
    if (Object.keys(stored).length === 0) continue
    if (work.blocks.has(workName({ event: other, label, block: 0 }))) continue
    const row = season.blockOf(other, label)
    // They were not read at the same moment: what one of them says is out of date.
    if (row === 'unread' || row === undefined || !isSameCount(countsOf(row), stored))
      return 'unread'
    if (!isAnyLapsed(row, work.now)) continue
    const opened = openBlock(work, { event: other, label, block: 0, row, state: row })
    noteBlock(work, season, opened)
    found = 'ended'
  }
  return found
}

/** Notes in its season what a block has come to have taken, where that is not as it was stored. */
export function noteBlock(
  work: SeasonBlockWork,
  season: SeasonSeen | undefined,
  { event, label, read, state }: WorkBlock,
): void {
  if (season === undefined) return
  const counts = countsOf(state)
  const former = read === undefined ? {} : countsOf(read)
  const isOpen = work.seasons.has(nameOf({ event: season.season, label }))
  if (!isOpen && isSameCount(counts, former)) return
  notePlaces(work, season, { event, label, counts })
}

/** What an area of a season, or of an event in one, adds up to with what others have taken of it. */
export function sumsInSeason(
  own: AreaSums,
  { event, label, season, block }: InSeason,
  now: BlockWork['now'],
): AreaSums {
  const rowOfOther = (other: EventRef) => {
    const row = season.blockOf(other, label)
    return row === 'unread' ? undefined : row
  }
  const lists = othersOf(event, season)
  if (event.season?.role !== 'event') {
    const missing = lists.map((others) =>
      others.reduce((all, other) => all + takenIn(rowOfOther(other), now), 0),
    )
    return { ...own, elsewhere: Math.max(0, ...missing) }
  }
  const overridden = block?.overridden
  const inherited = lists.flat().map((other) => {
    const row = rowOfOther(other)
    return lessPlaces(
      areaSums(row === undefined ? [] : [row], now),
      overridden?.[other.eventId] ?? 0,
    )
  })
  return {
    ...own,
    booked: own.booked + inherited.reduce((all, { booked }) => all + booked, 0),
    held: own.held + inherited.reduce((all, { held }) => all + held, 0),
    holds: [...own.holds, ...inherited.flatMap(({ holds }) => holds)],
    ...defined({ overridden }),
  }
}

/** An area of a season, or of an event in one, with its own block. */
export interface InSeason {
  readonly event: EventRef
  readonly label: string
  readonly season: AreaSeason
  readonly block: BlockState | undefined
}

/** The season as the steps before have left it. */
export function blocksNow(work: SeasonBlockWork, season: AreaSeason): AreaSeason {
  return {
    ...season,
    blockOf: (event, label) => {
      const worked = work.blocks.get(workName({ event, label, block: 0 }))
      const row = season.blockOf(event, label)
      return worked === undefined ? row : rowOf(work, worked)
    },
  }
}
