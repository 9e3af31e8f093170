import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { packText, unpackText, type Item } from '../table/items.ts'
import { reportDamage, type Operation } from './operations.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { keys, keyText, type Key } from '../table/table.ts'
import { writeItem } from '../table/write-item.ts'
import { DAY_MS } from '../../limits/durations.ts'

/** What a request answered, as it is sent again when the request is repeated. */
export interface StoredAnswer {
  readonly status: number
  readonly body: string
}

/** What anyone needs to know to end a large commit: written before its header, never changed. */
export interface Details {
  /** The rows that it locks. */
  readonly rows: readonly Key[]
  /** History and hold entries, keys included: whoever applies writes the very same ones. */
  readonly entries: readonly Item[]
  /** What the request answers, where it has an idempotency key. */
  readonly answer?: StoredAnswer
}

/** Milliseconds that details are kept: far longer than any operation takes to be finished. */
const DETAILS_MS_KEPT = 14 * DAY_MS

/** Writes an operation's details; answers how many parts they take. */
export async function putDetails(
  port: Port,
  operationId: string,
  details: Details,
): Promise<number> {
  const parts = packText(JSON.stringify(details))
  const ttl = Math.ceil((port.clock.now() + DETAILS_MS_KEPT) / 1000)
  const puts = parts.map((data, part) =>
    writeItem(
      port,
      new PutCommand({
        TableName: port.tableName,
        Item: { ...keys.details(operationId, part), data, ttl },
      }),
      'not-applied',
    ),
  )
  await Promise.all(puts)
  return parts.length
}

/** Reads an operation's details; undefined, and reported, where they cannot be read. */
export async function readDetails(
  port: Port,
  { operationId, parts }: Pick<Operation, 'operationId' | 'parts'>,
): Promise<Details | undefined> {
  const partKeys = Array.from({ length: parts }, (_, part) => keys.details(operationId, part))
  const items = await batchGet(port, partKeys)
  const data = partKeys.flatMap(
    (key) => (items.get(keyText(key))?.['data'] as Uint8Array | undefined) ?? [],
  )
  try {
    const details: unknown = data.length === parts ? JSON.parse(unpackText(data)) : undefined
    if (isDetails(details)) return details
  } catch {
    // Reported below.
  }
  reportDamage(port, 'list of details', keys.details(operationId, 0))
  return undefined
}

function isDetails(value: unknown): value is Details {
  if (typeof value !== 'object' || value === null) return false
  const { rows, entries } = value as Partial<Record<keyof Details, unknown>>
  return (
    Array.isArray(rows) && Array.isArray(entries) && rows.every(hasKey) && entries.every(hasKey)
  )
}

function hasKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { pk, sk } = value as Partial<Record<keyof Key, unknown>>
  return typeof pk === 'string' && typeof sk === 'string'
}
