import { BlockList, isIP } from 'node:net'
import { PatternError } from './pattern-error.ts'
import { wildcardMatcher } from './wildcard.ts'

/** Whether a value is what a pattern asks for. */
export type Matcher = (value: unknown) => boolean

type Fields = Readonly<Record<string, unknown>>

/** Alternatives of which one must hold, at any depth. */
const OR = '$or'

/**
 * Reads an event pattern; refuses what EventBridge refuses. All fields of the pattern must match; of a field's list, one entry;
 * of an array in the event, one element.
 */
export function readPattern(text: string): Matcher {
  const pattern = parse(text)
  if (!isFields(pattern)) throw new PatternError('Filter is not an object')
  return fieldsMatcher(pattern)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new PatternError('Filter is not valid JSON')
  }
}

function fieldsMatcher(pattern: Fields): Matcher {
  const names = Object.keys(pattern)
  if (names.length === 0) throw new PatternError('Empty objects are not allowed')
  const parts = names.map((name) => fieldMatcher(name, pattern[name]))
  return (value) => {
    if (Array.isArray(value)) {
      return value.some((element) => parts.every((matches) => matches(element)))
    }
    return parts.every((matches) => matches(value))
  }
}

function fieldMatcher(name: string, wanted: unknown): Matcher {
  const alternatives = name === OR ? asAlternatives(wanted) : undefined
  if (alternatives !== undefined) {
    const matchers = alternatives.map(fieldsMatcher)
    return (value) => matchers.some((matches) => matches(value))
  }
  const matcher = isFields(wanted) ? fieldsMatcher(wanted) : leafMatcher(name, wanted)
  return (value) => matcher(isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined)
}

/** Anything else under that name is a field that happens to be called so. */
function asAlternatives(wanted: unknown): Fields[] | undefined {
  if (!Array.isArray(wanted) || wanted.length < 2) return undefined
  const isEach = wanted.every((one) => isFields(one) && !isOperator(one))
  return isEach ? (wanted as Fields[]) : undefined
}

function isOperator(fields: Fields): boolean {
  return Object.keys(fields).some((name) => Object.hasOwn(operators, name))
}

function leafMatcher(name: string, wanted: unknown): Matcher {
  if (!Array.isArray(wanted)) {
    throw new PatternError(`"${name}" must be an object or an array`)
  }
  if (wanted.length === 0) throw new PatternError('Empty arrays are not allowed')
  const matchers = wanted.map(valueMatcher)
  return (value) => {
    const leaves = leavesOf(value)
    const seen = leaves.length === 0 ? [undefined] : leaves
    return matchers.some((matches) => seen.some(matches))
  }
}

/** What of a value stands at a leaf: an array's elements, and nothing where there are fields further below. */
function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf)
  return value === undefined || isFields(value) ? [] : [value]
}

function valueMatcher(wanted: unknown): Matcher {
  if (Array.isArray(wanted)) {
    throw new PatternError('Match value must be String, number, true, false, or null')
  }
  if (!isFields(wanted)) return (value) => value === wanted
  const [name, ...others] = Object.keys(wanted)
  if (name === undefined || others.length > 0) {
    throw new PatternError('Only one key allowed in match expression')
  }
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined
  if (read === undefined) throw new PatternError(`Unrecognized match type ${name}`)
  return read(wanted[name])
}

/** Each comparison, by its name in a pattern. A field that is missing is seen as undefined. */
const operators: Readonly<Record<string, (wanted: unknown) => Matcher>> = {
  exists(wanted) {
    if (typeof wanted !== 'boolean') {
      throw new PatternError('exists match pattern must be either true or false.')
    }
    return (value) => (value !== undefined) === wanted
  },
  prefix: (wanted) => edgeMatcher('prefix', wanted),
  suffix: (wanted) => edgeMatcher('suffix', wanted),
  'equals-ignore-case': (wanted) => {
    const text = textOf('equals-ignore-case', wanted).toLowerCase()
    return (value) => typeof value === 'string' && value.toLowerCase() === text
  },
  wildcard: (wanted) => {
    const matches = wildcardMatcher(textOf('wildcard', wanted))
    return (value) => typeof value === 'string' && matches(value)
  },
  numeric: numericMatcher,
  cidr: cidrMatcher,
  'anything-but': (wanted) => {
    const matches = butMatcher(wanted)
    return (value) => value !== undefined && !matches(value)
  },
}

