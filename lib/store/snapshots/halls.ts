import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { decodeHall, encodeHall, type KeptHall } from '../../rules/snapshot/encode-hall.ts'
import { packText, unpackText } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem, getItemSoon } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys } from '../table/table.ts'
import { writeItem } from '../table/write-item.ts'
import { WeighedCache } from '../../weighed-cache.ts'
import { snapshotTtl, type Reading } from './heads.ts'

// What readings found, each in as many parts as it takes. They lie in a few slots by turns: so nothing has to be deleted, and whoever
// has seen an earlier head still finds what that names. In a slot the newer one stays, whoever comes late.

/** Readings that are kept. */
const SLOTS = 4

/** Where the next reading is kept. */
export function slotAfter(last: Pick<Reading, 'slot'> | undefined): number {
  return last === undefined ? 0 : (last.slot + 1) % SLOTS
}

/** Bytes, about, of what a process remembers of readings. */
const REMEMBERED_BYTES_MAX = 64 * 1024 * 1024

/** Bytes, about, that a hold takes in memory. */
const HOLD_BYTES = 64

const noHalls = () => new WeighedCache<KeptHall>(REMEMBERED_BYTES_MAX)

/** Keeps what a reading found; answers in how many parts, or undefined where its place was taken by a newer one. */
export async function keepHall(
  store: Store,
  { eventId, number, slot }: { eventId: string } & Pick<Reading, 'number' | 'slot'>,
  kept: KeptHall,
): Promise<number | undefined> {
  const parts = packText(encodeHall(kept))
  for (const [part, data] of parts.entries()) {
    const write = new PutCommand({
      TableName: store.tableName,
      Item: {
        ...keys.snapshotPart(eventId, { slot, part }),
        r: number,
        data,
        ttl: snapshotTtl(store),
      },
      ConditionExpression: 'attribute_not_exists(r) OR r <= :r',
      ExpressionAttributeValues: { ':r': number },
    })
    const { status } = await writeItem(store, write, 'not-applied')
    if (status === 'refused') return undefined
  }
  remember(store, { eventId, number }, kept)
  return parts.length
}

/** What a reading found, as it is remembered or kept; undefined where neither is. Many who ask at once wait for one. */
export async function findHall(
  store: Store,
  eventId: string,
  reading: Pick<Reading, 'number' | 'slot' | 'parts'>,
): Promise<KeptHall | undefined> {
  const name = nameOf(eventId, reading.number)
  const known = memoryOf(store, noHalls).get(name)
  if (known !== undefined) return known
  const underWay = memoryOf(store, nothingUnderWay)
  const loading = underWay.get(name) ?? load(store, eventId, reading)
  underWay.set(name, loading)
  try {
    return await loading
  } finally {
    underWay.delete(name)
  }
}

const nothingUnderWay = () => new Map<string, Promise<KeptHall | undefined>>()

async function load(
  store: Store,
  eventId: string,
  { number, slot, parts }: Pick<Reading, 'number' | 'slot' | 'parts'>,
): Promise<KeptHall | undefined> {
  const places = Array.from({ length: parts }, (_, part) => part)
  const found = await Promise.all(
    places.map((part) => findPart(store, { eventId, number, slot, part })),
  )
  const data = found.flatMap((part) => part ?? [])
  if (data.length < parts) return undefined
  return remember(store, { eventId, number }, decodeHall(unpackText(data)))
}

interface Part {
  readonly eventId: string
  readonly number: number
  readonly slot: number
  readonly part: number
}

/** What never changes may be read wherever it is; what is not there yet is asked for where it was written. */
async function findPart(
  port: Port,
  { eventId, number, slot, part }: Part,
): Promise<Uint8Array | undefined> {
  const key = keys.snapshotPart(eventId, { slot, part })
  for (const read of [getItemSoon, getItem]) {
    const item = await read(port, key)
    if (item?.['r'] === number) return item['data'] as Uint8Array
  }
  return undefined
}

function remember(
  store: Store,
  { eventId, number }: { eventId: string; number: number },
  kept: KeptHall,
): KeptHall {
  const { letters, holds } = kept.hall
  const weight = letters.length + HOLD_BYTES * holds.length
  return memoryOf(store, noHalls).add(nameOf(eventId, number), () => ({ value: kept, weight }))
}

function nameOf(eventId: string, number: number): string {
  return `${eventId} ${number}`
}
