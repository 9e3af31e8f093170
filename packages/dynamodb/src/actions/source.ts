import { validationError } from '../errors.ts'
import { definedType, keyNames } from '../items/keys.ts'
import { positionNames, selectedHeads } from './page.ts'
import type { PageRequest, Source } from './page.ts'
import { checkKey, checkNestedPaths } from '../tables/schema-rules.ts'
import { ApiError } from '../errors.ts'
import { requireTable } from '../store.ts'
import type { Store } from '../store.ts'
import { keyOfItem } from '../items/keys.ts'
import type { Item } from '../types.ts'

/** Finds what a Query or Scan reads; refuses an index that is missing or cannot answer. */
export function findSource(store: Store, request: PageRequest): Source {
  const table = requireTable(store, request.TableName)
  const { description } = table
  const { IndexName: name } = request
  if (name === undefined) return { table, global: false }
  const global = description.GlobalSecondaryIndexes?.find((index) => index.IndexName === name)
  const local = description.LocalSecondaryIndexes?.find((index) => index.IndexName === name)
  const index = global ?? local
  if (index === undefined) {
    throw validationError(`The table does not have the specified index: ${name}`)
  }
  if (global !== undefined && request.ConsistentRead === true) {
    throw validationError('Consistent reads are not supported on global secondary indexes')
  }
  return { table, index, global: global !== undefined }
}

/** Refuses to read from a global index what it does not hold. */
export function checkSelection(request: PageRequest, { table, index, global }: Source): void {
  checkNestedPaths(table.description, request._projection?.nestedPaths)
  checkNestedPaths(table.description, request._filter?.nestedPaths)
  if (index === undefined || !global || index.Projection.ProjectionType === 'ALL') return
  const lead = 'One or more parameter values were invalid: '
  if (request.Select === 'ALL_ATTRIBUTES') {
    throw validationError(
      `${lead}Select type ALL_ATTRIBUTES is not supported for global secondary index ` +
        `${index.IndexName} because its projection type is not ALL`,
    )
  }
  const held = [
    ...positionNames({ table, index, global }),
    ...(index.Projection.NonKeyAttributes ?? []),
  ]
  const absent = (selectedHeads(request) ?? []).filter((head) => !held.includes(head))
  if (absent.length > 0) {
    throw validationError(
      `${lead}Global secondary index ${index.IndexName} does not project [${absent.join(', ')}]`,
    )
  }
}

/** Refuses a start key that is not a position in the source. */
export function checkStartKey(source: Source, start: Item | undefined): void {
  if (start === undefined) return
  const { table, index } = source
  const { description } = table
  const invalid = 'The provided starting key is invalid'
  if (Object.keys(start).length !== positionNames(source).length) {
    throw validationError(
      index === undefined
        ? `${invalid}: The provided key element does not match the schema`
        : invalid,
    )
  }
  if (index !== undefined) {
    for (const name of keyNames(index)) {
      const value = start[name]
      if (value === undefined) throw validationError(invalid)
      if (value[definedType(description, name)] === undefined) {
        throw validationError('The provided key element does not match the schema')
      }
    }
  }
  try {
    checkKey(description, keyOfItem(description, start))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw validationError(`${invalid}: ${String(error.body['message'])}`)
  }
}