/** Names of the comparisons that `anything-but` can turn round. */
const TURNED = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard']

function butMatcher(wanted: unknown): Matcher {
  if (!isFields(wanted)) return anyOf(wanted)
  const [name = '', ...others] = Object.keys(wanted)
  const read = TURNED.includes(name) && others.length === 0 ? operators[name] : undefined
  if (read === undefined) {
    throw new PatternError(`Unsupported anything-but pattern: ${Object.keys(wanted).join()}`)
  }
  const given = wanted[name]
  const values = Array.isArray(given) ? (given as unknown[]) : [given]
  if (values.length === 0 || values.includes('')) {
    throw new PatternError(`Null or empty ${name} is not allowed in anything-but`)
  }
  const matchers = values.map(read)
  return (value) => matchers.some((matches) => matches(value))
}

function anyOf(wanted: unknown): Matcher {
  const values = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]
  const [type, ...otherTypes] = new Set(values.map((value) => typeof value))
  if (otherTypes.length > 0 || (type !== 'string' && type !== 'number')) {
    throw new PatternError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    )
  }
  return (value) => values.includes(value)
}

function edgeMatcher(edge: 'prefix' | 'suffix', wanted: unknown): Matcher {
  const ignoresCase = isFields(wanted)
  if (ignoresCase && Object.keys(wanted).join() !== 'equals-ignore-case') {
    throw new PatternError(`Unsupported ${edge} pattern: ${Object.keys(wanted).join()}`)
  }
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text)
  const text = fold(textOf(edge, ignoresCase ? wanted['equals-ignore-case'] : wanted))
  return edge === 'prefix'
    ? (value) => typeof value === 'string' && fold(value).startsWith(text)
    : (value) => typeof value === 'string' && fold(value).endsWith(text)
}

function textOf(name: string, wanted: unknown): string {
  if (typeof wanted !== 'string') {
    throw new PatternError(`${name} match pattern must be a string`)
  }
  return wanted
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

/** One comparison, or a lower bound and then an upper one. */
function numericMatcher(wanted: unknown): Matcher {
  const parts = Array.isArray(wanted) ? (wanted as unknown[]) : []
  const signs = parts.filter((_, at) => at % 2 === 0)
  const bounds = parts.filter((_, at) => at % 2 === 1)
  const isRange = /^>=? <=?$/.test(signs.join(' ')) && Number(bounds[0]) < Number(bounds[1])
  const isOne = signs.length === 1 && Object.hasOwn(comparisons, String(signs[0]))
  if ((!isOne && !isRange) || bounds.length !== signs.length) {
    throw new PatternError('Value of numeric must be an array of comparisons and numbers')
  }
  const tests = signs.map((sign, at) => {
    const [compare, bound] = [comparisons[String(sign)], bounds[at]]
    if (compare === undefined || typeof bound !== 'number') {
      throw new PatternError('Value of comparisons must be numeric')
    }
    return (value: number) => compare(value, bound)
  })
  return (value) => typeof value === 'number' && tests.every((test) => test(value))
}

function cidrMatcher(wanted: unknown): Matcher {
  const [, network = '', bits = ''] = /^([^/]+)\/(\d+)$/.exec(textOf('cidr', wanted)) ?? []
  const family = isIP(network)
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) {
    throw new PatternError('Malformed CIDR, one "/" and an address needed')
  }
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  return (value) =>
    typeof value === 'string' &&
    isIP(value) !== 0 &&
    list.check(value, isIP(value) === 4 ? 'ipv4' : 'ipv6')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
