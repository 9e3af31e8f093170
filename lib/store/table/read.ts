import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { Fault } from '../../faults.ts'
import type { Item } from './items.ts'
import type { Port } from './port.ts'
import { readWithPatience } from './throttled.ts'
import { keyText, type Key } from './table.ts'
import { untilSettled } from './until-settled.ts'
import { BATCH_KEYS_MAX } from '../../limits/aws-limits.ts'

/** Requests for what a throttled batch left over, before giving up. */
const BATCH_ROUNDS_MAX = 6

/** Pages of one query: far above anything a partition of ours holds; a guard against a loop without end. */
const QUERY_PAGES_MAX = 1000

/** Reads one item, consistently. */
export async function getItem(port: Port, key: Key): Promise<Item | undefined> {
  const get = new GetCommand({ TableName: port.tableName, Key: key, ConsistentRead: true })
  const answer = await readWithPatience(port, () => port.reader.send(get))
  return answer.Item
}

/** The same of an item of which a moment ago is good enough; half the price. */
export async function getItemSoon(port: Port, key: Key): Promise<Item | undefined> {
  const get = new GetCommand({ TableName: port.tableName, Key: key })
  const answer = await readWithPatience(port, () => port.reader.send(get))
  return answer.Item
}

/** Reads items consistently, each key once, as many a request as it takes, in parallel above that; by key text, absent where there is none. */
export async function batchGet(port: Port, keys: readonly Key[]): Promise<Map<string, Item>> {
  const distinct = [...new Map(keys.map((key) => [keyText(key), key])).values()]
  const chunks: Key[][] = []
  for (let start = 0; start < distinct.length; start += BATCH_KEYS_MAX) {
    chunks.push(distinct.slice(start, start + BATCH_KEYS_MAX))
  }
  const items = (await Promise.all(chunks.map((chunk) => getChunk(port, chunk)))).flat()
  return new Map(items.map((item) => [keyText(item as unknown as Key), item]))
}

async function getChunk(port: Port, keys: Key[]): Promise<Item[]> {
  const { reader, tableName } = port
  const items: Item[] = []
  let left = keys
  const task = { to: 'read', roundsMax: BATCH_ROUNDS_MAX, isForRoom: true }
  return untilSettled(port, task, async () => {
    const get = new BatchGetCommand({
      RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } },
    })
    const answer = await readWithPatience(port, () => reader.send(get))
    items.push(...(answer.Responses?.[tableName] ?? []))
    left = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[]
    return left.length === 0 ? items : undefined
  })
}

/** A query; with `growsTo`, each page asks for twice as many items as the one before, up to that many. */
export type QueryInput = Omit<QueryCommandInput, 'TableName' | 'ConsistentRead'> & {
  readonly growsTo?: number
}

/** Yields the items of a query page by page, consistently. */
export async function* queryPages(
  port: Port,
  { growsTo = 0, ...input }: QueryInput,
): AsyncGenerator<Item[]> {
  let { Limit } = input
  let from: QueryCommandInput['ExclusiveStartKey']
  for (let page = 0; page < QUERY_PAGES_MAX; page += 1) {
    const query = new QueryCommand({
      ...input,
      Limit,
      TableName: port.tableName,
      ConsistentRead: true,
      ExclusiveStartKey: from,
    })
    const answer = await readWithPatience(port, () => port.reader.send(query))
    yield answer.Items ?? []
    from = answer.LastEvaluatedKey
    if (from === undefined) return
    if (Limit !== undefined) Limit = Math.max(Limit, Math.min(growsTo, 2 * Limit))
  }
  throw new Fault('A partition has more pages than a query may read', { outcome: 'not-applied' })
}

/** Reads all items of a query. */
export async function queryAll(port: Port, input: QueryInput): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of queryPages(port, input)) items.push(...page)
  return items
}

/** Reads the first page of a query as it was a moment ago: for the few small items of which that is good enough. */
export async function querySoon(port: Port, input: QueryInput): Promise<Item[]> {
  const query = new QueryCommand({ ...input, TableName: port.tableName })
  const answer = await readWithPatience(port, () => port.reader.send(query))
  return answer.Items ?? []
}
