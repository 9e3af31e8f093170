import { jsonValuesMax } from '../../lib/http/json.ts'

// Bodies of legal size in the shapes that parsers, checks and lists of errors like least.

/** JSON texts of somewhat less than so many bytes, by what is nasty about them. */
export function hostileBodies(bytes: number): Readonly<Record<string, string>> {
  const deep = (inner: string) =>
    `{"objectLabel":"A-1","extraData":${'['.repeat(60)}${inner}${']'.repeat(60)}}`
  // As many as a body may hold, so that its schema sees them.
  const all = jsonValuesMax(bytes) - 20
  return {
    'numbers in a list in a list': `{"statusChanges":[{"event":"a","objects":${timesOf('1', all)}}]}`,
    'objects in a list in a list': `{"chartKey":"a","events":[{"categories":${timesOf('{}', all)}}]}`,
    'numbers for objects': everywhere(listOf('1', bytes / FIELDS.length)),
    'empty objects for objects': everywhere(listOf('{}', bytes / FIELDS.length)),
    'one list of numbers': `{"objectLabels":${listOf('1', bytes)}}`,
    'one list of nothing': `{"objects":${listOf('[]', bytes)}}`,
    'one list of labels': `{"objects":${listOf('"a"', bytes)},"holdToken":"token-of-eve"}`,
    'wrong in every field': `{"objects":${listOf('{"objectId":1,"extraData":1}', bytes)}}`,
    'changes without end': `{"statusChanges":${listOf('{"event":1,"objects":[1]}', bytes)}}`,
    'wide below sixty levels': deep(listOf('1', bytes - 200)),
    'branches below sixty levels': deep(listOf('[]', bytes - 200)),
    'levels without end': `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
    'objects in objects': `${'{"a":'.repeat(bytes / 7)}1${'}'.repeat(bytes / 7)}`,
    'names without end': `{"extraData":${namesOf(bytes - 100)},"objects":["A-1"]}`,
    'escapes without end': `{"objectLabel":"${'\\"'.repeat(bytes / 2 - 20)}"}`,
    'digits without end': `{"ttlSeconds":${'9'.repeat(bytes - 100)}}`,
    'brackets that never close': '['.repeat(bytes),
  }
}

/** Fields of some request that take a list. */
const FIELDS = [
  'objects',
  'objectLabels',
  'events',
  'statusChanges',
  'categories',
  'tables',
  'ids',
] as const

function everywhere(list: string): string {
  return `{${FIELDS.map((name) => `"${name}":${list}`).join(',')}}`
}

function listOf(value: string, bytes: number): string {
  return timesOf(value, Math.floor(bytes / (value.length + 1)) - 19)
}

function timesOf(value: string, count: number): string {
  return `[${`${value},`.repeat(count - 1)}${value}]`
}

function namesOf(bytes: number): string {
  const names = Array.from({ length: Math.floor(bytes / 13) }, (_, index) => `"n${index}":1`)
  return `{${names.join(',')}}`
}
