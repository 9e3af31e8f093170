import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile } from 'esbuild'

// What browsers load, for this machine and for a distribution alike:
//
// 1. The seat map, a module, and the same behind the interface of another front-end, a classic script: each with all that it needs.
// 2. The pages of the shop and of its back office, which are served as they were written.

/** One file as it is served. */
export interface WebFile {
  readonly bytes: Uint8Array
  readonly type: string
}

/** By the path that each is served under, without the slash in front. */
export type WebFiles = ReadonlyMap<string, WebFile>

/** Compressed, with all that it needs: what a storefront's first visitor waits for. */
export const SEAT_MAP_GZIP_BYTES_MAX = 90_000

/** Compressed: the seat map, and the words of the other interface. */
export const CHART_GZIP_BYTES_MAX = 100_000

const root = fileURLToPath(new URL('../', import.meta.url))

/** What is bundled, by the name under which it is served. */
const bundles: Readonly<Record<string, { entry: string; format: 'esm' | 'iife' }>> = {
  'seat-map.js': { entry: 'web/seat-map.ts', format: 'esm' },
  'chart.js': { entry: 'web/chart.ts', format: 'iife' },
}

/** Folders of plain files, by what stands before their names. */
const OFFICE = 'office/'
const plain: Readonly<Record<string, string>> = { 'shop/': 'web/shop', [OFFICE]: 'web/office' }

/** Served at the root, so that the shop is the front. */
const FRONT = { from: 'shop/index.html', to: 'index.html' }

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Builds and reads all of them. Fails with what the compiler says where a source is broken. */
export async function buildWeb(): Promise<WebFiles> {
  const built = Object.entries(bundles).map(async ([name, { entry, format }]) => {
    return [name, file(name, await bundle(join(root, entry), format))] as const
  })
  const read = Object.entries(plain).map(([prefix, folder]) => readPlain(prefix, folder))
  const files = new Map([...(await Promise.all(built)), ...(await Promise.all(read)).flat()])
  const front = files.get(FRONT.from)
  if (front === undefined) throw new Error(`There is no ${FRONT.from}.`)
  files.delete(FRONT.from)
  return files.set(FRONT.to, front)
}

/** Writes what a distribution serves into a folder; the back office knows the keys of the demo, and stays on this machine. */
export async function writeWeb(folder: string, files: WebFiles): Promise<void> {
  for (const [name, { bytes }] of files) {
    if (name.startsWith(OFFICE)) continue
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), bytes)
  }
}

/** One script with all that it needs and the licences of what it took from others, from a file in TypeScript. */
export async function bundle(entry: string, format: 'esm' | 'iife'): Promise<Uint8Array> {
  const { outputFiles, metafile } = await build({ ...settings, entryPoints: [entry], format })
  const [output] = outputFiles
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entry}.`)
  const licences = await licencesOf(metafile)
  return Buffer.concat([output.contents, Buffer.from(licences)])
}

const settings = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  outdir: 'nowhere',
  absWorkingDir: root,
  platform: 'browser',
  // Brought along by d3-zoom, for colours that change by and by: the map has none.
  alias: { 'd3-color': join(root, 'web/picture/no-colors.ts') },
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'silent',
} as const satisfies BuildOptions

/** The licences of the packages that left bytes, those with the same text together, as a comment. */
async function licencesOf({ outputs }: Metafile): Promise<string> {
  const inputs = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))
  const packages = new Set<string>()
  for (const [path, { bytesInOutput }] of inputs) {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? []
    if (folder !== undefined && bytesInOutput > 0) packages.add(folder)
  }
  const byText = new Map<string, string[]>()
  for (const folder of [...packages].sort()) {
    const text = await licenceIn(folder)
    const name = folder.replace(/^.*node_modules\//, '')
    byText.set(text, [...(byText.get(text) ?? []), name])
  }
  const parts = [...byText].map(([text, names]) => `${names.join(', ')}:\n${text}`)
  return parts.map((part) => `/*! ${part.trim().replaceAll('*/', '* /')}\n*/\n`).join('')
}

/** Refuses a package that says nothing of how it may be passed on. */
async function licenceIn(folder: string): Promise<string> {
  const name = (await readdir(join(root, folder))).find((it) => /^licen[cs]e(\.\w+)?$/i.test(it))
  if (name === undefined) throw new Error(`${folder} has no licence to keep.`)
  return readFile(join(root, folder, name), 'utf8')
}

async function readPlain(prefix: string, folder: string): Promise<(readonly [string, WebFile])[]> {
  const names = (await readdir(join(root, folder))).sort()
  return Promise.all(
    names.map(async (name) => {
      return [`${prefix}${name}`, file(name, await readFile(join(root, folder, name)))] as const
    }),
  )
}

function file(name: string, bytes: Uint8Array): WebFile {
  const type = types[extname(name)]
  if (type === undefined) throw new Error(`${name} is of a kind that has no type.`)
  return { bytes, type }
}
