import { validationError } from '../errors.ts'
import type { Condition, Section } from '../expressions/expressions.ts'
import { typeOf } from '../items/keys.ts'
import { malformed, readTokens } from './partiql-tokens.ts'
import type { Reader } from './partiql-tokens.ts'
import { isLiteral, readLiteral, readMany, readName, readOperand } from './partiql-values.ts'
import { readPath, readValue } from './partiql-values.ts'
import type { Source } from './partiql-values.ts'
import type { AttributeValue, Item } from '../types.ts'

export type Returning = 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW'

export type Statement =
  | { kind: 'insert'; table: string; item: Item }
  | { kind: 'update'; table: string; sections: Section[]; where: Condition; returning?: Returning }
  | { kind: 'delete'; table: string; where: Condition; returning?: Returning }

/** Reads a PartiQL statement that writes; its question marks stand for the parameters, all of them, in order. */
export function parseStatement(
  text: string,
  parameters: readonly AttributeValue[] = [],
): Statement {
  const reader = readTokens(text)
  let used = 0
  const source: Source = {
    reader,
    parameter() {
      const value = parameters[used]
      used += 1
      if (value === undefined) throw validationError(wrongCount)
      return structuredClone(value)
    },
  }
  const statement = readStatement(source)
  reader.take(';')
  if (reader.peek().kind !== 'end') throw malformed(`unexpected token ${reader.peek().text}`)
  if (used !== parameters.length) throw validationError(wrongCount)
  return statement
}

const wrongCount = "Number of parameters in request and statement don't match."

function readStatement(source: Source): Statement {
  const { reader } = source
  if (reader.take('SELECT')) throw validationError('SELECT statements are not served here.')
  if (reader.take('INSERT', 'INTO')) return readInsert(source)
  if (reader.take('UPDATE')) return readUpdate(source)
  if (reader.take('DELETE', 'FROM')) {
    const table = readName(source)
    reader.expect('WHERE')
    const where = readCondition(source)
    return { kind: 'delete', table, where, ...readReturning(reader) }
  }
  throw malformed(`unexpected token ${reader.peek().text}`)
}

function readInsert(source: Source): Statement {
  const table = readName(source)
  source.reader.expect('VALUE')
  const value = readLiteral(source)
  if (value.M === undefined) throw malformed('expected a tuple after VALUE')
  return { kind: 'insert', table, item: value.M }
}

function readUpdate(source: Source): Statement {
  const { reader } = source
  const table = readName(source)
  const sections: Section[] = []
  for (;;) {
    if (reader.take('SET')) {
      do sections.push(readSet(source))
      while (reader.take(','))
    } else if (reader.take('REMOVE')) {
      do sections.push({ type: 'remove', path: readPath(source) })
      while (reader.take(','))
    } else break
  }
  if (sections.length === 0) throw malformed('expected SET or REMOVE')
  reader.expect('WHERE')
  const where = readCondition(source)
  return { kind: 'update', table, sections, where, ...readReturning(reader) }
}

function readSet(source: Source): Section {
  const { reader } = source
  const path = readPath(source)
  reader.expect('=')
  const change = reader.take('SET_ADD', '(')
    ? 'add'
    : reader.take('SET_DELETE', '(')
      ? 'delete'
      : undefined
  if (change === undefined) {
    const val = readValue(source)
    return { type: 'set', path, val, ...(isLiteral(val) && { attrType: typeOf(val) }) }
  }
  readPath(source)
  reader.expect(',')
  const val = readLiteral(source)
  reader.expect(')')
  return { type: change, path, val, attrType: typeOf(val) }
}

function readReturning(reader: Reader): { returning?: Returning } {
  if (!reader.take('RETURNING')) return {}
  const which = reader.take('ALL') ? 'ALL' : 'UPDATED'
  if (which === 'UPDATED') reader.expect('MODIFIED')
  const when = reader.take('OLD') ? 'OLD' : 'NEW'
  if (when === 'NEW') reader.expect('NEW')
  reader.expect('*')
  return { returning: `${which}_${when}` }
}

function readCondition(source: Source): Condition {
  const args = [readAll(source)]
  while (source.reader.take('OR')) args.push(readAll(source))
  const [only] = args
  return args.length === 1 && only !== undefined ? only : { type: 'or', args }
}

function readAll(source: Source): Condition {
  const args = [readPart(source)]
  while (source.reader.take('AND')) args.push(readPart(source))
  const [only] = args
  return args.length === 1 && only !== undefined ? only : { type: 'and', args }
}

const functions = ['BEGINS_WITH', 'CONTAINS', 'ATTRIBUTE_TYPE']

function readPart(source: Source): Condition {
  const { reader } = source
  if (reader.take('NOT')) return { type: 'not', args: [readPart(source)] }
  if (reader.take('(')) {
    const inner = readCondition(source)
    reader.expect(')')
    return inner
  }
  const name = functions.find((word) => reader.take(word, '('))
  if (name !== undefined) {
    // The documentation writes some of the names of attributes in them as texts.
    const first = readOperand(source)
    reader.expect(',')
    const args = [first, readOperand(source)]
    reader.expect(')')
    return { type: 'function', name: name.toLowerCase(), args }
  }
  return readComparison(source)
}

const comparators = ['=', '<>', '<=', '>=', '<', '>'] as const

function readComparison(source: Source): Condition {
  const { reader } = source
  const left = readOperand(source)
  if (reader.take('BETWEEN')) {
    const low = readOperand(source)
    reader.expect('AND')
    return { type: 'between', args: [left, low, readOperand(source)] }
  }
  if (reader.take('IN')) {
    const close = reader.take('(') ? ')' : ']'
    if (close === ']') reader.expect('[')
    return { type: 'in', args: [left, ...readMany(source, close)] }
  }
  if (reader.take('IS')) {
    const not = reader.take('NOT')
    if (reader.take('MISSING')) {
      const name = not ? 'attribute_exists' : 'attribute_not_exists'
      return { type: 'function', name, args: [left] }
    }
    reader.expect('NULL')
    const isNull: Condition = {
      type: 'function',
      name: 'attribute_type',
      args: [left, { S: 'NULL' }],
    }
    return not ? { type: 'not', args: [isNull] } : isNull
  }
  const type = reader.take('!=') ? '<>' : comparators.find((symbol) => reader.take(symbol))
  if (type === undefined) throw malformed(`unexpected token ${reader.peek().text}`)
  return { type, args: [left, readOperand(source)] }
}
