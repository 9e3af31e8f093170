import { invalidParameter, validationError } from '../errors.ts'
import { definedType, indexesOf, keyNames, typeOf } from '../items/keys.ts'
import type { AttributeValue, Index, Item, TableDescription } from '../types.ts'

/** Bytes a partition key and a sort key may have. */
export const partitionKeyBytesMax = 2048
export const sortKeyBytesMax = 1024

export const keyMismatch = 'The provided key element does not match the schema'

/** Refuses a key that has other attributes or types than the table's schema. */
export function checkKey(table: TableDescription, key: Item): void {
  const names = keyNames(table)
  if (Object.keys(key).length !== names.length) throw validationError(keyMismatch)
  checkKeyTypes(table, key)
  for (const [at, name] of names.entries()) checkKeyValue(name, key[name] ?? {}, at === 0)
}

/** Refuses an item that lacks a key attribute or has another type in it. */
export function checkKeyTypes(table: TableDescription, item: Item): void {
  for (const name of keyNames(table)) {
    const value = item[name]
    if (value?.[definedType(table, name)] === undefined) throw validationError(keyMismatch)
  }
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

function checkIndexKey(table: TableDescription, index: Index, key: IndexKey): void {
  const type = definedType(table, key.name)
  const fault = (key.by === 'put' ? putFaults : updateFaults)(index, key, type)
  if (key.value[type] === undefined) throw validationError(fault.type)
  if (key.value.S === '' || key.value.B === '') throw validationError(fault.empty, true)
  const max = key.partition ? partitionKeyBytesMax : sortKeyBytesMax
  if (keyBytes(key.value) > max) throw validationError(fault.size)
}

type Faults = (
  index: Index,
  key: IndexKey,
  type: string,
) => Record<'type' | 'empty' | 'size', string>

const notValid = 'One or more parameter values are not valid. '
const invalid = 'One or more parameter values were invalid: '
const emptyKey = (value: AttributeValue) =>
  'The AttributeValue for a key attribute cannot contain an empty ' +
  `${value.S === '' ? 'string' : 'binary'} value.`

const putFaults: Faults = ({ IndexName: index }, { name, value, partition }, type) => ({
  type:
    `${invalid}Type mismatch for Index Key ${name} Expected: ${type} ` +
    `Actual: ${typeOf(value)} IndexName: ${index}`,
  empty:
    `${notValid}A value specified for a secondary index key is not supported. ` +
    `${emptyKey(value)} IndexName: ${index}, IndexKey: ${name}`,
  size: partition ? partitionTooLong : sortTooLong,
})

const updateFaults: Faults = (_, { value }) => ({
  type: 'The update expression attempted to update the secondary index key to unsupported type',
  empty:
    `${notValid}The update expression attempted to update a secondary index key to a value ` +
    `that is not supported. ${emptyKey(value)}`,
  size: 'The update expression attempted to update the secondary index key beyond allowed size limits',
})

const partitionTooLong = `${invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes`
const sortTooLong = `${invalid}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`

/** Refuses a key value that is empty or too long. */
export function checkKeyValue(name: string, value: AttributeValue, partition: boolean): void {
  if (value.S === '' || value.B === '') {
    throw validationError(`${notValid}${emptyKey(value)} Key: ${name}`, true)
  }
  const size = keyBytes(value)
  if (partition && size > partitionKeyBytesMax) throw validationError(partitionTooLong)
  if (!partition && size > sortKeyBytesMax) throw validationError(sortTooLong)
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
