import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { readBlockName } from '../../rules/area/block-name.ts'
import type { BlockTarget } from '../../rules/area/area-target.ts'
import { sum } from '../../rules/area/block.ts'
import { heldBy } from '../../rules/area/moves.ts'
import { isLive, type EventRef, type SeatRow } from '../../rules/seat.ts'
import {
  partOf,
  refOf,
  rowAlone,
  seasonOfPart,
  type SeasonSeen,
} from '../../rules/season/season-row.ts'
import type { SeasonRef } from '../../rules/season/season-place.ts'
import { unlocked } from '../commit/unlocked.ts'
import { readBlockItem } from '../table/area-items.ts'
import { readSeatItem, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { rowKinds } from '../table/row-kinds.ts'
import { keys, keyText, type Key } from '../table/table.ts'

// Objects as hold entries name them, by event and label: the row of each, and with it what its season's row says, which whoever ends
// a hold writes along. Of a season, and of a partial one, that row is all there is.

/** An object by its event and label, or a block by its name. */
export interface ObjectName {
  readonly event: EventRef
  readonly label: string
}

/** An object that a token may hold, or a block in which it may hold places, with its row as it is. */
export type ObjectRow = SeatObjectRow | BlockTarget

interface SeatObjectRow {
  readonly event: EventRef
  readonly label: string
  readonly row: SeatRow
  readonly season?: SeasonSeen
}

/** Reads each object once, as far as it has a row, after the locks on them have been ended where they can be. */
export async function readObjects(
  port: Port,
  objects: readonly ObjectName[],
): Promise<ObjectRow[]> {
  const once = [...new Map(objects.map((object) => [nameOf(object), object])).values()]
  const wanted = once.flatMap(keysOf)
  const named = new Map(wanted.map((key) => [keyText(key), { name: keyText(key), key }]))
  const items = new Map(await unlocked(port, [...named.values()], await batchGet(port, wanted)))
  return once.flatMap((object) => readObject(object, (key) => items.get(keyText(key))) ?? [])
}

/** Where it is said how an object is: in a row of its own, of its season, or in both. */
export function keysOf(object: ObjectName): Key[] {
  const { event, label } = object
  const season = seasonOf(object)
  if (season === undefined) return [keys.seat(event, label)]
  const key = seasonKey(season, areaOf(label))
  if (readBlockName(label) !== undefined) return [keys.seat(event, label), key]
  return seasonOfPart(event) === undefined ? [keys.seat(event, label), key] : [key]
}

/** Reads an object out of what was read; undefined where there is no row. */
export function readObject(
  object: ObjectName,
  find: (key: Key) => Item | undefined,
): ObjectRow | undefined {
  const { event, label } = object
  const season = seasonOf(object)
  const ofSeason = (of: SeasonRef) => (name: string) =>
    rowKinds.season.read(find(seasonKey(of, name)))
  const name = readBlockName(label)
  if (name !== undefined) {
    const row = readBlockItem(find(keys.seat(event, label)))
    const seen = season && rowAlone(season, ofSeason(season))
    return row && { event, ...name, row, ...defined({ season: seen }) }
  }
  if (season !== undefined) {
    const isPart = seasonOfPart(event) !== undefined
    const row = isPart
      ? partOf(ofSeason(season)(label), event.eventId)
      : readSeatItem(find(keys.seat(event, label)))
    return row && { event, label, row, season: rowAlone(season, ofSeason(season)) }
  }
  const row = readSeatItem(find(keys.seat(event, label)))
  return row && { event, label, row }
}

/** The season whose row tells of the object too. */
function seasonOf({ event }: ObjectName): SeasonRef | undefined {
  return event.season?.role === 'event' ? refOf(event.season) : seasonOfPart(event)
}

/** What a season says of a block stands under the label of its area. */
function areaOf(label: string): string {
  return readBlockName(label)?.label ?? label
}

function seasonKey(season: SeasonRef, label: string): Key {
  return rowKinds.season.key({ event: season, label }, '')
}

/** A name for an object, unique among all events. */
export function nameOf({ event, label }: ObjectName): string {
  return `${event.eventId}\n${label}`
}

/** Places that a token has of an object: of one that is sold as one there is one. */
export function placesHeld(object: ObjectRow, holdToken: string, now: Instant) {
  if ('block' in object) {
    const all = sum(object.row.holds.filter((hold) => hold.holdToken === holdToken))
    const live = heldBy(object.row, holdToken, now)
    return { live, lapsed: all - live }
  }
  const { state } = object.row
  if (state.status !== 'held' || state.holdToken !== holdToken) return { live: 0, lapsed: 0 }
  return isLive(state, now) ? { live: 1, lapsed: 0 } : { live: 0, lapsed: 1 }
}
