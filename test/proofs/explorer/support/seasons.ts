import { readSeasonName } from '../../../../lib/rules/season/season-name.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import type { Catalog, Table } from './catalog.ts'
import { Violation } from './rules.ts'
import { partsIn, SEASON_IDS } from './season-rows.ts'
import { TABLE } from '../../simulation/venue.ts'
import { decided } from './tables.ts'
import { eventIn, itemsOf } from './view.ts'

// A season and its matches are the same places, by what is decided: none is sold for both, and the season knows in which matches it is
// taken.

const [SEASON, FIRST, SECOND, SPRING] = SEASON_IDS
const MATCHES = [FIRST, SECOND]

/** Complains where a season and its matches do not fit together. */
export function checkSeasons({ catalog, after }: { catalog: Catalog; after: Table }): void {
  const rows = itemsOf(catalog, after, 'S#')
  const ofSeason = rows.filter(({ sk }) => readSeasonName(String(sk)) !== undefined)
  const ofMatches = rows.filter((it) => MATCHES.some((id) => id === eventIn(it)))
  const labels = new Set([
    ...ofSeason.map(({ sk }) => readSeasonName(String(sk)) ?? ''),
    ...ofMatches.map(({ sk }) => String(sk)),
  ])
  checkTable(ofSeason, ofMatches, (row) => decided(catalog, after, row))
  for (const label of labels) {
    const row = ofSeason.find(({ sk }) => readSeasonName(String(sk)) === label)
    const now = row === undefined ? undefined : decided(catalog, after, row)
    const statuses = MATCHES.map((id) => {
      const found = ofMatches.find((it) => eventIn(it) === id && it['sk'] === label)
      return statusOf(found === undefined ? undefined : decided(catalog, after, found))
    })
    checkLabel(label, now, statuses)
  }
}

/** A table that is sold for the season has no seat that is sold in a match, and the reverse. */
function checkTable(
  ofSeason: readonly Item[],
  ofMatches: readonly Item[],
  now: (row: Item) => Item,
): void {
  const inSeason = ofSeason.flatMap((row) => {
    const isSold = statusOf((partsIn(now(row)) as Record<string, Item>)[SEASON]) !== 'free'
    return isSold ? [readSeasonName(String(row['sk']))] : []
  })
  const sold = ofMatches.filter((row) => statusOf(now(row)) !== 'free')
  const inMatches = sold.map((row) => String(row['sk']))
  for (const seat of TABLE.seats) {
    const [seats, table] = [inMatches.includes(seat), inMatches.includes(TABLE.label)]
    const isBoth = inSeason.includes(TABLE.label) ? seats : inSeason.includes(seat) && table
    if (isBoth) throw new Violation(`${TABLE.label} and ${seat} are the same places`)
  }
}

function statusOf(item: Item | undefined): string {
  return String(item?.['s'] ?? 'free')
}

function checkLabel(label: string, row: Item | undefined, statuses: readonly string[]): void {
  const taken = statuses.flatMap((status, number) => (status === 'free' ? [] : [number]))
  const known = ((row?.['tk'] ?? []) as number[]).join()
  if (known !== taken.join()) {
    throw new Violation(`${label} is taken in ${taken.join()}, and its season knows of ${known}`)
  }
  const parts = partsIn(row) as Record<string, Item>
  const [whole, spring] = [parts[SEASON], parts[SPRING]].map(statusOf)
  const owners = [
    ...(whole === 'free' ? [] : ['season']),
    ...(spring === 'free' ? [] : ['spring']),
    ...(taken.length === 0 ? [] : ['match']),
  ]
  const isApart = owners.join() === 'spring,match' && !taken.includes(0)
  if (owners.length < 2 || isApart) return
  throw new Violation(`${label} is sold for ${owners.join(' and ')}, which are the same places`)
}
