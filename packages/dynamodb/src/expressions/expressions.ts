import type { AttributeValue } from '../types.ts'

/** A path into a document: names and list positions. */
export type Path = (string | number)[]

export interface Call {
  type: 'function'
  name: string
  args: Operand[]
}

export type Operand = Path | AttributeValue | Call

/** A parsed condition, as dynalite's parser writes it. */
export type Condition =
  | { type: 'and' | 'or' | 'not'; args: Condition[] }
  | { type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in'; args: Operand[] }
  | Call

export interface Arithmetic {
  type: 'add' | 'subtract'
  args: Value[]
}

/** The right side of a SET: a path, a literal, a function or a sum. */
export type Value = Operand | Arithmetic

export type Section =
  | { type: 'set'; path: Path; val: Value; attrType?: string }
  | { type: 'remove'; path: Path }
  | { type: 'add' | 'delete'; path: Path; val: AttributeValue; attrType: string }

/** What the parsers leave on a validated request. */
export interface Expressions {
  _condition?: { expression: Condition; nestedPaths: object; pathHeads: object }
  _filter?: { expression: Condition; nestedPaths: object; pathHeads: object }
  _projection?: { paths: Path[]; nestedPaths: object }
  _updates?: { sections: Section[]; paths: Path[]; nestedPaths: object }
}

/** Whether an operand is a path. */
export function isPath(operand: Value): operand is Path {
  return Array.isArray(operand)
}

/** Whether an operand is a function call. */
export function isCall(operand: Exclude<Value, Path>): operand is Call {
  return 'type' in operand && operand.type === 'function'
}

/** Whether a right side is a sum or a difference. */
export function isArithmetic(value: Exclude<Value, Path>): value is Arithmetic {
  return 'type' in value && (value.type === 'add' || value.type === 'subtract')
}

/** What the caller wrote, without what parsing added. */
export function asWritten(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([name]) => !name.startsWith('_')))
}
