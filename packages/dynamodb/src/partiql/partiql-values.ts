import validations from 'dynalite/validations/index.js'
import { validationError } from '../errors.ts'
import { isPath } from '../expressions/expressions.ts'
import type { Operand, Path, Value } from '../expressions/expressions.ts'
import { malformed } from './partiql-tokens.ts'
import type { Reader } from './partiql-tokens.ts'
import type { AttributeValue, Item } from '../types.ts'

/** A statement being read, with the values of its question marks. */
export interface Source {
  reader: Reader
  parameter(): AttributeValue
}

/** A name: a word, or anything in double quotes. */
export function readName({ reader }: Source): string {
  const { kind, text } = reader.next()
  if (kind !== 'word' && kind !== 'quoted') throw malformed(`unexpected token ${text}`)
  return text
}

/** A path: names after dots, positions in brackets. */
export function readPath(source: Source): Path {
  const { reader } = source
  const path: Path = [readName(source)]
  for (;;) {
    if (reader.take('.')) path.push(readName(source))
    else if (reader.take('[')) {
      const { kind, text } = reader.next()
      if (kind !== 'number' && kind !== 'text') throw malformed(`unexpected token ${text}`)
      path.push(kind === 'number' ? Number(text) : text)
      reader.expect(']')
    } else return path
  }
}

/** A literal or a parameter. */
export function readLiteral(source: Source): AttributeValue {
  const value = plainLiteral(source)
  const fault = validations.validateAttributeValue(value)
  if (fault !== undefined) throw validationError(fault)
  return value
}

function plainLiteral(source: Source): AttributeValue {
  const { reader } = source
  if (reader.take('?')) return source.parameter()
  if (reader.take('NULL')) return { NULL: true }
  if (reader.take('TRUE')) return { BOOL: true }
  if (reader.take('FALSE')) return { BOOL: false }
  if (reader.take('-')) return { N: `-${reader.next().text}` }
  if (reader.take('[')) return { L: readMany(source, ']') }
  if (reader.take('{')) return { M: readMap(source) }
  if (reader.take('<<')) return setOf(readMany(source, '>>'))
  const { kind, text } = reader.next()
  if (kind === 'number') return { N: text }
  if (kind === 'text') return { S: text }
  throw malformed(`unexpected token ${text}`)
}

/** Literals up to a closing symbol. */
export function readMany(source: Source, close: string): AttributeValue[] {
  const values: AttributeValue[] = []
  while (!source.reader.take(close)) {
    if (values.length > 0) source.reader.expect(',')
    values.push(readLiteral(source))
  }
  return values
}

function readMap(source: Source): Item {
  const { reader } = source
  const entries: [string, AttributeValue][] = []
  while (!reader.take('}')) {
    if (entries.length > 0) reader.expect(',')
    const { kind, text } = reader.next()
    if (kind !== 'text' && kind !== 'quoted') throw malformed(`unexpected token ${text}`)
    reader.expect(':')
    entries.push([text, readLiteral(source)])
  }
  return Object.fromEntries(entries)
}

function setOf(values: readonly AttributeValue[]): AttributeValue {
  const texts = values.flatMap((value) => value.S ?? [])
  if (texts.length === values.length) return { SS: texts }
  const numbers = values.flatMap((value) => value.N ?? [])
  if (numbers.length === values.length) return { NS: numbers }
  const binaries = values.flatMap((value) => value.B ?? [])
  if (binaries.length === values.length) return { BS: binaries }
  throw validationError(
    'Only String, Number or Binary values are allowed in a set, all of one type',
  )
}

const literalWords = ['NULL', 'TRUE', 'FALSE']

/** A path, size() of one, or a literal. */
export function readOperand(source: Source): Operand {
  const { reader } = source
  if (reader.take('SIZE', '(')) {
    const args = [readPath(source)]
    reader.expect(')')
    return { type: 'function', name: 'size', args }
  }
  const { kind, text } = reader.peek()
  const isName =
    kind === 'quoted' || (kind === 'word' && !literalWords.includes(text.toUpperCase()))
  return isName ? readPath(source) : readLiteral(source)
}

/** The right side of a SET: an operand, a function of lists, or a sum. */
export function readValue(source: Source): Value {
  const { reader } = source
  const name = ['LIST_APPEND', 'IF_NOT_EXISTS'].find((word) => reader.take(word, '('))
  if (name !== undefined) {
    const args = [readOperand(source)]
    reader.expect(',')
    args.push(readOperand(source))
    reader.expect(')')
    return { type: 'function', name: name.toLowerCase(), args }
  }
  const left = readOperand(source)
  if (reader.take('+')) return { type: 'add', args: [left, readOperand(source)] }
  if (reader.take('-')) return { type: 'subtract', args: [left, readOperand(source)] }
  return left
}

/** Whether an operand is a literal. */
export function isLiteral(value: Value): value is AttributeValue {
  return !isPath(value) && !('type' in value)
}
