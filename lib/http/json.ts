import type { InputIssue } from './surface.ts'

/** Levels that a JSON body may be nested. */
export const JSON_DEPTH_MAX = 64

/**
 * Bytes that a body of the largest size has for each of its values. Real bodies and drawings have 15 and more; a body of
 * nothing but brackets costs schemas a hundred times what a body of its size should.
 */
const BYTES_PER_VALUE_MIN = 8

/** JSON values that a body of at most so many bytes may hold, lists and objects among them. */
export function jsonValuesMax(bytesMax: number): number {
  return Math.floor(bytesMax / BYTES_PER_VALUE_MIN)
}

/** A list or an object on the way from the body to where the walk is. */
interface Level {
  readonly children: readonly unknown[]
  /** Undefined for a list. */
  readonly names: readonly string[] | undefined
  next: number
}

/**
 * Finds what JavaScript cannot carry unchanged: numbers beyond ±(2^53 − 1), which would come back as others; nesting beyond
 * `JSON_DEPTH_MAX`; and more than `valuesMax` values. Takes time in proportion to the values, and memory to the largest lists on
 * one way down. Walks without recursion, since the text decides how deep it goes.
 */
export function findJsonIssue(body: unknown, valuesMax: number): InputIssue | undefined {
  const levels: Level[] = []
  let value = body
  for (let count = 1; ; count += 1) {
    if (count > valuesMax) {
      return { path: [], message: `JSON must not hold more than ${valuesMax} values` }
    }
    if (typeof value === 'number' && !isExact(value)) {
      return { path: pathOf(levels), message: 'Number must be between -(2^53 - 1) and 2^53 - 1' }
    }
    if (typeof value === 'object' && value !== null) {
      if (levels.length >= JSON_DEPTH_MAX) {
        const message = `JSON must not be nested more than ${JSON_DEPTH_MAX} levels deep`
        return { path: pathOf(levels).slice(0, 1), message }
      }
      levels.push(levelOf(value))
    }
    while (isDone(levels.at(-1))) levels.pop()
    const level = levels.at(-1)
    if (level === undefined) return undefined
    value = level.children[level.next]
    level.next += 1
  }
}

function levelOf(value: object): Level {
  return Array.isArray(value)
    ? { children: value, names: undefined, next: 0 }
    : { children: Object.values(value), names: Object.keys(value), next: 0 }
}

function isDone(level: Level | undefined): boolean {
  return level !== undefined && level.next >= level.children.length
}

/** Where the walk is: at each level, the child that was taken last. */
function pathOf(levels: readonly Level[]): (string | number)[] {
  return levels.map(({ names, next }) => names?.[next - 1] ?? next - 1)
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
}
