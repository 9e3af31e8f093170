import { crc32 } from 'node:zlib'
import { blockName, planName } from '../../rules/area/block-name.ts'
import type { AreaRead } from '../../rules/area/area-target.ts'
import { blocksFor } from '../../rules/area/plan.ts'
import { capacityAtCreation } from '../../venue/area-capacities.ts'
import type { ChartArea } from '../../venue/chart.ts'
import { areaNamed, beforeMark, partitionNamed } from '../../venue/pools.ts'
import type { Inventory, Terms } from '../../venue/terms.ts'
import type { EventHead } from '../../records/records.ts'
import { readBlockItem, readPlanItem } from '../table/area-items.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import { readEach, unlocked } from '../commit/unlocked.ts'

// Areas whose places are sold one by one: their plans, and their blocks. A request that names so many places looks into one block
// first, and reads the others only if that has not enough; whoever tells of an area reads all.

/** How a request looks at areas. */
export interface Look {
  /** In which block of an area it looks first: any number from 0 up. */
  readonly first: (label: string) => number
  /** Whether it reads that block alone. */
  readonly isNarrow: boolean
}

/** What a token holds of an area it looks for where it began to, so that all of that is likely to be in one block. */
export function lookOf(holdToken: string): Look {
  return { first: (label) => crc32(`${holdToken}\n${label}`), isNarrow: true }
}

/** Who names no token looks anywhere, so that those of one moment meet seldom. */
export function lookAnywhere(random: number): Look {
  const place = Math.floor(random * 2 ** 32)
  return { first: () => place, isNarrow: true }
}

/** For whoever tells of areas, or has seen too little of them. */
export function lookEverywhere({ first }: Look = lookAnywhere(0)): Look {
  return { first, isNarrow: false }
}

/** Areas of one event that are to be read. */
export interface AreasWanted {
  readonly event: EventHead
  readonly areas: readonly ChartArea[]
  /** Labels under which the chart sells no places, and did before perhaps. All of that is read. */
  readonly lost: readonly string[]
  readonly look: Look
}

/** The areas that labels name, each once: by their own label, or by the places of a channel in them. */
export function areasNamed(terms: Terms, labels: readonly string[]): ChartArea[] {
  const areas = labels.flatMap((label) => {
    return areaNamed(terms, partitionNamed(terms, label)?.label ?? label) ?? []
  })
  return [...new Set(areas)]
}

/**
 * Labels under which the chart sells no places: it has nothing there, neither an object nor places of a channel, or an area that is
 * sold as a whole. Places may have been sold under them before.
 */
export function labelsLost({ named }: Inventory, labels: readonly string[]): string[] {
  return labels.filter((label) => {
    const [object] = [named.get(label) ?? []].flat()
    if (object === undefined) return !named.has(beforeMark(label))
    return object.kind === 'generalAdmission' && object.bookAsAWhole
  })
}

/** The same as far as the drawing tells: what an event says of its channels may not be known yet. */
export function areasLikelyNamed({ named }: Inventory, labels: readonly string[]): ChartArea[] {
  const objects = labels.flatMap((label) => named.get(label) ?? named.get(beforeMark(label)) ?? [])
  const areas = objects.filter((object) => object.kind === 'generalAdmission')
  return [...new Set(areas.filter(({ bookAsAWhole }) => !bookAsAWhole))]
}

/** The keys of what is read of areas, as far as they can be told before anything was read. */
export function areaKeys(wanted: AreasWanted): Key[] {
  const { event } = wanted
  return expectationsOf(wanted).flatMap(({ label, expected, home, isNarrow }) => {
    const blocks = isNarrow ? [home] : [...Array(expected).keys()]
    return [...planKeys(event, label), ...blocks.map(blockKey(event, label))]
  })
}

/** In seasons there are no plans: one block has all places. */
function planKeys(event: EventHead, label: string): Key[] {
  return event.season === undefined ? [keys.seat(event, planName(label))] : []
}

/** What is to be read of an area, until its plan says how many blocks there are. */
interface Expectation {
  readonly label: string
  readonly expected: number
  readonly home: number
  readonly isNarrow: boolean
}

function expectationsOf({ event, areas, lost, look }: AreasWanted): Expectation[] {
  const { first, isNarrow } = look
  const here = areas.map(({ label, capacity }) => {
    const most = Math.max(blocksFor(capacity), blocksAtCreation(event, label))
    const expected = event.season === undefined ? most : 1
    return { label, expected, home: first(label) % expected, isNarrow }
  })
  const gone = lost.map((label) => {
    return { label, expected: blocksAtCreation(event, label), home: 0, isNarrow: false }
  })
  return [...here, ...gone]
}

function blocksAtCreation(event: EventHead, label: string): number {
  if (event.season !== undefined) return 1
  const capacity = capacityAtCreation(event, label)
  return capacity === undefined ? 0 : blocksFor(capacity)
}

const blockKey =
  (event: EventHead, label: string) =>
  (block: number): Key =>
    keys.seat(event, blockName({ label, block }))

/** Reads areas by label, out of what a batch has brought; what it was not asked for is read now. */
export async function readAreas(
  port: Port,
  wanted: AreasWanted,
  batch: { readonly items: ReadonlyMap<string, Item>; readonly asked: ReadonlySet<string> },
): Promise<ReadonlyMap<string, AreaRead>> {
  const late = areaKeys(wanted).filter((key) => !batch.asked.has(keyText(key)))
  const items = new Map([...batch.items, ...(await batchGet(port, late))])
  const { event } = wanted
  const found = new Map<string, AreaRead>()
  const isSold = new Set(wanted.areas.map(({ label }) => label))
  for (const { label, expected, home, isNarrow } of expectationsOf(wanted)) {
    const plans = planKeys(event, label).map((key) => ({ name: label, key }))
    const [settled] = await unlocked(port, plans, items)
    const plan = readPlanItem(settled?.[1])
    // A plan may have more blocks than the area has places for by now.
    const count = Math.max(expected, plan?.blocks ?? 0)
    const numbers = isNarrow ? [home] : [...Array(count).keys()]
    const more = numbers.filter((block) => block >= expected).map(blockKey(event, label))
    for (const [name, item] of await batchGet(port, more)) items.set(name, item)
    const named = numbers.map((block) => ({
      name: String(block),
      key: blockKey(event, label)(block),
    }))
    const rows = readEach(await unlocked(port, named, items), readBlockItem)
    const blocks = new Map([...rows].map(([block, row]) => [Number(block), row]))
    const capacity = capacityAtCreation(event, label)
    const isThere = event.season === undefined ? count > 0 : isSold.has(label) || blocks.size > 0
    if (isThere) found.set(label, { plan, capacity, blocks, home, isWhole: !isNarrow })
  }
  return found
}
