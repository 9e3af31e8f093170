import dynalite from 'dynalite/db/index.js'
import conditionParser from 'dynalite/db/conditionParser.js'
import updateParser from 'dynalite/db/updateParser.js'
import { expect, it } from 'vitest'
import { parseOnce } from '../src/expressions/parse-once.ts'

// What is remembered of an expression is what parsing it anew would say, whatever the values are.

const values = [
  { ':a': { S: 'one' }, ':b': { N: '1' }, ':c': { L: [{ S: 'x' }] } },
  { ':a': { S: 'two' }, ':b': { N: '2' }, ':c': { L: [] } },
  { ':a': { N: '3' }, ':b': { S: 'three' }, ':c': { L: [] } },
  { ':a': { S: 'S' }, ':b': { N: '0' }, ':c': { SS: ['a'] } },
  { ':a': { S: 'four' } },
]
const names = [{ '#n': 'name' }, { '#n': 'other' }, { '#n': '__proto__' }, {}]

const conditions = [
  'attribute_not_exists(pk)',
  '#n = :a AND (size(#n) > :b OR NOT contains(list, :a))',
  'begins_with(#n, :a) AND v <= :b',
  'v IN (:a, :b)',
  'v BETWEEN :b AND :a',
  'attribute_type(v, :a)',
  'a.#n[1] = :a AND a.#n[2] <> :a',
  'v = ',
  'name = :a',
]
const updates = [
  'SET #n = :a, v = v + :b REMOVE gone.#n',
  'SET l = list_append(l, :c), w = if_not_exists(w, :b) ADD n :b',
  'DELETE tags :c',
  'SET #n = :a, #n.x = :b',
]

it.each([
  ['condition', conditionParser, conditions],
  ['update', updateParser, updates],
] as const)('a %s parses as if it were parsed for the first time', (_, parser, expressions) => {
  const remembering = { parse: parseOnce({ parse: parser.parse }) }
  for (const round of [1, 2]) {
    for (const expression of expressions) {
      for (const attrNames of names) {
        for (const attrVals of values) {
          const asked = { expression, attrNames, attrVals }
          expect({ round, ...told(remembering, asked) }).toEqual({ round, ...told(parser, asked) })
        }
      }
    }
  }
})

it('what was parsed is not what the next one is given', () => {
  const parse = parseOnce({ parse: conditionParser.parse })
  const ask = () =>
    parse('v = :a', { context: { isReserved: () => false, attrVals: { ':a': { S: 'one' } } } })
  const [first, second] = [ask(), ask()] as { expression: { type: string } }[]
  if (second !== undefined) second.expression.type = 'changed'
  expect(ask()).toEqual(first)
})

interface Asked {
  readonly expression: string
  readonly attrNames: object
  readonly attrVals: object
}

/** The outcome, and what is left unused. */
function told(parser: { parse: typeof conditionParser.parse }, { expression, ...asked }: Asked) {
  const unused = (of: object) => Object.fromEntries(Object.keys(of).map((name) => [name, true]))
  const context = {
    ...asked,
    unusedAttrNames: unused(asked.attrNames),
    unusedAttrVals: unused(asked.attrVals),
    isReserved: (name: string) => name === 'name',
    compare: dynalite.compare,
  }
  const outcome = () => {
    try {
      return parser.parse(expression, { context })
    } catch (error) {
      return String(error)
    }
  }
  return { outcome: outcome(), names: context.unusedAttrNames, vals: context.unusedAttrVals }
}
