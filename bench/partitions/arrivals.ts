import { THROTTLED_MS_MAX } from '../../lib/limits/limits.ts'
import { percentile } from '../chapters/percentile.ts'
import { diceOf, type Dice } from '../dice.ts'
import type { Share } from './hold-load.ts'
import { hashOf, partitionAt, split, type Layout } from './layout.ts'

// Holds come at random moments, so many a second, whatever became of those before, and meet the limits of the partitions:
//
// 1. A hold reads and then writes. What a partition has no units for is throttled, and a transaction then takes nothing of any.
// 2. Whoever was throttled pauses and asks again, as the product does: at random up to a ceiling that doubles, as long as the pauses are
//    within a request's patience; then the hold is refused.
//
// Only that waiting counts: what the network and the table take is left out.

/** Units that one partition takes in a second. */
const WRITE_UNITS_MAX = 1_000
const READ_UNITS_MAX = 3_000

/** Seconds of unused units that a partition keeps, where it keeps no burst. */
export const AHEAD_SECONDS = 0.1

/** The ceiling of the pause after the first attempt and after any: those of the product. */
const PAUSE_MS = 40
const PAUSE_MS_MAX = 640

/** An event's keys on a table. */
export interface Ground {
  readonly layout: Layout
  /** Hashes of the event's keys of rows, then of history. */
  readonly rows: readonly number[]
  readonly history: readonly number[]
  readonly shares: readonly Share[]
}

/** Holds that come. */
export interface Arrivals {
  readonly perSecond: number
  readonly seconds: number
  /** Seconds of unused units that partitions have at the beginning, and keep at most. */
  readonly aheadSeconds: number
  readonly seed: number
}

/** Where an event's keys lie. */
export function groundOf(
  layout: Layout,
  { eventId, shards }: { eventId: string; shards: number },
  shares: readonly Share[],
): Ground {
  const hashes = (start: string) =>
    Array.from({ length: shards }, (_, shard) => hashOf(`${start}${eventId}#${shard}`))
  return { layout, rows: hashes('S#'), history: hashes('L#'), shares }
}

/** Holds a second that the busiest partition has units for, were they to come one after the other. */
export function mostOf(ground: Ground): number {
  return Math.min(...loadOf(ground).map((share) => 1 / share))
}

/** The same table after its hot partitions were split, so many times over. */
export function afterSplits(ground: Ground, perSecond: number, times: number): Ground {
  let { layout } = ground
  for (let time = 0; time < times; time += 1) {
    const load = loadOf({ ...ground, layout })
    layout = split(layout, (at) => (load[at] ?? 0) * perSecond > 1)
  }
  return { ...ground, layout }
}

/** The share of a second's units of each partition that one hold a second takes, writes or reads, whichever is more. */
function loadOf({ layout, rows, history, shares }: Ground): number[] {
  const [writes, reads] = [layout.map(() => 0), layout.map(() => 0)]
  const add = ({ writeUnits, readUnits }: Share, at: number, part: number) => {
    writes[at] = (writes[at] ?? 0) + (writeUnits * part) / WRITE_UNITS_MAX
    reads[at] = (reads[at] ?? 0) + (readUnits * part) / READ_UNITS_MAX
  }
  for (const share of shares) {
    if (share.spread === 'shared') add(share, partitionAt(layout, hashOf(share.pk)), 1)
    else if (share.spread === 'own') {
      for (const [at, from] of layout.entries()) add(share, at, (layout[at + 1] ?? 1) - from)
    } else {
      const hashes = hashesOf(share, { rows, history })
      for (const hash of hashes) add(share, partitionAt(layout, hash), 1 / hashes.length)
    }
  }
  return writes.map((share, at) => Math.max(share, reads[at] ?? 0))
}

function hashesOf({ pk }: Share, { rows, history }: Pick<Ground, 'rows' | 'history'>) {
  return pk.startsWith('S#') ? rows : history
}

/** The milliseconds that 99 in a hundred holds waited at most; infinite where more than one in a hundred was refused. */
export function waitingOf(ground: Ground, arrivals: Arrivals): number {
  const { perSecond, seconds, seed } = arrivals
  const dice = diceOf(seed)
  const take = limitsOf(ground, arrivals.aheadSeconds)
  const draw = drawOf(ground, dice)
  const waited: number[] = []
  const due: Attempt[][] = []
  const put = (ms: number, attempt: Attempt) => (due[Math.floor(ms)] ??= []).push(attempt)
  for (let at = 0; at < seconds * 1_000; at += (-Math.log(1 - dice()) * 1_000) / perSecond) {
    put(at, { from: Math.floor(at), number: 1, places: draw() })
  }
  for (let now = 0; now < due.length; now += 1) {
    for (const { from, number, places } of due[now] ?? []) {
      if (take(places, now)) waited.push(Math.max(0, now - from))
      else {
        const ceiling = Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** (number - 1))
        const next = now + Math.max(1, Math.ceil(dice() * ceiling))
        if (next - from > THROTTLED_MS_MAX) waited.push(Infinity)
        else put(next, { from, number: number + 1, places })
      }
    }
    due[now] = []
  }
  return percentile(waited, 0.99)
}

interface Attempt {
  readonly from: number
  readonly number: number
  /** The partition of each share. */
  readonly places: readonly number[]
}

function drawOf({ layout, rows, history, shares }: Ground, dice: Dice): () => number[] {
  const sources = shares.map((share) => {
    if (share.spread === 'own') return () => partitionAt(layout, dice())
    if (share.spread === 'shared') {
      const at = partitionAt(layout, hashOf(share.pk))
      return () => at
    }
    const places = hashesOf(share, { rows, history }).map((hash) => partitionAt(layout, hash))
    return () => places[Math.floor(dice() * places.length)] ?? 0
  })
  return () => sources.map((source) => source())
}

/** Takes the units of a hold at a moment; answers whether its partitions had them. */
function limitsOf({ layout, shares }: Ground, aheadSeconds: number) {
  const kindOf = (perSecond: number, units: readonly number[]): Kind => {
    const zeros = () => new Float64Array(layout.length)
    return { perSecond, units, used: zeros(), at: zeros() }
  }
  const reads = shares.map(({ readUnits }) => readUnits)
  const writes = shares.map(({ writeUnits }) => writeUnits)
  const kinds = [kindOf(READ_UNITS_MAX, reads), kindOf(WRITE_UNITS_MAX, writes)]
  return (places: readonly number[], now: number) =>
    kinds.every((kind) => takeOf(kind, places, { now, aheadSeconds }))
}

interface Kind {
  readonly perSecond: number
  /** Of each share. */
  readonly units: readonly number[]
  /** Of each partition: units by which it was ahead, and when. */
  readonly used: Float64Array
  readonly at: Float64Array
}

interface Moment {
  readonly now: number
  readonly aheadSeconds: number
}

function takeOf({ perSecond, units, used, at }: Kind, places: readonly number[], moment: Moment) {
  const { now, aheadSeconds } = moment
  for (const [share, place] of places.entries()) {
    if (units[share] === 0) continue
    const since = (now - (at[place] ?? 0)) / 1_000
    used[place] = Math.max(0, (used[place] ?? 0) - since * perSecond)
    at[place] = now
    if (used[place] >= aheadSeconds * perSecond) return false
  }
  for (const [share, place] of places.entries()) {
    used[place] = (used[place] ?? 0) + (units[share] ?? 0)
  }
  return true
}
