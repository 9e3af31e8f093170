import type { EventHead } from '../../records/records.ts'
import { eventItem, isReserved } from '../table/heads.ts'
import { unpackText, type Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText, type Key } from '../table/table.ts'

/** Looks at a key that one batch after another reserves, before it counts as one without an event. */
const LOOKS_MAX = 5

/**
 * Heads that were read, as they are by what is decided: a key that is only reserved has the head that its batch's record tells,
 * if that is decided, and else none. So all events of a batch are found from one moment on, whoever applies it, and when.
 */
export async function decidedHeads(
  port: Port,
  heads: ReadonlyMap<string, Item>,
): Promise<ReadonlyMap<string, Item>> {
  const found = new Map(heads)
  for (let look = 1; ; look += 1) {
    const reserved = [...found].filter(([, item]) => isReserved(item))
    if (reserved.length === 0) return found
    for (const [name] of reserved) found.delete(name)
    if (look > LOOKS_MAX) return found
    const told = await readRecords(port, reserved)
    const ended = reserved.flatMap(([name, item]) => {
      const head = told(name, item)
      if (head !== undefined && head !== 'ended') found.set(name, head)
      return head === 'ended' ? [item as unknown as Key] : []
    })
    // Their batches ended since: they are what they are now.
    const again = await batchGet(
      port,
      ended.map(({ pk, sk }) => ({ pk, sk })),
    )
    for (const [name, item] of again) found.set(name, item)
  }
}

/** Tells what the records of batches say of their reservations; undefined where there is no event, or not yet. */
async function readRecords(port: Port, reserved: readonly (readonly [string, Item])[]) {
  const batchIds = new Set(reserved.map(([, item]) => item['bt'] as string))
  const records = await batchGet(port, [...batchIds].map(keys.eventBatch))
  const decided = [...records.values()].filter(({ st }) => st === 'C').flatMap(headsOf)
  const heads = new Map(decided)
  return (name: string, item: Item): Item | 'ended' | undefined => {
    const isThere = records.has(keyText(keys.eventBatch(item['bt'] as string)))
    return isThere ? heads.get(name) : 'ended'
  }
}

/** The heads of a batch, by their keys. */
function headsOf(record: Item): [name: string, item: Item][] {
  const heads = JSON.parse(unpackText(record['data'] as Uint8Array[])) as EventHead[]
  return heads.map((head) => {
    const key = keys.eventHead(head.workspaceId, head.eventKey)
    return [keyText(key), { ...key, ...eventItem(head) }]
  })
}
