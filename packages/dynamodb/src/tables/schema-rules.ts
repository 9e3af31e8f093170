import { invalidParameter, validationError } from '../errors.ts'
import { definedType, keyNames, typeOf } from '../items/keys.ts'
import type { AttributeValue, Item, TableDescription } from '../types.ts'

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

/** Refuses an item without its key, or with a wrong type in it. */
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
}

const notValid = 'One or more parameter values are not valid. '
const invalid = 'One or more parameter values were invalid: '
const partitionTooLong = `${invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes`
const sortTooLong = `${invalid}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`

/** Refuses a key value that is empty or too long. */
export function checkKeyValue(name: string, value: AttributeValue, partition: boolean): void {
  if (value.S === '' || value.B === '') {
    const what = value.S === '' ? 'string' : 'binary'
    throw validationError(
      `${notValid}The AttributeValue for a key attribute cannot contain an empty ${what} value. Key: ${name}`,
      true,
    )
  }
  const size = keyBytes(value)
  if (partition && size > partitionKeyBytesMax) throw validationError(partitionTooLong)
  if (!partition && size > sortKeyBytesMax) throw validationError(sortTooLong)
}

/** Refuses paths into a key attribute of the table. */
export function checkNestedPaths(table: TableDescription, nested: object | undefined): void {
  if (nested === undefined) return
  const lead =
    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
  for (const name of keyNames(table)) {
    if (name in nested) throw validationError(`${lead}Key: ${name}`)
  }
}

function keyBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  return value.B === undefined ? 0 : Buffer.byteLength(value.B, 'base64')
}
