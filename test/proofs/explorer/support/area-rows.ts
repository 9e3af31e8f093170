import { readBlockName, readPlanName } from '../../../../lib/rules/area/block-name.ts'
import { isOfSeason } from './season-rows.ts'
import type { Item } from '../../../../lib/store/table/items.ts'

// Rows of areas: blocks, whose versions count plannings too, which nobody is told of, and plans, of which nothing is told at all.

/** Whether a row is a block or a plan, by its sort key. */
export function isOfArea(sk: string): boolean {
  return readBlockName(sk) !== undefined || readPlanName(sk) !== undefined
}

/** By how many one step must raise the version of such a row; undefined of others. */
export function raiseOf(
  sk: string,
  { was = {}, is }: { was: Item | undefined; is: Item },
): number | undefined {
  if (readPlanName(sk) !== undefined || isOfSeason(sk)) return 1
  if (readBlockName(sk) === undefined) return undefined
  const isPlanned = is['pl'] !== (was['pl'] ?? 0)
  return Math.max(1, (isPlanned ? 1 : 0) + (isToBeTold(sk, is) ? 1 : 0))
}

/** Whether the last version of a row is of something that is told: of one of an area, unless it was only planned. */
export function isToBeTold(sk: string, is: Item): boolean {
  const change = is['c'] as { readonly v?: number } | undefined
  if (isOfSeason(sk)) return false
  return !isOfArea(sk) || (readPlanName(sk) === undefined && change?.v === is['v'])
}
