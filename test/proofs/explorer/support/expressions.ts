import type { Item } from '../../../../lib/store/table/items.ts'

// The expressions that the store sends, and no more: comparisons with a value, `IN`, three functions, AND, OR and brackets;
// updates that set attributes to values or remove them. Each text is read once.

/** What an expression may name: values, and aliases of attributes. */
export interface Names {
  readonly values: Item
  readonly aliases: Readonly<Record<string, string>>
}

export type Test = (item: Item | undefined, names: Names) => boolean
export type Update = (item: Item, names: Names) => Item

const tests = new Map<string, Test>()
const updates = new Map<string, Update>()

/** Reads a condition; throws on what the store does not use. */
export function conditionOf(text: string): Test {
  const known = tests.get(text)
  if (known !== undefined) return known
  const words = wordsOf(text)
  const test = readOr(words)
  if (words.length > 0) throw new Error(`Cannot read the condition ${text}`)
  tests.set(text, test)
  return test
}

/** Reads an update; throws on what the store does not use. */
export function updateOf(text: string): Update {
  const known = updates.get(text)
  if (known !== undefined) return known
  const words = wordsOf(text)
  const steps: Update[] = []
  while (words.length > 0) {
    const verb = take(words)
    do steps.push(readStep(words, verb))
    while (skip(words, ','))
  }
  const update: Update = (item, names) => steps.reduce((left, step) => step(left, names), item)
  updates.set(text, update)
  return update
}

function wordsOf(text: string): string[] {
  return text.match(/[:#]?\w+|<=|>=|<>|[<>=(),]/g) ?? []
}

function take(words: string[]): string {
  const word = words.shift()
  if (word === undefined) throw new Error('An expression ends too early')
  return word
}

function skip(words: string[], word: string): boolean {
  if (words[0] !== word) return false
  words.shift()
  return true
}

function expect(words: string[], word: string): void {
  if (!skip(words, word)) throw new Error(`An expression has ${words[0] ?? 'no more'}, not ${word}`)
}

function readOr(words: string[]): Test {
  const parts = [readAnd(words)]
  while (skip(words, 'OR')) parts.push(readAnd(words))
  return (item, names) => parts.some((part) => part(item, names))
}

function readAnd(words: string[]): Test {
  const parts = [readOne(words)]
  while (skip(words, 'AND')) parts.push(readOne(words))
  return (item, names) => parts.every((part) => part(item, names))
}

function readOne(words: string[]): Test {
  if (skip(words, '(')) {
    const inner = readOr(words)
    expect(words, ')')
    return inner
  }
  const word = take(words)
  if (skip(words, '(')) return readFunction(word, words)
  if (skip(words, 'IN')) {
    const values = readList(words)
    return (item, names) =>
      values.some((value) => compare(attribute(item, word, names), '=', names.values[value]))
  }
  const sign = take(words)
  const value = take(words)
  return (item, names) => compare(attribute(item, word, names), sign, names.values[value])
}

function readFunction(name: string, words: string[]): Test {
  const path = take(words)
  const prefix = skip(words, ',') ? take(words) : undefined
  expect(words, ')')
  switch (name) {
    case 'attribute_exists':
      return (item, names) => attribute(item, path, names) !== undefined
    case 'attribute_not_exists':
      return (item, names) => attribute(item, path, names) === undefined
    case 'begins_with':
      return (item, names) => {
        const value = attribute(item, path, names)
        return typeof value === 'string' && value.startsWith(String(names.values[prefix ?? '']))
      }
    default:
      throw new Error(`Cannot read the function ${name}`)
  }
}

function readList(words: string[]): string[] {
  expect(words, '(')
  const values: string[] = []
  do values.push(take(words))
  while (skip(words, ','))
  expect(words, ')')
  return values
}

function attribute(item: Item | undefined, path: string, { aliases }: Names): unknown {
  return item?.[aliases[path] ?? path]
}

/** False where the attribute is missing or of another type, as in DynamoDB; `<>` is not used on those. */
function compare(left: unknown, sign: string, right: unknown): boolean {
  if (typeof left !== typeof right) return false
  if (typeof left !== 'number' && typeof left !== 'string') return false
  const other = right as typeof left
  switch (sign) {
    case '=':
      return left === other
    case '<>':
      return left !== other
    case '<':
      return left < other
    case '<=':
      return left <= other
    case '>':
      return left > other
    case '>=':
      return left >= other
    default:
      throw new Error(`Cannot read the comparison ${sign}`)
  }
}

function readSet(words: string[]): Update {
  const path = take(words)
  expect(words, '=')
  const value = take(words)
  return (item, { values, aliases }) => ({
    ...item,
    [aliases[path] ?? path]: values[value] as unknown,
  })
}

function readStep(words: string[], verb: string): Update {
  switch (verb) {
    case 'SET':
      return readSet(words)
    case 'ADD':
      return readAdd(words)
    case 'REMOVE':
      return readRemove(words)
    default:
      throw new Error(`Cannot read the update ${verb}`)
  }
}

function readAdd(words: string[]): Update {
  const path = take(words)
  const value = take(words)
  return (item, { values, aliases }) => {
    const name = aliases[path] ?? path
    return { ...item, [name]: Number(item[name] ?? 0) + Number(values[value]) }
  }
}

function readRemove(words: string[]): Update {
  const path = take(words)
  return (item, { aliases }) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => name !== (aliases[path] ?? path)))
}
