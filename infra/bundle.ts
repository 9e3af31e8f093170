import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Metafile } from 'esbuild'
import { functionsFolder, listFunctionFiles } from '../lib/http/catalog.ts'
import type { FunctionFile } from '../lib/http/catalog.ts'

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
 * bring two more clients.
 */
export const BUNDLE_BYTES_MAX = 520_000

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
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('..', folder)),
    entryPoints: files.map((file) => ({
      in: fileURLToPath(new URL(file.path, folder)),
      out: `${file.folder}/${file.name}/index`,
    })),
    outdir: outDir,
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
    metafile: true,
    logLevel: 'silent',
  })
  return files.map((file) => toBundle(file, outDir, metafile))
}

function toBundle(file: FunctionFile, outDir: string, metafile: Metafile): FunctionBundle {
  const entry = `${file.folder}/${file.name}`
  const suffix = `${entry}/index.mjs`
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(suffix))?.[1]
  if (output === undefined) throw new Error(`esbuild wrote no bundle for ${entry}.`)
  const inputs = Object.entries(output.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)
  return { name: entry, folder: `${outDir}/${entry}`, bytes: output.bytes, inputs }
}
