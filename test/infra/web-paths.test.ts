import { expect, test } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWebFolder } from '../../infra/build.ts'
import { webPathsOf } from '../../infra/stacks/web-paths.ts'
import { readCatalog } from '../../lib/http/catalog.ts'
import { folderOf } from '../support/infra/web-files.ts'

const { endpoints } = await readCatalog()
const pathsOf = async (names: readonly string[]) => webPathsOf(await folderOf(names), { endpoints })

test('each file at the top has a path, each folder all that are below it, and a front page is at the root too', async () => {
  expect(await pathsOf(['seat-map.js', 'index.html', 'shop/a.css', 'shop/b.css'])).toEqual({
    patterns: ['/', '/index.html', '/seat-map.js', '/shop/*'],
    front: 'index.html',
  })
  expect(await pathsOf(['seat-map.js'])).toEqual({ patterns: ['/seat-map.js'] })
})

test('files that would hide endpoints are refused, and so is a folder without any', async () => {
  await expect(pathsOf(['seat-map.js', 'charts/x.js'])).rejects.toThrow(
    'The built file /charts would hide endpoints of that path: rename it.',
  )
  await expect(pathsOf(['api'])).rejects.toThrow('/api would hide endpoints')
  await expect(pathsOf([])).rejects.toThrow('There is no built file')
})

test('what is built has the seat map in both forms and its shop at the root, and nothing of the build before', async () => {
  const folder = await folderOf(['seat-map.js'])
  await writeFile(join(folder, 'old.js'), '')
  expect(webPathsOf(await buildWebFolder(folder), { endpoints })).toEqual({
    patterns: ['/', '/chart.js', '/index.html', '/seat-map.js', '/shop/*'],
    front: 'index.html',
  })
})
