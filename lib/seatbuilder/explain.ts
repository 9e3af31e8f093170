import type { SchemaIssue } from '../http/surface.ts'

/** The words that SeatBuilder has for a refused value: the default texts of the Zod v3 validator. */
export function explain(issue: SchemaIssue): string | undefined {
  if (issue.code === 'invalid_type') return explainType(issue)
  if (issue.code === 'too_small') return explainBound(issue, 'small')
  if (issue.code === 'too_big') return explainBound(issue, 'big')
  return issue.code === 'invalid_value' ? explainChoice(issue) : undefined
}

function explainType({ input, expected }: SchemaIssue): string {
  if (input === undefined) return 'Required'
  const wanted = expected === 'int' ? 'integer' : (expected ?? 'another type')
  return `Expected ${wanted}, received ${typeName(input, wanted)}`
}

function typeName(input: unknown, wanted: string): string {
  if (input === null) return 'null'
  if (Array.isArray(input)) return 'array'
  if (wanted === 'integer' && typeof input === 'number') return 'float'
  return typeof input
}

const nouns: Readonly<Record<string, string>> = {
  string: 'String must contain',
  array: 'Array must contain',
}

const units: Readonly<Record<string, string>> = {
  string: 'character(s)',
  array: 'element(s)',
}

function explainBound(issue: SchemaIssue, side: 'small' | 'big'): string {
  const { origin = '', inclusive = true } = issue
  const bound = String(side === 'small' ? issue.minimum : issue.maximum)
  const noun = nouns[origin]
  if (noun !== undefined) {
    return `${noun} at ${side === 'small' ? 'least' : 'most'} ${bound} ${units[origin] ?? ''}`
  }
  const comparison = side === 'small' ? 'greater than' : 'less than'
  return `Number must be ${comparison}${inclusive ? ' or equal to' : ''} ${bound}`
}

function explainChoice({ values = [], input }: SchemaIssue): string {
  if (input === undefined) return 'Required'
  const choices = values.map((value) => `'${String(value)}'`).join(' | ')
  if (typeof input !== 'string') return `Expected ${choices}, received ${typeName(input, '')}`
  return `Invalid enum value. Expected ${choices}, received '${input}'`
}
