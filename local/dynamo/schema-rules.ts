import { invalidParameter, validationError } from './errors.ts'
import { definedType, indexesOf, keyNames, typeOf } from './keys.ts'
import type { AttributeValue, Index, Item, TableDescription } from './types.ts'

/** Bytes a partition key and a sort key may have. */
export const partitionKeyBytesMax = 2048
export const sortKeyBytesMax = 1024

export const keyMismatch = 'The provided key element does not match the schema'

/** Refuses a key that has other attributes or types than the table's schema. */
export function checkKey(table: TableDescription, key: Item): void {
  const names = keyNames(table)
  if (Object.keys(key).length !== names.length) throw validationError(keyMismatch)
  for (const name of names) {
    const value = key[name]
    if (value?.[definedType(table, name)] === undefined) throw validationError(keyMismatch)
  }
  for (const [at, name] of names.entries()) checkKeyValue(name, key[name] ?? {}, at === 0)
}

/** Refuses an item without its key, or with a wrong type for a key of the table or of an index. */
export function checkItem(table: TableDescription, item: Item): void {
  for (const [at, name] of keyNames(table).entries()) {
    const value = item[name]
    const type = definedType(table, name)
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`)
    if (value[type] === undefined) {
      throw invalidParameter(
        `Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`,
      )
    }
    checkKeyValue(name, value, at === 0)
  }
  checkIndexKeys(table, item, 'put')
}

/** Refuses values of index keys that the index cannot hold. */
export function checkIndexKeys(table: TableDescription, item: Item, by: 'put' | 'update'): void {
  for (const index of indexesOf(table)) {
    for (const [at, name] of keyNames(index).entries()) {
      const value = item[name]
      if (value !== undefined && !keyNames(table).includes(name)) {
        checkIndexKey(table, index, { name, value, partition: at === 0, by })
      }
    }
  }
}

interface IndexKey {
  name: string
  value: AttributeValue
  partition: boolean
  by: 'put' | 'update'
}

function checkIndexKey(
  table: TableDescription,
  index: Index,
  { name, value, partition, by }: IndexKey,
): void {
  const type = definedType(table, name)
  if (value[type] === undefined) {
    throw invalidParameter(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} ` +
        `IndexName: ${index.IndexName}`,
    )
  }
  if (value.S === '' || value.B === '') {
    const word = value.S === '' ? 'string' : 'binary'
    throw validationError(
      by === 'put'
        ? 'One or more parameter values are not valid. A value specified for a secondary index ' +
            `key is not supported. The AttributeValue for a key attribute cannot contain an empty ${word} value. ` +
            `IndexName: ${index.IndexName}, IndexKey: ${name}`
        : 'One or more parameter values are not valid. The update expression attempted to update ' +
            'a secondary index key to a value that is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${word} value.`,
    )
  }
  const max = partition ? partitionKeyBytesMax : sortKeyBytesMax
  if (keyBytes(value) > max) {
    throw invalidParameter(
      'Size of ' +
        (partition ? 'hashkey' : 'rangekey') +
        ` has exceeded the maximum size limit of ${max} bytes`,
    )
  }
}

/** Refuses a key value that is empty or too long. */
export function checkKeyValue(name: string, value: AttributeValue, partition: boolean): void {
  if (value.S === '' || value.B === '') {
    const word = value.S === '' ? 'string' : 'binary'
    throw validationError(
      'One or more parameter values are not valid. The AttributeValue for a key attribute ' +
        `cannot contain an empty ${word} value. Key: ${name}`,
    )
  }
  const size = keyBytes(value)
  if (partition && size > partitionKeyBytesMax) {
    throw invalidParameter('Size of hashkey has exceeded the maximum size limit of2048 bytes')
  }
  if (!partition && size > sortKeyBytesMax) {
    throw invalidParameter(
      'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    )
  }
}

/** Refuses paths into a key attribute of the table or of an index. */
export function checkNestedPaths(table: TableDescription, nested: object | undefined): void {
  if (nested === undefined) return
  const lead =
    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
  for (const name of keyNames(table)) {
    if (name in nested) throw validationError(`${lead}Key: ${name}`)
  }
  for (const name of indexesOf(table).flatMap(keyNames)) {
    if (name in nested) throw validationError(`${lead}IndexKey: ${name}`)
  }
}

function keyBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  return value.B === undefined ? 0 : Buffer.byteLength(value.B, 'base64')
}
