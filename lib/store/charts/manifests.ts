import { decodeManifest } from '../../venue/manifest.ts'
import type { DrawingRef } from '../../records/records.ts'
import { inventoryOf, type Inventory } from '../../venue/terms.ts'
import { packText, unpackText, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet, queryAll } from '../table/read.ts'
import { writeRecords } from '../table/record-writes.ts'
import { chartPartition, keys, keyText, MANIFEST_PREFIX, type Key } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { WeighedCache } from '../../weighed-cache.ts'

/**
 * Parts of a manifest that the first sight of a chart asks for along with the rows, before it knows how many there
 * are: enough for some 100,000 seats, so that first sight costs no further request.
 */
const FIRST_SIGHT_PARTS = 2

/** Objects of all manifests that a process keeps: some 200 MB at worst. */
const OBJECTS_CACHED_MAX = 300_000

export interface ChartAddress {
  readonly workspaceId: string
  readonly chartKey: string
}

/** The puts that make a drawing's manifest the published one of its chart; for the transaction that publishes. */
export function manifestWrites(
  port: Port,
  { workspaceId, chartKey }: ChartAddress,
  manifest: { readonly drawingId: string; readonly text: string },
): TransactItem[] {
  const parts = packText(manifest.text)
  return parts.map((data, part) => ({
    Put: {
      TableName: port.tableName,
      Item: {
        ...keys.manifest(workspaceId, chartKey, part),
        d: manifest.drawingId,
        parts: parts.length,
        data,
      },
    },
  }))
}

/** Keys to read at the first sight of a chart. */
export function firstSightKeys({ workspaceId, chartKey }: ChartAddress): Key[] {
  return partKeys({ workspaceId, chartKey }, FIRST_SIGHT_PARTS)
}

/** Inventories by drawing, which never changes. */
export type ManifestCache = WeighedCache<Inventory>

/** An empty cache of inventories. */
export function newManifestCache(): ManifestCache {
  return new WeighedCache(OBJECTS_CACHED_MAX)
}

/**
 * Finds the manifest of a drawing: in the cache, in items that were read along, or by reading it. Undefined when the
 * chart has been published anew meanwhile: read its head again.
 */
export async function findManifest(
  port: Port,
  cache: ManifestCache,
  wanted: { address: ChartAddress; drawing: DrawingRef; items: ReadonlyMap<string, Item> },
): Promise<Inventory | undefined> {
  const { drawingId } = wanted.drawing
  const cached = cache.get(drawingId)
  if (cached !== undefined) return cached
  const text =
    readParts(wanted.items, wanted.address, drawingId) ??
    readParts(await readAllParts(port, wanted.address), wanted.address, drawingId)
  if (text === undefined) return undefined
  return cache.add(drawingId, () => {
    const chart = decodeManifest(text)
    return { value: inventoryOf(chart), weight: chart.objects.length }
  })
}

/** Removes the parts that belong to a drawing, as far as there is time: answers whether all went. A manifest published since stays. */
export async function deleteManifest(
  port: Port,
  { workspaceId, chartKey }: ChartAddress,
  { drawingId, hasTime }: { drawingId: string; hasTime: () => boolean },
): Promise<boolean> {
  const parts = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': chartPartition(workspaceId, chartKey),
      ':prefix': MANIFEST_PREFIX,
    },
    ProjectionExpression: 'pk, sk, d',
  })
  for (const part of parts) {
    if (part['d'] !== drawingId) continue
    if (!hasTime()) return false
    const key = { pk: part['pk'] as string, sk: part['sk'] as string }
    const condition = {
      ConditionExpression: 'd = :d',
      ExpressionAttributeValues: { ':d': drawingId },
    }
    const removal = { Delete: { TableName: port.tableName, Key: key, ...condition } }
    await writeRecords(port, [removal], undefined)
  }
  return true
}

async function readAllParts(port: Port, address: ChartAddress): Promise<Map<string, Item>> {
  const first = partKeys(address, FIRST_SIGHT_PARTS)
  const items = await batchGet(port, first)
  const count = (items.get(keyText(keys.manifest(address.workspaceId, address.chartKey, 0)))?.[
    'parts'
  ] ?? 0) as number
  if (count <= FIRST_SIGHT_PARTS) return items
  return batchGet(port, partKeys(address, count))
}

/** Joins the parts if all are there and all belong to that drawing. */
function readParts(
  items: ReadonlyMap<string, Item>,
  address: ChartAddress,
  drawingId: string,
): string | undefined {
  const first = items.get(keyText(keys.manifest(address.workspaceId, address.chartKey, 0)))
  if (first === undefined) return undefined
  const parts = partKeys(address, first['parts'] as number).map((key) => items.get(keyText(key)))
  const data = parts.flatMap((item) =>
    item?.['d'] === drawingId ? [item['data'] as Uint8Array] : [],
  )
  return data.length === parts.length ? unpackText(data) : undefined
}

function partKeys({ workspaceId, chartKey }: ChartAddress, count: number): Key[] {
  return Array.from({ length: count }, (_, part) => keys.manifest(workspaceId, chartKey, part))
}
