import { Worker } from 'node:worker_threads'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** In `node_modules`, so that the bundles find the packages, which stay outside. */
const folder = `${root}node_modules/.cache/holdfast-tests`

/** A change of the product's source, which must fit exactly once. */
export interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** What to bundle, from the repository's root, and what to call the bundle. */
export interface Bundling {
  readonly entry: string
  readonly name: string
}

/** Bundles a file over the product with these edits in its source, and answers where; throws when one does not fit once. */
export async function bundleEdited(
  { entry, name }: Bundling,
  edits: readonly Edit[],
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const outfile = `${folder}/${name}.mjs`
  const unused = new Set(edits)
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [ownPackages, editing(edits, unused)],
  })
  for (const { file } of unused) throw new Error(`${name}: nothing imports ${file}`)
  return outfile
}

/** Our own packages are sources, which go into the bundle; the others are found from there. */
const ownPackages: Plugin = {
  name: 'own-packages',
  setup(building) {
    const { resolve } = createRequire(import.meta.url)
    building.onResolve({ filter: /^(@holdfast|holdfast)\// }, ({ path }) => ({
      path: resolve(path),
    }))
  },
}

function editing(edits: readonly Edit[], unused: Set<Edit>): Plugin {
  return {
    name: 'edit-sources',
    setup(building) {
      if (edits.length === 0) return
      building.onLoad({ filter: /\/(lib|functions)\/.*\.ts$/ }, async ({ path }) => {
        const file = relative(root, path)
        const own = edits.filter((edit) => edit.file === file)
        if (own.length === 0) return undefined
        let contents = await readFile(path, 'utf8')
        for (const edit of own) {
          const places = contents.split(edit.find).length - 1
          if (places !== 1) throw new Error(`${file} has this text ${places} times: ${edit.find}`)
          contents = contents.replace(edit.find, () => edit.replace)
          unused.delete(edit)
        }
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** Runs a bundle on a task, in a thread of its own; answers what that tells first, and fails where it ends without a word. */
export function runInThread(bundle: string, task: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const worker = new Worker(bundle, { workerData: task, env })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`The thread ended with ${code} before it was done`))
    })
  })
}

/** The first fault of the seeds from 1 on of the proof in a folder of `test/proofs`, over the product with these edits; undefined where there is none. */
export async function firstFaultOf(
  { proof, seeds }: { proof: string; seeds: number },
  name: string,
  edits: readonly Edit[] = [],
): Promise<unknown> {
  const entry = `test/proofs/${proof}/worker.ts`
  const all = Array.from({ length: seeds }, (_, at) => at + 1)
  return runInThread(await bundleEdited({ entry, name: `${proof}-${name}` }, edits), all)
}
