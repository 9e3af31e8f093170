import { describe, expect, test } from 'vitest'
import { rules, undecidedPackages } from './support/house-rules.ts'
import { cases } from './support/house/cases.ts'
import { findIdlePermits, permits } from './support/house/clock.ts'
import { findCycles } from './support/house/cycles.ts'
import {
  findFullFolders,
  findIdleClasses,
  constructs,
  statefulClasses,
} from './support/house/shape.ts'
import { parse, report } from './support/house/source.ts'

for (const { name, check } of rules) {
  describe(name, () => {
    const { refuses = [], accepts = [] } = cases[name] ?? {}

    test('can be broken and can be kept', () => {
      expect([refuses.length, accepts.length]).not.toContain(0)
    })

    test.each(refuses)('refuses, in %s: %s', (path, text, line) => {
      const findings = check(parse(path, text))
      expect(findings.map((found) => found.line)).toEqual([line])
      expect(report(findings)).toMatch(/^\S+:\d+ .+\.$/m)
    })

    test.each(accepts)('accepts, in %s: %s', (path, text) => {
      expect(report(check(parse(path, text)))).toBe('')
    })
  })
}

test('a circle of imports is told once, with its way round', () => {
  const sources = [
    parse('lib/a.ts', `import { b } from './b.ts'\nimport { c } from './c.ts'`),
    parse('lib/b.ts', `import { c } from './c.ts'`),
    parse('lib/c.ts', `\nexport { a } from './a.ts'`),
  ]
  expect(report(findCycles(sources))).toBe(
    'lib/c.ts:2 closes the circle lib/a.ts → lib/b.ts → lib/c.ts → lib/a.ts; move what both need.',
  )
})

test('a file that imports itself is a circle', () => {
  expect(findCycles([parse('lib/a.ts', `import { b } from './a.ts'`)])).toHaveLength(1)
})

test('types that need each other are a circle in lib', () => {
  const sources = [
    parse('lib/a.ts', `import { b } from './b.ts'`),
    parse('lib/b.ts', `import type { A } from './a.ts'`),
  ]
  expect(findCycles(sources)).toHaveLength(1)
})

test('two ways to one file, and elsewhere types that need each other, are no circle', () => {
  const sources = [
    parse('local/a.ts', `import { b } from './b.ts'\nimport { c } from './c.ts'`),
    parse('local/b.ts', `import { c } from './c.ts'`),
    parse('local/c.ts', `import type { A } from './a.ts'\nimport { x } from './not-there.ts'`),
  ]
  expect(report(findCycles(sources))).toBe('')
})

test('a folder of 31 files of product code is told, one of 30 or of tests is not', () => {
  const files = (folder: string, count: number) =>
    Array.from({ length: count }, (_, at) => parse(`${folder}/a-${at}.ts`, ''))
  expect(report(findFullFolders(files('lib/a', 31)))).toBe(
    'lib/a:1 has 31 files; make rooms of it.',
  )
  const fine = [files('lib/a', 30), files('test/a', 31), files('packages/a/test', 31)].flat()
  expect(findFullFolders(fine)).toEqual([])
})

test('an exception that nothing needs is named', () => {
  expect(findIdlePermits([])).toEqual(Object.keys(permits))
  expect(findIdlePermits([parse('lib/ids.ts', 'Date.now()')])).toContain('lib/ids.ts')
  expect(findIdlePermits([parse('lib/ids.ts', 'Math.random()')])).not.toContain('lib/ids.ts')
  expect(findIdleClasses([])).toEqual(Object.keys({ ...statefulClasses, ...constructs }))
  const listed = parse('lib/store/charts/manifests.ts', 'class ManifestCache {}')
  expect(findIdleClasses([listed])).not.toContain('lib/store/charts/manifests.ts ManifestCache')
})

test('a package that no decision names is found', () => {
  const packageJson = JSON.stringify({
    dependencies: { a: '1', '@holdfast/c': '1' },
    devDependencies: { b: '1' },
  })
  expect(undecidedPackages(packageJson, ['we use `b` here', 'a without marks'])).toEqual(['a'])
})
