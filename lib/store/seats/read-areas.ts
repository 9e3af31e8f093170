import { crc32 } from 'node:zlib'
import { blockName, planName } from '../../rules/area/block-name.ts'
import type { AreaRead } from '../../rules/area/area-target.ts'
import { blocksFor } from '../../rules/area/plan.ts'
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
  readonly look: Look
}

/** The areas that labels name, each once: by their own label, or by the places of a channel in them. */
export function areasNamed(terms: Terms, labels: readonly string[]): ChartArea[] {
  const areas = labels.flatMap((label) => {
    return areaNamed(terms, partitionNamed(terms, label)?.label ?? label) ?? []
  })
  return [...new Set(areas)]
}

/** The same as far as the drawing tells: what an event says of its channels may not be known yet. */
export function areasLikelyNamed({ named }: Inventory, labels: readonly string[]): ChartArea[] {
  const objects = labels.flatMap((label) => named.get(label) ?? named.get(beforeMark(label)) ?? [])
  const areas = objects.filter((object) => object.kind === 'generalAdmission')
  return [...new Set(areas.filter(({ bookAsAWhole }) => !bookAsAWhole))]
}

/** The keys of what is read of areas, as far as they can be told before anything was read. */
export function areaKeys({ event, areas, look }: AreasWanted): Key[] {
  return areas.flatMap((area) => {
    const count = blocksExpected(event, area)
    const blocks = look.isNarrow ? [look.first(area.label) % count] : [...Array(count).keys()]
    return [keys.seat(event, planName(area.label)), ...blocks.map(blockKey(event, area.label))]
  })
}

/** Until the plan says how many there are. */
function blocksExpected({ capacities = [] }: EventHead, { label, capacity }: ChartArea): number {
  return Math.max(blocksFor(capacity), blocksFor(capacityAtCreation(capacities, label) ?? 0))
}

function capacityAtCreation(capacities: NonNullable<EventHead['capacities']>, label: string) {
  return capacities.find(([name]) => name === label)?.[1]
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
  const { event, areas, look } = wanted
  const found = new Map<string, AreaRead>()
  for (const area of areas) {
    const { label } = area
    const key = keys.seat(event, planName(label))
    const [settled] = await unlocked(port, [{ name: label, key }], items)
    const plan = readPlanItem(settled?.[1])
    const expected = blocksExpected(event, area)
    const home = look.first(label) % expected
    // A plan may have more blocks than the area has places for by now.
    const count = Math.max(expected, plan?.blocks ?? 0)
    const numbers = look.isNarrow ? [home] : [...Array(count).keys()]
    const more = numbers.filter((block) => block >= expected).map(blockKey(event, label))
    for (const [name, item] of await batchGet(port, more)) items.set(name, item)
    const named = numbers.map((block) => ({
      name: String(block),
      key: blockKey(event, label)(block),
    }))
    const rows = readEach(await unlocked(port, named, items), readBlockItem)
    const blocks = new Map([...rows].map(([block, row]) => [Number(block), row]))
    const capacity = capacityAtCreation(event.capacities ?? [], label)
    found.set(label, { plan, capacity, blocks, home, isWhole: !look.isNarrow })
  }
  return found
}
