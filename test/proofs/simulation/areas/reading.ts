import { gunzipSync } from 'node:zlib'
import { fromItem } from '../../../support/plain-marshal.ts'
import { landingsOf } from '../judge/landings.ts'
import type { PlacesChange } from '../judge/places.ts'
import { readTimeline, type Fields, type Timeline } from '../judge/timeline.ts'
import type { RunRecord } from '../run.ts'
import { AREAS } from '../venue.ts'
import { readLawnTerms, type LawnTerms } from './pools.ts'

// What happened to areas in a run, read from the table's stream.

/** All that one commit made of one area. */
export interface AreaCommit {
  readonly eventId: string
  readonly label: string
  readonly order: number
  readonly time: number
  readonly changes: readonly PlacesChange[]
}

/** A line of history about places of a block. */
export interface PlacesLine {
  readonly operationId: string
  readonly eventId: string
  readonly label: string
  readonly block: number
  readonly version: number
  readonly from: string
  readonly to: string
  readonly places: number
  readonly token: string | undefined
  readonly isExpiry: boolean
}

/** What was in force from some moment on. */
export interface Since<Value> {
  readonly time: number
  readonly order: number
  readonly value: Value
}

/** The areas of a run. */
export interface Lawn {
  readonly record: RunRecord
  readonly timeline: Timeline
  /** By event and label, in the order in which they were committed. */
  readonly commits: ReadonlyMap<string, readonly AreaCommit[]>
  /** By `lineName`. */
  readonly lines: ReadonlyMap<string, PlacesLine>
  /** By event. */
  readonly terms: ReadonlyMap<string, readonly Since<LawnTerms>[]>
  readonly capacities: readonly Since<Readonly<Record<string, number>>>[]
  /** Keys of channels by the pools that they make. */
  readonly channelKeys: ReadonlyMap<string, string>
  readonly faults: readonly string[]
}

/** Reads them. */
export function readLawn(record: RunRecord): Lawn {
  const timeline = readTimeline(record)
  const commits = new Map<string, AreaCommit[]>()
  for (const change of [...timeline.places].sort((a, b) => a.order - b.order)) {
    const { eventId, label, order, time } = change
    const name = `${eventId} ${label}`
    const ofArea = commits.get(name) ?? []
    commits.set(name, ofArea)
    const last = ofArea.at(-1)
    if (last?.order !== order) ofArea.push({ eventId, label, order, time, changes: [change] })
    else ofArea[ofArea.length - 1] = { ...last, changes: [...last.changes, change] }
  }
  const { lines, faults } = readLines(timeline)
  return { record, timeline, commits, lines, faults, ...readSaid(record) }
}

/** What a line is about. */
export function lineName(
  line: Pick<PlacesLine, 'eventId' | 'label' | 'block' | 'version'>,
): string {
  return `${line.eventId}:${line.label}/${line.block}:${line.version}`
}

type Group = [
  {
    readonly from: string
    readonly to: string
    readonly holdToken?: string
    readonly formerToken?: string
    readonly quantity?: number
    readonly block?: number
  },
  ...(string | number)[],
]

function readLines({ history }: Timeline) {
  const lines = new Map<string, PlacesLine>()
  const faults: string[] = []
  for (const { item } of history.values()) {
    const eventId = String(item['pk']).split('#')[1] ?? ''
    for (const [common, ...pairs] of JSON.parse(String(item['c'])) as Group[]) {
      const { from, to, holdToken, formerToken, quantity: places = 0, block } = common
      if (block === undefined) continue
      for (let at = 0; at < pairs.length; at += 2) {
        const line: PlacesLine = {
          operationId: String(item['op']),
          eventId,
          label: String(pairs[at]),
          block,
          version: Number(pairs[at + 1]),
          from,
          to,
          places,
          token: holdToken ?? formerToken,
          isExpiry: item['o'] === 'HOLD_EXPIRED',
        }
        const name = lineName(line)
        if (lines.has(name)) faults.push(`history says twice: ${name}`)
        lines.set(name, line)
      }
    }
  }
  return { lines, faults }
}

/** What events and the chart said, and when. */
function readSaid(record: RunRecord): Pick<Lawn, 'terms' | 'capacities' | 'channelKeys'> {
  const landings = landingsOf(record.calls)
  const texts = new Map<string, Uint8Array>()
  const terms = new Map<string, Since<LawnTerms>[]>()
  const first = Object.fromEntries(AREAS.map(({ label, capacity }) => [label, capacity]))
  const capacities: Since<Record<string, number>>[] = [{ time: -Infinity, order: -1, value: first }]
  const heads: { item: Fields; time: number; order: number }[] = []
  for (const [place, { dynamodb }] of record.venue.table.records.entries()) {
    const item = dynamodb.NewImage && fromItem(dynamodb.NewImage)
    if (item === undefined) continue
    const landed = landings.get(place)?.landed
    const [time, order] = [landed?.at ?? -Infinity, landed?.from ?? place]
    const [pk, sk] = [String(item['pk']), String(item['sk'])]
    if (pk.startsWith('X#')) texts.set(`${pk} ${sk}`, item['data'] as Uint8Array)
    if (pk.startsWith('E#') && sk === 'E') heads.push({ item, time, order })
    if (pk.startsWith('C#') && sk === 'C') {
      const value = capacitiesIn(String(item['name']))
      if (value !== undefined) capacities.push({ time, order, value })
    }
  }
  const channelKeys = new Map<string, string>()
  for (const { item, time, order } of heads) {
    const eventId = String(item['id'])
    const text = texts.get(`X#${eventId} ${String(item['x'])}#0`)
    const details = text === undefined ? {} : (JSON.parse(gunzipSync(text).toString()) as Fields)
    const value = readLawnTerms(details)
    for (const { id, key } of value.channels) channelKeys.set(`#${id}`, key)
    terms.set(eventId, [...(terms.get(eventId) ?? []), { time, order, value }])
  }
  return { terms, capacities, channelKeys }
}

/** Charts are named for what they have, so that what is published tells it. */
function capacitiesIn(name: string): Record<string, number> | undefined {
  if (!name.startsWith('Hall ')) return undefined
  const parts = name.slice('Hall '.length).split(' ')
  const pairs = parts.map((part) => part.split('='))
  return Object.fromEntries(
    pairs.map(([label = '', places]): [string, number] => [label, Number(places)]),
  )
}

/** Everything that was in force at some moment between two. */
export function during<Value>(
  all: readonly Since<Value>[],
  { from, to }: { from: number; to: number },
): Since<Value>[] {
  const before = all.findLast(({ time }) => time < from)
  return [
    ...(before === undefined ? [] : [before]),
    ...all.filter(({ time }) => time >= from && time <= to),
  ]
}
