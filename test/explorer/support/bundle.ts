import { mkdir, readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { Edit } from '../../simulation/defects.ts'
import type { play } from './play.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** In `node_modules`, so that the bundles find the packages, which stay outside. */
const folder = `${root}node_modules/.cache/holdfast-explorer`

/** The explorer over the product with these edits in its source; throws when one does not fit exactly once. */
export async function explorerWith(
  name: string,
  edits: readonly Edit[],
): Promise<{ play: typeof play }> {
  await mkdir(folder, { recursive: true })
  const outfile = `${folder}/${name}.mjs`
  const unused = new Set(edits)
  await build({
    absWorkingDir: root,
    entryPoints: ['test/explorer/support/play.ts'],
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
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { play: typeof play }
}

function editing(edits: readonly Edit[], unused: Set<Edit>): Plugin {
  return {
    name: 'edit-sources',
    setup(building) {
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
