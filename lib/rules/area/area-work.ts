import { quotasOf } from '../../venue/pools.ts'
import type { RowWrite } from '../rows.ts'
import type { AreaTarget } from './area-target.ts'
import {
  openBlock,
  replan,
  workName,
  type BlockRead,
  type BlockWork,
  type WorkBlock,
} from './block-work.ts'
import { untouchedBlock, type BlockState } from './block.ts'
import { firstPlan, isCurrent, planAnew, type PlanRow } from './plan.ts'
import { isInSeason, planInSeason, stateInSeason } from './season-blocks.ts'
import type { SeasonWork } from '../season/season-work.ts'

// Areas as a decision changes them: by which plan, and their blocks as they are by now.

/** Areas as a decision changes them. */
export interface AreaWork extends BlockWork, SeasonWork {
  readonly plans: Map<string, PlanWork>
}

/** The plan of an area by now, and as it was read. */
interface PlanWork {
  readonly target: AreaTarget
  readonly plan: PlanRow
}

/** The plan by which places are moved: the one that there is, or another where the terms want one; undefined where more must be read. */
export function planFor(work: AreaWork, target: AreaTarget): PlanRow | undefined {
  if (isInSeason(target)) return planInSeason(target)
  const { terms, area, read, event, label } = target
  const name = `${event.eventId}\n${label}`
  const known = work.plans.get(name)
  if (known !== undefined) return known.plan
  const { capacity } = read
  const former = read.plan ?? (capacity === undefined ? undefined : firstPlan(capacity))
  const isMixed = [...read.blocks.values()].some(({ plan }) => plan !== (former?.version ?? 0))
  if (isMixed) return undefined
  const quotas = area && quotasOf(terms, area)
  // To let go of places takes no plan but the one that they were taken by.
  if (quotas === undefined || (former !== undefined && isCurrent(former, quotas))) {
    if (former !== undefined) work.plans.set(name, { target, plan: former })
    return former
  }
  const reads = former === undefined ? [] : readsOf(target, former)
  if (former !== undefined && reads.length < former.blocks) return undefined
  const opened = reads.map((it) => openBlock(work, it))
  const planned = planAnew(
    { plan: former, blocks: opened.map(({ state }) => state) },
    quotas,
    work.now,
  )
  for (const [block, state] of planned.blocks.entries()) {
    const fresh = () => openBlock(work, { event, label, block, row: undefined, state: emptyBlock })
    replan(work, opened[block] ?? fresh(), state)
  }
  work.plans.set(name, { target, plan: planned.plan })
  return planned.plan
}

const emptyBlock: BlockState = untouchedBlock(0, { blocks: 1, block: 0 })

/** The blocks of an area that were read; all of them, or the one where the request looks first. */
function readsOf(target: AreaTarget, plan: PlanRow): BlockRead[] {
  const { event, label, read } = target
  const numbers = read.isWhole ? [...Array(plan.blocks).keys()] : [read.home]
  return numbers.flatMap((block) => {
    const row = read.blocks.get(block)
    // Planning writes every block, so that only those of the first plan may have no row.
    if (row === undefined && (plan.version > 0 || block >= plan.blocks)) return []
    const untouched = () => untouchedBlock(plan.quotas.capacity, { blocks: plan.blocks, block })
    return [{ event, label, block, row, state: row ?? untouched() }]
  })
}

/** The blocks as they are by now, as far as they are known. */
export function statesOf(
  work: AreaWork,
  target: AreaTarget,
  plan: PlanRow,
): Map<number, BlockState> {
  if (isInSeason(target)) return new Map([[0, stateInSeason(work, target)]])
  const { event, label } = target
  const states = new Map(readsOf(target, plan).map(({ block, state }) => [block, state]))
  for (let block = 0; block < plan.blocks; block += 1) {
    const worked = work.blocks.get(workName({ event, label, block }))
    if (worked !== undefined) states.set(block, worked.state)
  }
  return states
}

/** A block of an area, opened for writing. */
export function workOf(
  work: AreaWork,
  { target, plan, block }: { target: AreaTarget; plan: PlanRow; block: number },
): WorkBlock {
  const { event, label } = target
  const read = readsOf(target, plan).find((it) => it.block === block)
  const opened = openBlock(work, read ?? { event, label, block, row: undefined, state: emptyBlock })
  return isInSeason(target) ? { ...opened, state: stateInSeason(work, target) } : opened
}

/** The plans that were made, as they are to be written. */
export function planWrites({ plans }: AreaWork): RowWrite<'plan'>[] {
  return [...plans.values()].flatMap(({ target: { event, label, read }, plan }) => {
    const before = read.plan
    if (plan.version === (before?.version ?? 0)) return []
    const guard = { version: before?.version }
    return [{ kind: 'plan', event, label, guard, before, after: plan }]
  })
}
