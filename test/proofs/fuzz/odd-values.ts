import type { RequestSchema } from '../../support/openapi.ts'
import type { Chance } from './chance.ts'

/** Marks text that stands in JSON as it is, for what `JSON.stringify` cannot write. */
const RAW_MARK = '\u0001raw:'

/** JSON text to be written as it is. */
export function rawJson(text: string): string {
  return `${RAW_MARK}${text}`
}

/** Writes JSON, with raw texts as they are. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /"\\u0001raw:((?:[^"\\]|\\.)*)"/g,
    (_, text: string) => JSON.parse(`"${text}"`) as string,
  )
}

/** Texts that have broken programs before. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\t\r\n',
  '\0',
  'a\0b',
  '\ud83d',
  '\udc00x',
  '🎭',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u202etfel ot thgir',
  'שלום',
  'e\u0301',
  '\ufeff',
  '\uffff',
  '\u2028',
  'İıẞﬀ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'undefined',
  'null',
  '0',
  '-1',
  '%2F',
  '%00',
  '%',
  '/',
  '../..',
  '.',
  '..',
  '"',
  "' OR '1'='1",
  '\\',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '\r\nX-Injected: yes',
  '#',
  '#pk',
  'E#',
  'S-A-1\n',
  'x'.repeat(255),
  'x'.repeat(256),
  'x'.repeat(10_000),
  '座'.repeat(700),
  '🎭'.repeat(100),
]

const oddNumbers: readonly unknown[] = [
  -0,
  0,
  1,
  -1,
  0.1,
  1.5,
  2 ** 31,
  2 ** 32 + 1,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e21,
  1e308,
  5e-324,
  rawJson('1e400'),
  rawJson('-1e400'),
  rawJson('1.0'),
  rawJson('1E2'),
  rawJson('-0.0'),
  rawJson('9007199254740993'),
  rawJson('0.1000000000000000055511151231257827'),
]

const otherTypes: readonly unknown[] = [
  null,
  true,
  false,
  0,
  7,
  'x',
  '5',
  'true',
  [],
  {},
  ['x'],
  [null],
  [[]],
  { a: 1 },
  { length: 1 },
  { '0': 'x' },
]

/** A value of another type, or a strange one. */
export function anyOddValue(chance: Chance): unknown {
  return chance.pick([chance.pick(otherTypes), chance.pick(oddTexts), chance.pick(oddNumbers)])
}

/** A strange value of any number type. */
export function anyOddNumber(chance: Chance): unknown {
  return chance.pick(oddNumbers)
}

/** Around the nesting that is allowed, and far beyond; an even share of lists and objects. */
export function anyDeepValue(chance: Chance): string {
  const levels = chance.pick([2, 30, 61, 62, 63, 64, 65, 66, 500, 20_000])
  const [open, close] = chance.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"b":', '}]'],
  ])
  return rawJson(`${open.repeat(levels)}0${close.repeat(levels)}`)
}

/** One below, at and one above each limit that the schema tells. */
export function atLimits(schema: RequestSchema, filler: (index: number) => unknown): unknown[] {
  const around = (limit: number | undefined) =>
    limit === undefined ? [] : [limit - 1, limit, limit + 1]
  const counts = (from: number | undefined, to: number | undefined) =>
    [...around(from), ...around(to)].filter((count) => count >= 0)
  const { minimum, exclusiveMinimum, maximum } = schema
  return [
    ...counts(schema.minLength, schema.maxLength).map((length) => 'x'.repeat(length)),
    ...counts(schema.minItems, schema.maxItems).map((length) =>
      Array.from({ length }, (_, index) => filler(index)),
    ),
    ...[minimum, exclusiveMinimum, maximum].flatMap(around),
    ...(schema.enum ?? []).flatMap((value) => [
      value,
      `${String(value)} `,
      String(value).toUpperCase(),
    ]),
    ...(schema.anyOf ?? []).flatMap((inner) => atLimits(inner, filler)),
  ]
}
