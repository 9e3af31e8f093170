import { describe, expect, test } from 'vitest'
import { findJsonIssue, JSON_DEPTH_MAX, jsonValuesMax } from '../../../lib/http/json.ts'

const many = jsonValuesMax(1024 * 1024)

describe('what JavaScript cannot carry is found where it is', () => {
  test.each<[unknown, (string | number)[] | undefined]>([
    [2 ** 53 - 1, undefined],
    [2 ** 53, []],
    [{ a: [1, { b: -(2 ** 53) }] }, ['a', 1, 'b']],
    [{ a: [], b: {}, c: 1e300 }, ['c']],
    [[[[]], 1e308 * 10], [1]],
    [{ a: 0.5, b: [null, 'x', true] }, undefined],
  ])('%j', (body, path) => {
    expect(findJsonIssue(body, many)?.path).toEqual(path)
  })
})

test('a body may be nested as deep as the limit, and no deeper', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown
  for (const levels of [JSON_DEPTH_MAX - 1, JSON_DEPTH_MAX]) {
    expect(findJsonIssue({ a: nested(levels - 1) }, many)).toBeUndefined()
  }
  expect(findJsonIssue({ a: nested(JSON_DEPTH_MAX) }, many)).toEqual({
    path: ['a'],
    message: `JSON must not be nested more than ${JSON_DEPTH_MAX} levels deep`,
  })
})

test('a body may hold as many values as the limit, lists and objects among them, and no more', () => {
  const list = (values: number) => Array.from({ length: values - 1 }, () => 1)
  for (const values of [9, 10]) expect(findJsonIssue(list(values), 10)).toBeUndefined()
  const { path, message } = findJsonIssue(list(11), 10) ?? {}
  expect([path, message]).toEqual([[], 'JSON must not hold more than 10 values'])
  expect(findJsonIssue({ a: list(9) }, 10)).toBeUndefined()
  expect(findJsonIssue({ a: list(10) }, 10)?.message).toBe(message)
})
