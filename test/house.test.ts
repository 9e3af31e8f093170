import { readFile, readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readSources, rules, undecidedPackages } from './support/house-rules.ts'
import { findIdlePermits } from './support/house/clock.ts'
import { findCycles } from './support/house/cycles.ts'
import { findFullFolders, findIdleClasses } from './support/house/shape.ts'
import { report } from './support/house/source.ts'
import type { Finding } from './support/house/source.ts'

const root = new URL('../', import.meta.url)
const sources = await readSources(root)

test('the house is looked at as a whole', () => {
  const paths = sources.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining([
      'lib/clock.ts',
      'test/house.test.ts',
      'eslint.config.js',
      'packages/dynamodb/src/engine.ts',
    ]),
  )
})

describe('in every file', () => {
  for (const { name, check } of rules) {
    test(name, () => {
      expectNone(sources.flatMap(check))
    })
  }
})

test('no files import each other in a circle', () => {
  expectNone(findCycles(sources))
})

test('no folder of product code holds more files than one looks over', () => {
  expectNone(findFullFolders(sources))
})

test('every exception is still needed', () => {
  expect([...findIdlePermits(sources), ...findIdleClasses(sources)]).toEqual([])
})

test('every package has a written decision', async () => {
  const folder = new URL('docs/decisions/', root)
  const names = await readdir(folder)
  const decisions = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')))
  const ours = (await readdir(new URL('packages/', root))).map((name) => `packages/${name}/`)
  for (const place of ['', ...ours]) {
    const packageJson = await readFile(new URL(`${place}package.json`, root), 'utf8')
    expect(undecidedPackages(packageJson, decisions)).toEqual([])
  }
})

test('every decision has a number of its own and says why', async () => {
  const folder = new URL('docs/decisions/', root)
  const names = (await readdir(folder)).filter((name) => name !== 'README.md')
  const numbers = names.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1])
  expect(numbers).not.toContain(undefined)
  expect(new Set(numbers).size).toBe(numbers.length)
})

function expectNone(findings: readonly Finding[]): void {
  if (findings.length > 0) expect.fail(`\n${report(findings)}`)
}
