import type { InputIssue } from './surface.ts'

/** Levels that a JSON body may be nested. */
export const JSON_DEPTH_MAX = 64

interface Visit {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

/**
 * Finds what JavaScript cannot carry unchanged: numbers beyond ±(2^53 − 1), which would come back as others, and
 * nesting beyond `JSON_DEPTH_MAX`. Walks without recursion, since the text decides how deep it goes.
 */
export function findJsonIssue(body: unknown): InputIssue | undefined {
  const waiting: Visit[] = [{ value: body, path: [] }]
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const { value, path } = visit
    if (typeof value === 'number' && !isExact(value)) {
      return { path, message: 'Number must be between -(2^53 - 1) and 2^53 - 1' }
    }
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= JSON_DEPTH_MAX) {
      const message = `JSON must not be nested more than ${JSON_DEPTH_MAX} levels deep`
      return { path: path.slice(0, 1), message }
    }
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value)
    for (const [name, child] of entries) waiting.push({ value: child, path: [...path, name] })
  }
  return undefined
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
}
