import type { SeasonChange } from '../machine.ts'
import { seasonMeant } from '../season/season-meant.ts'
import { checkInSeason, seasonNow } from '../season/season-work.ts'
import type { AreaTarget } from './area-target.ts'
import type { BlockState } from './block.ts'
import { endLapsesOfOthers, exceeds, isInSeason, type SeasonBlockWork } from './season-blocks.ts'

// Places of a season that one of its events sells itself: so many are not missing there, of those that the season has taken.

/**
 * The block with so many places of a season more that the event sells itself, or so many less: never more than there are, nor less than
 * none. What the event has sold meanwhile it cannot give to its season again: that is refused.
 */
export function overriddenAfter(
  work: SeasonBlockWork,
  { target, change, state }: { target: AreaTarget; change: SeasonChange; state: BlockState },
): BlockState | 'refused' | 'unread' {
  const { area, quantity, label } = target
  if (!isInSeason(target)) return 'refused'
  const meant = seasonMeant(change, target, {
    seen: seasonNow(work, target.season),
    now: work.now,
  })
  const { overridden = {}, ...others } = state
  const [before, capacity] = [overridden[meant] ?? 0, area?.capacity ?? 0]
  const wanted = quantity ?? capacity
  const isMore = change.kind === 'override-season'
  const more = Math.max(before, Math.min(before + wanted, capacity))
  const places = isMore ? more : Math.max(0, before - wanted)
  const rest = Object.entries(overridden).filter(([seasonId]) => seasonId !== meant)
  const all = [...rest, ...(places === 0 ? [] : [[meant, places] as const])]
  const after = all.length === 0 ? others : { ...others, overridden: Object.fromEntries(all) }
  if (isMore || places === before) return after
  checkInSeason(work, target.season, label)
  if (!exceeds(work, target, after)) return after
  const lapses = endLapsesOfOthers(work, target)
  if (lapses !== 'ended') return lapses === 'unread' ? lapses : 'refused'
  return exceeds(work, target, after) ? 'refused' : after
}
