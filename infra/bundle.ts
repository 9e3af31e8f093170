import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { functionsFolder, listFunctionFiles } from '../lib/http/catalog.ts'

/** The code of one Lambda function, ready to be uploaded as a folder. */
export interface FunctionBundle {
  /** The file in `functions/`, without its ending: `seatbuilder/hold-seat`. */
  readonly name: string
  /** The folder that holds only this function; its handler is `index.handler`. */
  readonly folder: string
  /** Size of `index.mjs`. */
  readonly bytes: number
  /** The source files that left bytes in the bundle, from the folder that holds `functions/`. */
  readonly inputs: readonly string[]
}

/**
 * What a cold start may load: the time to import grows with it (measured: 45 ms for 423 KB). Functions that speak to the event bus
 * bring two more clients, and those that sign a third. What changes seats takes most, of seasons and by batches. Their examples, which only the
 * documents need, are within 0.6 % of it.
 */
export const BUNDLE_BYTES_MAX = 620_000

/** Packages written for CommonJS call `require`, which a module does not have. */
const REQUIRE_BANNER =
  "import{createRequire as __cr}from'module';const require=__cr(import.meta.url);"

/**
 * Sources of credentials that a Lambda function never asks: the runtime hands it its role's credentials in the environment. The
 * SDK imports each of these only when the environment holds none; left out, they save a quarter of every bundle.
 */
const UNUSED_CREDENTIAL_SOURCES = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
]

/** The source of one function: what is bundled in its place, and where its imports start from. */
export interface Entry {
  /** As the bundle's name. */
  readonly name: string
  /** The module's text, in TypeScript. */
  readonly contents: string
}

/**
 * Bundles every file of `functions/` into `<outDir>/<surface or workers>/<name>/index.mjs`, all in one run: twenty functions
 * take as long as two. Refuses to bundle nothing.
 */
export async function bundleFunctions(
  outDir: string,
  folder: URL = functionsFolder,
): Promise<FunctionBundle[]> {
  const files = await listFunctionFiles(folder)
  if (files.length === 0) throw new Error(`There is no function to bundle in ${folder.href}`)
  const entries = files.map(({ folder: room, name, path }) => ({
    in: fileURLToPath(new URL(path, folder)),
    out: `${room}/${name}`,
  }))
  const metafile = await run(entries, {
    ...settings,
    outdir: outDir,
    absWorkingDir: rootOf(folder),
  })
  return entries.map(({ out }) => toBundle(out, outDir, metafile))
}

/** Bundles modules that are given as text; their imports are as from the repository's root. */
export async function bundleEntries(
  outDir: string,
  entries: readonly Entry[],
): Promise<FunctionBundle[]> {
  const texts = new Map(entries.map(({ name, contents }) => [name, contents]))
  const root = rootOf(functionsFolder)
  const named = entries.map(({ name }) => ({ in: `${ENTRY_PREFIX}${name}`, out: name }))
  const plugins = [entryPlugin(texts, root)]
  const metafile = await run(named, { ...settings, plugins, outdir: outDir, absWorkingDir: root })
  return entries.map(({ name }) => toBundle(name, outDir, metafile))
}

/** What each function's bundle will hold of our own files: by a quick run that leaves packages out and writes nothing. */
export async function listInputs(): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = await listFunctionFiles(functionsFolder)
  const entries = files.map(({ folder, name, path }) => ({
    in: fileURLToPath(new URL(path, functionsFolder)),
    out: `${folder}/${name}`,
  }))
  const metafile = await run(entries, {
    ...settings,
    outdir: 'nowhere',
    absWorkingDir: rootOf(functionsFolder),
    packages: 'external',
    write: false,
    sourcemap: false,
  })
  return new Map(entries.map(({ out }) => [out, toBundle(out, '', metafile).inputs]))
}

const settings = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  // The oldest Node.js this runs on; newer ones, Lambda's 24 among them, understand it.
  target: 'node20',
  mainFields: ['module', 'main'],
  external: UNUSED_CREDENTIAL_SOURCES,
  banner: { js: REQUIRE_BANNER },
  sourcemap: 'external',
  logLevel: 'silent',
} as const satisfies BuildOptions

async function run(
  entries: readonly { in: string; out: string }[],
  options: Omit<BuildOptions, 'external'> & { external: readonly string[] },
): Promise<Metafile> {
  const { metafile } = await build({
    ...options,
    external: [...options.external],
    entryPoints: entries.map((entry) => ({ in: entry.in, out: `${entry.out}/index` })),
    metafile: true,
  })
  return metafile
}

const ENTRY_PREFIX = 'entry:'

/** Lets esbuild read entries from memory. */
function entryPlugin(texts: ReadonlyMap<string, string>, resolveDir: string): Plugin {
  return {
    name: 'entries',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path, namespace: 'entry' }))
      esbuild.onLoad({ filter: /^/, namespace: 'entry' }, ({ path }) => ({
        contents: texts.get(path.slice(ENTRY_PREFIX.length)) ?? '',
        loader: 'ts',
        resolveDir,
      }))
    },
  }
}

function rootOf(folder: URL): string {
  return fileURLToPath(new URL('..', folder))
}

function toBundle(name: string, outDir: string, metafile: Metafile): FunctionBundle {
  const suffix = `${name}/index.mjs`
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(suffix))?.[1]
  if (output === undefined) throw new Error(`esbuild wrote no bundle for ${name}.`)
  const inputs = Object.entries(output.inputs)
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.startsWith(ENTRY_PREFIX))
    .map(([path]) => path)
  return { name, folder: `${outDir}/${name}`, bytes: output.bytes, inputs }
}
