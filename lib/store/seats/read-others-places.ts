import type { EventHead, Roster } from '../../records/records.ts'
import { blockName } from '../../rules/area/block-name.ts'
import type { BlockRow } from '../../rules/area/block.ts'
import { othersOf } from '../../rules/area/places-in-season.ts'
import { nameOf } from '../../rules/rows.ts'
import type { EventRef } from '../../rules/seat.ts'
import { refOf, type SeasonRow } from '../../rules/season/season-row.ts'
import { ownerOf } from '../../rules/season/season-work.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'
import { readBlockItem } from '../table/area-items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys } from '../table/table.ts'

/** What others of a season have taken of areas, by the names of their blocks; and which of those were looked for. */
export interface OthersPlaces {
  readonly blocks: ReadonlyMap<string, BlockRow>
  readonly lookedBlocks: ReadonlySet<string>
}

/**
 * Reads the blocks of areas that others of a season have, as far as the season's rows say that they have any places: those that are
 * missing to the event. Whoever takes many places has not to read them, unless there are too few left.
 */
export async function readOthersPlaces(
  port: Port,
  { head, roster, rows }: SeasonRows,
  { event, labels }: { event: EventRef; labels: readonly string[] },
): Promise<OthersPlaces> {
  const others = othersOf(event, { season: refOf(head), roster }).flat()
  const wanted = labels.flatMap((label) => {
    const places = rows.get(label)?.places ?? {}
    return others.filter((other) => ownerOf(other) in places).map((other) => nameIn(other, label))
  })
  const named = [...new Map(wanted.map((it) => [it.name, it])).values()]
  const items = await batchGet(
    port,
    named.map(({ key }) => key),
  )
  const blocks = readEach(await unlocked(port, named, items), readBlockItem)
  return { blocks, lookedBlocks: new Set(named.map(({ name }) => name)) }
}

interface SeasonRows {
  readonly head: EventHead
  readonly roster: Roster
  /** By label. */
  readonly rows: ReadonlyMap<string, SeasonRow>
}

function nameIn(event: EventRef, label: string) {
  const block = blockName({ label, block: 0 })
  return { name: nameOf({ event, label: block }), key: keys.seat(event, block) }
}
