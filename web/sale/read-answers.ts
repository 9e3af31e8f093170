import { defined } from '../../lib/defined.ts'
import type { Letter, LoadedEvent, Refused } from './sale.ts'

// Answers as they may come: whatever is not as documented reads as undefined, and nothing throws.

type Fields = Readonly<Record<string, unknown>>

/** Places of an area by its position among the labels. */
export interface AreaTold {
  readonly index: number
  readonly free: number
  /** Where channels are told, by their position in that list. */
  readonly freeByChannel: ReadonlyMap<number, number>
}

/** What is in a channel that this browser may open. */
export interface ChannelTold {
  readonly key: string
  readonly objects: readonly number[]
}

/** Positions by the letter that they have now. */
export type Changes = readonly (readonly [letter: Letter, indexes: readonly number[]])[]

/** What becomes of objects by itself. */
export interface End {
  readonly afterMs: number
  readonly changes: Changes
  readonly areas: readonly AreaTold[]
}

/** A snapshot of an event, or what changed since one. */
export interface Snapshot {
  /** Names drawing and terms: with another, everything is read anew. */
  readonly edition: string
  readonly chartVersion: number | null
  readonly revision: string
  readonly serverTime: number
  /** When the event was read for it, by the server's clock. */
  readonly readAt?: number
  readonly labels?: readonly string[]
  /** With the labels, where the workspace lets browsers open channels. */
  readonly channels?: readonly ChannelTold[]
  readonly states?: readonly Letter[]
  readonly changes: Changes
  readonly areas: readonly AreaTold[]
  readonly ends: readonly End[]
  readonly categories?: LoadedEvent['categories']
  readonly objectCategories?: LoadedEvent['objectCategories']
}

const letters = 'fhbtrnca-'

/** Reads the fields of an object; none where it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** Reads a snapshot. */
export function readSnapshot(body: unknown): Snapshot | undefined {
  const { chartKey, chartVersion, termsVersion, revision, serverTime, labels, states } =
    fieldsOf(body)
  const { changes, areas, ends, categories, objectCategories, channels, readAt } = fieldsOf(body)
  const time = readTime(serverTime)
  if (typeof revision !== 'string' || time === undefined || !Array.isArray(ends)) return undefined
  const version = typeof chartVersion === 'number' ? chartVersion : null
  const lettersTold = typeof states === 'string' ? Array.from(states, toLetter) : undefined
  if (lettersTold === undefined && changes === undefined) return undefined
  return {
    edition: JSON.stringify([chartKey, version, termsVersion]),
    ...{ chartVersion: version, revision, serverTime: time },
    ...defined({
      readAt: readTime(readAt),
      labels: readTexts(labels),
      states: lettersTold,
      channels: readChannels(channels),
    }),
    changes: readChanges(changes),
    areas: readAreas(areas),
    ends: ends.flatMap(readEnd),
    ...defined({
      categories: readCategories(categories),
      objectCategories: readObjectCategories(objectCategories),
    }),
  }
}

/** Reads a moment; undefined where it is none. */
export function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(time) ? undefined : time
}

function toLetter(text: string): Letter {
  return letters.includes(text) ? (text as Letter) : '-'
}

function readTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.every((text) => typeof text === 'string') ? value : undefined
}

function readChanges(value: unknown): Changes {
  return Object.entries(fieldsOf(value)).map(([letter, indexes]) => [
    toLetter(letter),
    listOf(indexes).filter(isIndex),
  ])
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0
}

function readAreas(value: unknown): readonly AreaTold[] {
  return listOf(value).flatMap((area) => {
    const { index, free, freeByChannel } = fieldsOf(area)
    if (!isIndex(index) || !isIndex(free)) return []
    return [{ index, free, freeByChannel: new Map(listOf(freeByChannel).flatMap(readShare)) }]
  })
}

function readShare(value: unknown): readonly (readonly [channel: number, free: number])[] {
  const { channel, free } = fieldsOf(value)
  return isIndex(channel) && isIndex(free) ? [[channel, free]] : []
}

function readChannels(value: unknown): readonly ChannelTold[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.map((channel) => {
    const { key, objects } = fieldsOf(channel)
    return { key: typeof key === 'string' ? key : '', objects: listOf(objects).filter(isIndex) }
  })
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function readEnd(value: unknown): readonly End[] {
  const { afterMs, changes, areas } = fieldsOf(value)
  if (typeof afterMs !== 'number' || !Number.isFinite(afterMs)) return []
  return [{ afterMs, changes: readChanges(changes), areas: readAreas(areas) }]
}

function readCategories(value: unknown): LoadedEvent['categories'] {
  if (!Array.isArray(value)) return undefined
  return value.flatMap((category) => {
    const { key, label, color, accessible } = fieldsOf(category)
    if (!isKey(key)) return []
    return [
      {
        key,
        label: typeof label === 'string' ? label : String(key),
        color: typeof color === 'string' ? color : '',
        accessible: accessible === true,
      },
    ]
  })
}

function isKey(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function readObjectCategories(value: unknown): LoadedEvent['objectCategories'] {
  if (typeof value !== 'object' || value === null) return undefined
  const entries = Object.entries(value).filter((entry): entry is [string, string | number] =>
    isKey(entry[1]),
  )
  return Object.fromEntries(entries)
}

/** What was held, and until when. */
export interface HeldAnswer {
  readonly expiresAt: number
  /** In the order told; the best ones are known only from here. */
  readonly held: readonly { readonly label: string; readonly quantity: number }[]
}

/** Reads the answer to a hold. */
export function readHeld(body: unknown): HeldAnswer | undefined {
  const { holdExpiresAt, held, objectLabel, quantity } = fieldsOf(body)
  const expiresAt = readTime(holdExpiresAt)
  if (expiresAt === undefined) return undefined
  const told = Array.isArray(held) ? held : [{ objectLabel, quantity }]
  return {
    expiresAt,
    held: told.flatMap((object) => {
      const { objectLabel: label, quantity: places = 1 } = fieldsOf(object)
      if (typeof label !== 'string' || typeof places !== 'number') return []
      return [{ label, quantity: places }]
    }),
  }
}

/** The word of an error that programs may branch on. */
export function codeOf(body: unknown): string | undefined {
  const { code } = fieldsOf(body)
  return typeof code === 'string' ? code : undefined
}

/** Reads why objects were refused; each of these for the same reason where the whole request was. */
export function readRefused(
  { status, body }: { readonly status: number; readonly body: unknown },
  labels: readonly string[],
): readonly Refused[] {
  const { failed } = fieldsOf(body)
  const told = listOf(failed).flatMap((object) => {
    const { objectLabel: label, reason } = fieldsOf(object)
    if (typeof label !== 'string') return []
    return [{ label, reason: typeof reason === 'string' ? reason : 'refused' }]
  })
  if (told.length > 0) return told
  const reason = codeOf(body) ?? `status_${status}`
  return labels.map((label) => ({ label, reason }))
}
