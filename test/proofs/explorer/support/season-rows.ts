import { readSeasonName } from '../../../../lib/rules/season/season-name.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import type { Told } from './view.ts'

// Rows of seasons: each has the states of several parts in it, whose versions are told, and one of its own, which is not.

/** The ids of the season, its matches and its part, in the order in which they are made. */
export const SEASON_IDS = ['SEASON', 'MATCH-1', 'MATCH-2', 'SPRING'] as const

/** Whether a row is of a season, by its sort key. */
export function isOfSeason(sk: string): boolean {
  return readSeasonName(sk) !== undefined
}

type Parts = Readonly<Record<string, { readonly v: number }>>

/** The states that a season's row has, by part. */
export function partsIn(row: Item | undefined): Parts {
  return (row?.['p'] ?? {}) as Parts
}

/** What is wrong with the versions that history tells of the parts in a season's row. Undefined of other rows. */
export function seasonVersionsFault(
  row: Item,
  { first, told }: { first: Item | undefined; told: readonly Told[] },
): string[] | undefined {
  const label = readSeasonName(String(row['sk']))
  if (label === undefined) return undefined
  const ids = SEASON_IDS.filter((id) => id === 'SEASON' || id === 'SPRING')
  return ids.flatMap((eventId) => {
    const [v, from] = [row, first].map((it) => partsIn(it)[eventId]?.v ?? 0) as [number, number]
    const wanted = Array.from({ length: v - from }, (_, index) => from + index + 1)
    const found = told
      .filter((it) => it.eventId === eventId && it.label === label)
      .map(({ version }) => version)
      .sort((a, b) => a - b)
    if (found.join() === wanted.join()) return []
    return [`${label} has in ${eventId} the versions ${wanted.join()}, history ${found.join()}`]
  })
}
