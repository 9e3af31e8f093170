import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  buildWeb,
  bundle,
  CHART_GZIP_BYTES_MAX,
  SEAT_MAP_GZIP_BYTES_MAX,
  writeWeb,
} from '../../infra/web-files.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const files = await buildWeb()
const textOf = (name: string) => Buffer.from(files.get(name)?.bytes ?? []).toString()

test.each([
  ['seat-map.js', SEAT_MAP_GZIP_BYTES_MAX],
  ['chart.js', CHART_GZIP_BYTES_MAX],
])('%s with all that it needs is small', (name, bytesMax) => {
  expect(gzipSync(textOf(name), { level: 9 }).length).toBeLessThanOrEqual(bytesMax)
})

test.each(['seat-map.js', 'chart.js'])(
  '%s makes no code out of text, and loads nothing',
  (name) => {
    const code = textOf(name).replaceAll(/\/\*![\s\S]*?\*\//g, '')
    expect(code).not.toMatch(/\beval\b|new Function\b|\bimport\s*[({"'*]|document\.write/)
    const addresses = Array.from(code.matchAll(/(?:https?|wss?):\/\/[^"'`\s)]*/g), ([it]) => it)
    // Names of kinds of elements, which are never asked for.
    expect(addresses.filter((it) => !it.startsWith('http://www.w3.org/'))).toEqual([])
  },
)

test('a licence goes along with what is taken from others', async () => {
  const folder = await temporaryFolder()
  const entry = join(folder, 'entry.js')
  const flatbush = new URL('../../node_modules/flatbush/index.js', import.meta.url)
  await writeFile(entry, `import Flatbush from '${flatbush.pathname}'\nnew Flatbush(1)`)
  const text = Buffer.from(await bundle(entry, 'esm')).toString()
  const licence = await readFile(new URL('LICENSE', flatbush), 'utf8')
  expect(text).toContain('/*! flatbush')
  expect(text).toContain(licence.trim())
})

test('what is not TypeScript that can be read is refused with its place', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'entry.ts'), 'const a = 1\nconst b = }')
  await expect(bundle(join(folder, 'entry.ts'), 'iife')).rejects.toThrow(
    /entry\.ts:2:10: ERROR: Unexpected "}"/,
  )
})

test('what is deployed has no page that knows secret keys', async () => {
  const folder = join(await temporaryFolder(), 'web')
  await writeWeb(folder, files)
  const names = await readdir(folder, { recursive: true })
  expect(names).toEqual(
    expect.arrayContaining(['index.html', 'seat-map.js', join('shop', 'shop.js')]),
  )
  for (const name of names.filter((it) => it.includes('.'))) {
    const text = await readFile(join(folder, name), 'utf8')
    for (const key of [demoKeys.secret, demoKeys.seatsio, demoKeys.admin, demoKeys.system])
      expect([name, text.includes(key)]).toEqual([name, false])
  }
})
