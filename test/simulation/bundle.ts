import { mkdir, readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { build, type Plugin } from 'esbuild'
import type { Edit } from './defects.ts'
import type { Found, Task } from './worker.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** In `node_modules`, so that the bundles find the packages, which stay outside. */
const folder = `${root}node_modules/.cache/holdfast-simulation`

/** Bundles the simulation with these edits in the product's source; throws when one does not fit exactly once. */
export async function bundleSimulation(name: string, edits: readonly Edit[] = []): Promise<string> {
  await mkdir(folder, { recursive: true })
  const outfile = `${folder}/${name}.mjs`
  const unused = new Set(edits)
  await build({
    absWorkingDir: root,
    entryPoints: ['test/simulation/worker.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
    plugins: [editing(edits, unused)],
  })
  for (const { file } of unused) throw new Error(`${name}: nothing imports ${file}`)
  return outfile
}

function editing(edits: readonly Edit[], unused: Set<Edit>): Plugin {
  return {
    name: 'edit-sources',
    setup(building) {
      if (edits.length === 0) return
      building.onLoad({ filter: /\/lib\/.*\.ts$/ }, async ({ path }) => {
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

/** Runs seeds on a bundle, in a thread of its own. */
export function runBundle(bundle: string, task: Task): Promise<Found> {
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
