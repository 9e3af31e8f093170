import conditionParser from 'dynalite/db/conditionParser.js'
import updateParser from 'dynalite/db/updateParser.js'

// Programs ask with the same few expressions again and again, and only their values change. What an expression parses to is kept,
// by its text, its names and the types of its values; another's values are put in their places. Expressions whose values are looked
// at while they are parsed, and those that are refused, are parsed each time.

/** Expressions that are known, at most. */
const KNOWN_MAX = 1_000

/** The values decide what these parse to. */
const LOOKS_AT_VALUES = /between|attribute_type/i

interface Context {
  readonly attrNames?: Readonly<Record<string, string>>
  readonly attrVals?: Readonly<Record<string, object>>
  readonly isKeyCondition?: boolean
  readonly unusedAttrNames?: Record<string, true>
  readonly unusedAttrVals?: Record<string, true>
}

interface Parsed {
  /** What it parsed to, with a mark in the place of each value. */
  readonly result: unknown
  /** The names of the values that marks stand for. */
  readonly marks: ReadonlyMap<unknown, string>
  readonly usedNames: readonly string[]
  readonly usedVals: readonly string[]
}

interface Parser {
  parse: (expression: string, options: { context: object }) => unknown
}

const remembering = new WeakSet<Parser>()

/** Has the parsers that dynalite's rules go by remember what they have parsed, from the first engine on. */
export function rememberParsing(): void {
  for (const parser of [conditionParser, updateParser] as Parser[]) {
    if (remembering.has(parser)) continue
    remembering.add(parser)
    parser.parse = parseOnce({ parse: parser.parse })
  }
}

/** A parser that remembers what it has parsed. */
export function parseOnce({ parse }: Parser): Parser['parse'] {
  const known = new Map<string, Parsed>()
  return (expression, options) => {
    const context: Context = options.context
    const { attrVals = {}, unusedAttrNames = {}, unusedAttrVals = {} } = context
    const key = keyOf(expression, context)
    const found = known.get(key)
    if (found === undefined) {
      const names = Object.keys(unusedAttrNames)
      const vals = Object.keys(unusedAttrVals)
      const result = parse(expression, options)
      if (typeof result === 'string' || LOOKS_AT_VALUES.test(expression)) return result
      const marks = new Map(Object.entries(attrVals).map(([name, value]) => [value, { name }]))
      if (marks.size < Object.keys(attrVals).length) return result
      if (known.size >= KNOWN_MAX) known.clear()
      known.set(key, {
        result: copied(result, (part) => marks.get(part as object)),
        marks: new Map([...marks.values()].map((mark) => [mark, mark.name])),
        usedNames: names.filter((name) => !Object.hasOwn(unusedAttrNames, name)),
        usedVals: vals.filter((name) => !Object.hasOwn(unusedAttrVals, name)),
      })
      return result
    }
    for (const name of found.usedNames) Reflect.deleteProperty(unusedAttrNames, name)
    for (const name of found.usedVals) Reflect.deleteProperty(unusedAttrVals, name)
    return copied(found.result, (part) => attrVals[found.marks.get(part) ?? ''])
  }
}

/** Text, names, and types of values: what parsing depends on. */
function keyOf(expression: string, context: Context): string {
  const { attrNames = {}, attrVals = {}, isKeyCondition = false } = context
  const types = Object.entries(attrVals).map(([name, value]) => [name, Object.keys(value)])
  return JSON.stringify([expression, isKeyCondition, attrNames, types])
}

/** A deep copy in which some parts are others. */
function copied(part: unknown, other: (part: unknown) => unknown): unknown {
  if (typeof part !== 'object' || part === null) return part
  const found = other(part)
  if (found !== undefined) return found
  if (Array.isArray(part)) return part.map((one: unknown) => copied(one, other))
  const copy = Object.create(Object.getPrototypeOf(part) as object | null) as object
  for (const [name, value] of Object.entries(part)) {
    Object.defineProperty(copy, name, {
      value: copied(value, other),
      writable: true,
      enumerable: true,
      configurable: true,
    })
  }
  return copy
}
