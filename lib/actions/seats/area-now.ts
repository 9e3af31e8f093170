import { blockName } from '../../rules/area/block-name.ts'
import type { BlockRow } from '../../rules/area/block.ts'
import { sumsInSeason } from '../../rules/area/season-blocks.ts'
import { areaSums, rowsByArea, type AreaSums } from '../../rules/area/sums.ts'
import { nameOf, type KnownRows } from '../../rules/rows.ts'
import type { EventRows } from '../../store/seats/read-event.ts'
import { readOthersPlaces } from '../../store/seats/read-others-places.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import type { SeasonRow } from '../../rules/season/season-row.ts'
import type { Store } from '../../store/table/store.ts'
import { areaSeasonOf, type KnownNow } from './targets.ts'

/** What is taken of an area that has these blocks: in a season with what others have of it, as far as that is known. */
export function areaNow(
  { event, season }: Pick<SeatsRead, 'event' | 'season'>,
  { label, blocks }: { label: string; blocks: readonly BlockRow[] },
  { known, now }: KnownNow,
): AreaSums {
  const own = areaSums(blocks, now)
  if (season === undefined) return own
  const everybody = { has: () => true }
  const seen = areaSeasonOf({ ...season, looked: everybody, lookedBlocks: everybody }, known)
  return sumsInSeason(own, { event, label, season: seen, block: blocks[0] }, now)
}

/** What was read of all places of an event. */
interface PlacesRead {
  readonly blocks: EventRows['blocks']
  /** What its season says, by label. */
  readonly seasonRows: ReadonlyMap<string, SeasonRow>
}

/** Learns who has places of areas, of its season too; answers the blocks of each area of which anybody has. */
export async function learnPlaces(
  store: Store,
  { event, season }: Pick<SeatsRead, 'event' | 'season'>,
  { blocks, seasonRows, known }: PlacesRead & { known: KnownRows },
): Promise<ReadonlyMap<string, readonly BlockRow[]>> {
  for (const { label, block, row } of blocks) {
    known.block.set(nameOf({ event, label: blockName({ label, block }) }), row)
  }
  const byArea: Map<string, readonly BlockRow[]> = rowsByArea(blocks)
  if (season === undefined) return byArea
  const labels = [...seasonRows].flatMap(([label, { places }]) => (places ? [label] : []))
  const others = await readOthersPlaces(store, { ...season, rows: seasonRows }, { event, labels })
  for (const [name, row] of others.blocks) known.block.set(name, row)
  for (const label of labels) byArea.set(label, byArea.get(label) ?? [])
  return byArea
}
