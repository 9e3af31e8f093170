import { gunzipSync } from 'node:zlib'
import { fromItem } from '../../../support/plain-marshal.ts'
import { landingsOf } from '../judge/landings.ts'
import { readTimeline, type Fields, type Timeline } from '../judge/timeline.ts'
import type { SeasonRecord } from './season-run.ts'

// What happened to a season in a run, read from the table's stream by itself: the rows of its events, its own, and its roster.

/** One object of an event, of the season or of a part of it, from one commit to the next. */
export interface ObjectChange {
  readonly ownerId: string
  readonly label: string
  readonly from: string
  readonly to: string
  /** Versions before and after. */
  readonly versions: readonly [number, number]
  readonly overridden: readonly string[]
  readonly operationId: string
  readonly order: number
  readonly time: number
}

/** What a season's row says of the events in which an object is taken, from some commit on. */
export interface TakenChange {
  readonly label: string
  readonly taken: readonly number[]
  readonly order: number
}

/** The events and parts of a season, as they were from some moment on. */
export interface RosterSince {
  readonly time: number
  readonly order: number
  readonly events: readonly {
    readonly eventId: string
    readonly number: number
    readonly isInThePast?: true
  }[]
  readonly partials: readonly { readonly eventId: string; readonly events: readonly number[] }[]
}

/** A season in a run. */
export interface SeasonReading {
  readonly record: SeasonRecord
  readonly timeline: Timeline
  /** In the order of commits. */
  readonly changes: readonly ObjectChange[]
  readonly taken: readonly TakenChange[]
  readonly rosters: readonly RosterSince[]
  readonly faults: readonly string[]
}

/** Values by what each of them is under. */
export function groupedBy<Key, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}

/** Reads it. */
export function readSeason(record: SeasonRecord): SeasonReading {
  const timeline = readTimeline(record)
  const { eventId: seasonId } = record.venue.season
  const rows = timeline.places.filter(({ block }) => Number.isNaN(block))
  const faults = rows.flatMap((row) =>
    row.eventId === seasonId ? [] : [`there is a season's row of ${row.eventId}`],
  )
  const changes = [...ofEvents(timeline), ...rows.flatMap(ofParts)]
  return {
    record,
    timeline,
    changes: changes.sort((a, b) => a.order - b.order),
    taken: rows
      .map(({ label, after, order }) => ({ label, taken: numbersIn(after), order }))
      .sort((a, b) => a.order - b.order),
    rosters: rostersOf(record, seasonId),
    // What heads name is judged where terms are; before a run, texts come after the heads that name them.
    faults: [...timeline.faults.filter((fault) => !fault.includes('names a text')), ...faults],
  }
}

function numbersIn({ tk }: Fields): readonly number[] {
  return (tk ?? []) as number[]
}

function ofEvents({ objects }: Timeline): ObjectChange[] {
  return [...objects.values()].flatMap(({ name, changes }) => {
    const [ownerId = '', label = ''] = name.split(' ')
    return changes.map(({ before, after, order, time }) => ({
      ownerId,
      label,
      from: before?.status ?? 'free',
      to: after.status,
      versions: [before?.version ?? 0, after.version] as const,
      overridden: after.notes.overridden?.split(',') ?? [],
      operationId: after.operationId,
      order,
      time,
    }))
  })
}

type Part = Readonly<{ s: string; v: number; op: string }>

function ofParts({
  label,
  before,
  after,
  order,
  time,
}: Timeline['places'][number]): ObjectChange[] {
  const former = (before?.['p'] ?? {}) as Record<string, Part>
  const parts = (after['p'] ?? {}) as Record<string, Part>
  return Object.entries(parts).flatMap(([ownerId, { s: to, v, op: operationId }]) => {
    const { s: from = 'free', v: version = 0 } = former[ownerId] ?? {}
    if (version === v) return []
    const versions = [version, v] as const
    return [{ ownerId, label, from, to, versions, overridden: [], operationId, order, time }]
  })
}

/** What the season's head named, and when; a text may be written after the head in the same go. */
function rostersOf({ calls, venue }: SeasonRecord, seasonId: string): RosterSince[] {
  const landings = landingsOf(calls)
  const items = venue.table.records.map(
    ({ dynamodb: { NewImage } }) => NewImage && fromItem(NewImage),
  )
  const texts = new Map<unknown, Uint8Array>()
  for (const item of items) {
    if (item?.['pk'] === `X#${seasonId}`) texts.set(item['sk'], item['data'] as Uint8Array)
  }
  const rosters: RosterSince[] = []
  let named: unknown
  for (const [place, item] of items.entries()) {
    const isHead = String(item?.['pk']).startsWith('E#') && item?.['sk'] === 'E'
    if (!isHead || item['id'] !== seasonId || named === item['x']) continue
    named = item['x']
    const text = texts.get(`${String(named)}#0`)
    if (text === undefined)
      throw new Error(`The season names a text that never was: ${String(named)}`)
    const landed = landings.get(place)?.landed
    const { roster } = JSON.parse(gunzipSync(text).toString()) as { roster?: RosterSince }
    const { events = [], partials = [] } = roster ?? {}
    const since = { time: landed?.at ?? -Infinity, order: landed?.from ?? place }
    rosters.push({ ...since, events, partials })
  }
  return rosters
}
