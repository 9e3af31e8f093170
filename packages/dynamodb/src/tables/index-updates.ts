import { projected } from '../items/commit.ts'
import { dynamoError, invalidParameter, notFound, validationError } from '../errors.ts'
import {
  definedType,
  indexKey,
  indexesOf,
  isIndexed,
  keyNames,
  keyOf,
  under,
} from '../items/keys.ts'
import type { Step, Store } from '../store.ts'
import type { GlobalIndex, Index, Item, Table, TableDescription, Throughput } from '../types.ts'
import { changedThroughput, refuseSameThroughput } from './throughput.ts'

/** Index entries written at once when an index is made for a table with items. */
const batchMax = 1000
/** The most global indexes of a table. */
export const globalIndexesMax = 20

export interface IndexUpdate {
  Create?: GlobalIndex
  Update?: { IndexName: string; ProvisionedThroughput?: Throughput }
  Delete?: { IndexName: string }
}

/** Refuses to create or delete more than one index at a time. */
export function refuseManyChanges(updates: readonly IndexUpdate[] | undefined): void {
  const online = (updates ?? []).filter((update) => update.Create ?? update.Delete)
  if (online.length > 1) {
    throw dynamoError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    )
  }
}

interface NewIndex {
  index: GlobalIndex
  definitions: TableDescription['AttributeDefinitions']
}

/** Adds a global index to a table and fills it with the items that are there. */
export async function addIndex(
  store: Store,
  table: Table,
  { index, definitions }: NewIndex,
): Promise<void> {
  const { description } = table
  if (indexesOf(description).some(({ IndexName: name }) => name === index.IndexName)) {
    throw validationError('Attempting to create an index which already exists')
  }
  const known = new Map(
    [...description.AttributeDefinitions, ...definitions].map((entry) => [
      entry.AttributeName,
      entry,
    ]),
  )
  const keys = keyNames(index)
  if (keys.some((name) => !known.has(name))) {
    throw invalidParameter(
      'Some index key attributes are not defined in AttributeDefinitions. ' +
        `Keys: [${keys.join(', ')}], AttributeDefinitions: [${[...known.keys()].join(', ')}]`,
    )
  }
  const indexes = [...(description.GlobalSecondaryIndexes ?? []), index]
  if (indexes.length > globalIndexesMax) {
    throw invalidParameter(
      `GlobalSecondaryIndex count exceeds the per-table limit of ${globalIndexesMax}`,
    )
  }
  description.GlobalSecondaryIndexes = indexes
  description.AttributeDefinitions = usedDefinitions(description, [...known.values()])
  await fill(store, table, index)
}

async function fill(store: Store, { description }: Table, index: Index): Promise<void> {
  await store.clear(under(keyOf.index(description, index.IndexName)))
  let steps: Step[] = []
  for await (const [, value] of store.range(under(keyOf.items(description)))) {
    const item = value as Item
    if (!fits(description, index, item)) continue
    const key = indexKey(description, index, item)
    steps.push({ type: 'put', key, value: projected(description, index, item) })
    if (steps.length < batchMax) continue
    await store.batch(steps)
    steps = []
  }
  await store.batch(steps)
}

/** Items whose attributes have other types than the new index's keys stay out of it. */
function fits(table: TableDescription, index: Index, item: Item): boolean {
  if (!isIndexed(index, item)) return false
  return keyNames(index).every((name) => {
    const value = item[name]?.[definedType(table, name)]
    return value !== undefined && value !== ''
  })
}

/** Removes a global index and its entries. */
export async function dropIndex(store: Store, table: Table, name: string): Promise<void> {
  const { description } = table
  findIndex(table, name)
  const rest = (description.GlobalSecondaryIndexes ?? []).filter(
    (index) => index.IndexName !== name,
  )
  if (rest.length > 0) description.GlobalSecondaryIndexes = rest
  else delete description.GlobalSecondaryIndexes
  description.AttributeDefinitions = usedDefinitions(description, description.AttributeDefinitions)
  await store.clear(under(keyOf.index(description, name)))
}

/** Changes the throughput of a global index. */
export function changeIndexThroughput(
  store: Store,
  table: Table,
  { IndexName: name, ProvisionedThroughput: asked }: IndexUpdate['Update'] & {},
): void {
  const index = findIndex(table, name)
  if (asked === undefined) return
  refuseSameThroughput(index.ProvisionedThroughput, asked)
  index.ProvisionedThroughput = changedThroughput(
    index.ProvisionedThroughput,
    asked,
    store.clock.now() / 1000,
  )
}

function findIndex({ description }: Table, name: string): GlobalIndex {
  const found = description.GlobalSecondaryIndexes?.find((index) => index.IndexName === name)
  if (found === undefined) throw notFound('Requested resource not found')
  return found
}

function usedDefinitions(
  table: TableDescription,
  definitions: TableDescription['AttributeDefinitions'],
): TableDescription['AttributeDefinitions'] {
  const used = new Set([table, ...indexesOf(table)].flatMap(keyNames))
  return definitions.filter((entry) => used.has(entry.AttributeName))
}
