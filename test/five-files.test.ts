import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { toCamelCase } from '../lib/http/casing.ts'
import { readCatalog } from '../lib/http/catalog.ts'

const { endpoints } = await readCatalog()
const root = new URL('../', import.meta.url)

/** A file that names so large a part of a surface's endpoints is a list of them, to which a new one would have to be added. */
const SHARE_MAX = 0.5

/** Files of an endpoint's own. */
const isOwn = (path: string) => /^(functions|lib\/actions|test\/functions)\//.test(path)

test('no file beside its own, its action and its test has to know an endpoint: none lists those of a surface', async () => {
  const registers: string[] = []
  for (const [path, text] of await sources()) {
    for (const surface of ['seatbuilder', 'seatsio']) {
      const names = endpoints.filter((it) => it.surface === surface).map(({ name }) => name)
      const named = names.filter((name) => names.length > 0 && isNamed(name, text))
      if (named.length > names.length * SHARE_MAX) registers.push(`${path}: ${named.join(', ')}`)
    }
  }
  expect(registers).toEqual([])
})

/** In quotes, or as the key of a table. */
function isNamed(name: string, text: string): boolean {
  const camel = toCamelCase(name)
  return new RegExp(`['/](${name}|${camel})['\\s]|^\\s*(${camel}|'${name}'): `, 'm').test(text)
}

async function sources(): Promise<[string, string][]> {
  const folders = ['bench', 'commands', 'infra', 'lib', 'local', 'test']
  const paths = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(new URL(`${folder}/`, root), { recursive: true })
      return files.map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    }),
  )
  const wanted = paths.flat().filter((path) => path.endsWith('.ts') && !isOwn(path))
  return Promise.all(
    wanted.map(async (path): Promise<[string, string]> => [
      path,
      await readFile(new URL(path, root), 'utf8'),
    ]),
  )
}
