import type { DrawingRef } from '../../records/records.ts'
import { packText, unpackText } from '../table/items.ts'
import { deleteManifest, type ChartAddress } from './manifests.ts'
import { deletePartition } from '../table/delete-partition.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { drawingPartition, keys, keyText } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'

/** Bytes that the texts of a chart may have in one transaction: DynamoDB takes 4 MB of everything. */
const COMMIT_BYTES_MAX = 3.5 * 1024 * 1024

/** Whether texts can be written in one commit; looks at how far they can be compressed only where it matters. */
export function fitsOneCommit(texts: readonly string[]): boolean {
  const bytesIn = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0)
  if (bytesIn(texts.map((text) => Buffer.byteLength(text))) <= COMMIT_BYTES_MAX) return true
  const parts = texts.flatMap(packText)
  return bytesIn(parts.map(({ length }) => length)) <= COMMIT_BYTES_MAX
}

/** Writes a new drawing's parts: they belong in the transaction that makes a chart point to them. */
export function drawingWrites(
  port: Port,
  text: string,
): { readonly ref: DrawingRef; readonly writes: TransactItem[] } {
  const drawingId = port.ids.ulid()
  const parts = packText(text)
  const writes = parts.map((data, part) => ({
    Put: { TableName: port.tableName, Item: { ...keys.drawing(drawingId, part), data } },
  }))
  return { ref: { drawingId, parts: parts.length }, writes }
}

/** Reads a drawing's text; undefined when it has been replaced meanwhile, or has more parts than is said: read the head again. */
export async function readDrawing(port: Port, ref: DrawingRef): Promise<string | undefined> {
  const partKeys = Array.from({ length: ref.parts }, (_, part) => keys.drawing(ref.drawingId, part))
  const items = await batchGet(port, partKeys)
  if (items.size < ref.parts) return undefined
  const parts = partKeys.flatMap(
    (key) => (items.get(keyText(key))?.['data'] as Uint8Array | undefined) ?? [],
  )
  try {
    return unpackText(parts)
  } catch (error) {
    if ((error as { code?: string }).code === 'Z_BUF_ERROR') return undefined
    throw error
  }
}

/**
 * Removes a drawing that its chart no longer points to, and the manifest made of it if that is still there. Answers false where there
 * was no time for all of it: then it must be called again, and goes on.
 */
export async function deleteDrawing(
  port: Port,
  address: ChartAddress,
  { drawingId, hasTime }: { drawingId: string; hasTime: () => boolean },
): Promise<boolean> {
  if (!(await deletePartition(port, drawingPartition(drawingId), hasTime))) return false
  return deleteManifest(port, address, { drawingId, hasTime })
}
